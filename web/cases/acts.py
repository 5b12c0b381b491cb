"""What the person who looks may do in a case now, each act with what it will do to the clock."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.case.answers.open_acts import ActGroup, OpenAct, acts_open, approved_on, effect
from domain.case.people import Actor
from office.cases.record import Record
from speech.dates import day
from speech.prospect import briefly
from speech.refusals import messages
from speech.words import cited, term
from speech.words import say as told


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """One act; `awaited`: the case waits for it; `lines`: what it will do, or why it can't be done
    now (`shut`), by `article`."""

    kind: str
    name: str
    path: str
    awaited: bool
    lines: tuple[str, ...]
    shut: bool
    article: str


@dataclass(frozen=True, slots=True)
class OfferedActs:
    """`main`: those the case waits for and the others, the most pressing first; `quiet`: those
    that end or correct it; `shut`: those the rules refuse now."""

    main: tuple[OfferedAct, ...]
    quiet: tuple[OfferedAct, ...]
    shut: tuple[OfferedAct, ...]


QUIET = (ActGroup.ENDING, ActGroup.CORRECTING)


def offered(record: Record, actor: Actor) -> OfferedActs:
    """Everything the table lets this person do."""
    state, now = record.state, record.now
    if record.forgotten is not None or not record.events:  # nobody could answer, or not yet
        return OfferedActs((), (), ())
    # Time can't be moved in a real case: nothing that would ever open there.
    found = [
        act
        for act in acts_open(state, actor, now)
        if act.kind != "training_advanced" or state.training
    ]
    shown = [(act.group, _offered(record, act, actor)) for act in found]
    return OfferedActs(
        main=tuple(act for group, act in shown if group not in QUIET and not act.shut),
        quiet=tuple(act for group, act in shown if group in QUIET and not act.shut),
        shut=tuple(act for _, act in shown if act.shut),
    )


def _offered(record: Record, act: OpenAct, actor: Actor) -> OfferedAct:
    no = act.refused
    return OfferedAct(
        kind=act.kind,
        name=term("kind", act.kind),
        path=f"/cases/{record.row.line.id}/acts/{act.kind}",
        awaited=act.group is ActGroup.AWAITED,
        lines=tuple(messages(no) if no is not None else _will_do(record, act, actor)),
        shut=no is not None,
        article=cited(no.article) if no is not None and no.article else "",
    )


def _will_do(record: Record, act: OpenAct, actor: Actor) -> Iterator[str]:
    later = approved_on(record.state, act, record.today)
    if later is not None:
        yield told("prospect.approved", due=day(later, record.today))
        return
    found = effect(record.state, act, actor, record.now)
    if found is not None:
        yield from briefly(found, record.today)
