"""Proof of the record: the chains are whole, and everything else follows from the events.

Nothing here needs a key or the engine; what the running case says can be compared too
(`against_engine`). It reads portions of cases, each as of one moment, in several processes where
there are many, and never stops at what it finds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from os import cpu_count

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.summary import Summary
from domain.errors import YishenError
from register.engine import Register, open_register
from register.models import Request
from register.reads.states import states
from register.verify.book import of_book
from register.verify.cases import Summarise, against, derived_summary, of_case
from register.verify.found import Mismatch, Verification, unreadable
from register.verify.moment import snapshot
from register.verify.rows import OF_A_SUMMARY, rows_of

__all__ = ["Mismatch", "Progressed", "Verification", "against_engine", "agreeing", "verify"]

Progressed = Callable[[int, int], None]
"""Is told how many of how many are done."""

PORTION = 100
"""Cases read at once."""

MANY = 10 * PORTION
"""Cases that are worth the start of other processes."""


def verify(
    register: Register,
    cases: Iterable[str] | None = None,
    summarise: Summarise = derived_summary,
    told: Progressed | None = None,
) -> Verification:
    """Check `cases`, or the whole register with all that belongs to no case. Reads only; each case
    as of one moment. `told`: is told how many cases of how many are done. Raises Unreachable."""
    found: list[Mismatch] = []
    if cases is None:
        with snapshot(register) as session:
            found.extend(of_book(session))
            order = select(Request.id).order_by(Request.year, Request.serial)
            cases = list(session.scalars(order))
    cases = list(cases)
    portions = [cases[n : n + PORTION] for n in range(0, len(cases), PORTION)]
    events = done = 0
    found_of = _each(register, portions, summarise)
    for portion, (count, differences) in zip(portions, found_of, strict=True):
        events += count
        done += len(portion)
        found.extend(differences)
        if told is not None:
            told(done, len(cases))
    return Verification(len(cases), events, tuple(found))


def against_engine(session: Session, case: str, view: Summary) -> list[Mismatch]:
    """How the row, tasks and proceedings of a case differ from what its workflow says now (as
    `rebuilt`)."""
    return list(against(case, rows_of(session, [case], OF_A_SUMMARY)[case], view))


Said = tuple[int, str, Summary]
"""Number of events, digest of the state, and summary."""


def agreeing(session: Session, said: Mapping[str, Said]) -> set[str]:
    """The cases whose record is just what their workflows say: as many events, folded a state of
    that digest, and the row, tasks and proceedings of that summary."""
    try:
        return _agreeing(session, said)
    except YishenError:
        raise
    except Exception:  # one of them can't be read: which, the others may agree
        if len(said) <= 1:
            return set()
        return {case for case, it in said.items() if agreeing(session, {case: it})}


def _agreeing(session: Session, said: Mapping[str, Said]) -> set[str]:
    rows = rows_of(session, [*said], OF_A_SUMMARY)
    return {
        state.id
        for state, _ in states(session, [*said])
        if (state.seq, state.digest) == said[state.id][:2]
        # Before its first entry a row is as the counter wrote it, and no summary tells of it.
        and not (state.seq and any(against(state.id, rows[state.id], said[state.id][2])))
    }


Counted = tuple[int, list[Mismatch]]
"""Events looked at, and differences."""


def _each(
    register: Register, portions: Sequence[Sequence[str]], summarise: Summarise
) -> Iterator[Counted]:
    hands = min(cpu_count() or 1, len(portions))
    if hands == 1 or len(portions) * PORTION < MANY or summarise is not derived_summary:
        yield from (_portion(register, summarise, cases) for cases in portions)
        return
    url = register.engine.url.render_as_string(hide_password=False)
    # Not forked: connections and threads of this process would come along.
    with ProcessPoolExecutor(hands, get_context("spawn")) as pool:
        yield from pool.map(partial(_elsewhere, url), portions)


def _elsewhere(url: str, cases: Sequence[str]) -> Counted:
    """A portion in a process of its own."""
    return _portion(_opened(url), derived_summary, cases)


@cache
def _opened(url: str) -> Register:
    return open_register(url)


def _portion(register: Register, summarise: Summarise, cases: Sequence[str]) -> Counted:
    try:
        with snapshot(register) as session:
            rows = rows_of(session, cases)
    except YishenError:
        raise
    except Exception as error:  # a value that its column can't hold: which case is it?
        if len(cases) == 1:
            return 0, [unreadable(cases[0], "-", "", error)]
        parts = [_portion(register, summarise, [case]) for case in cases]
        return sum(n for n, _ in parts), [found for _, part in parts for found in part]
    parts = [of_case(case, rows[case], summarise) for case in cases]
    return sum(n for n, _ in parts), [found for _, part in parts for found in part]
