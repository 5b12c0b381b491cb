"""Sending one act to its case: who acts, the update, its answer, the row in the register.

Every way in (command line, web, imports) sends acts through here, so that a refusal is mapped
once, a lost answer is said the same way, and a case that has no run gets one.

What speaks to the engine is loaded with the first act: pages are read without it.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.act import Act, Evidence
from domain.case.agenda import settle
from domain.case.decide import decide
from domain.case.facts import (
    Dispatched,
    FeeNoticeSent,
    LawRevised,
    OfficeFact,
    ReplyApproved,
    Signed,
)
from domain.case.people import Actor
from domain.errors import Code, InputError, Refusal, Unreachable
from office.access.attempts import logged
from office.access.door import check_way
from office.acts.fees import as_recorded, priced
from office.desk import Desk
from office.files import Incoming
from office.legal_time import legal_now
from office.people.names import assignable
from office.running.newest import lacking
from office.running.unwritten import Answered, forget_written, keep_in_mind
from register.reads import queries
from register.reads.forgetting import forgotten_case
from register.writes.access import Attempt, log_access
from texts.problems import problems
from workflows.messages import ActAnswer

HANDING_ON = (Signed, ReplyApproved, Dispatched)
"""Acts that rest on the released files, which must still be what was reviewed."""

ROW_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Order:
    """One act as asked for by a user, before anyone checked it."""

    case: str
    user: str
    what: OfficeFact
    command_id: str
    effective_on: date | None = None
    done_by: str | None = None
    after: int | None = None
    evidence: tuple[Evidence, ...] = ()
    expected_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An accepted act. `written`: its row is in the register; else the register follows."""

    case: str
    number: str
    kind: str
    command_id: str
    answer: ActAnswer
    written: bool


@contextlib.contextmanager
def repeatable(command_id: str) -> Iterator[None]:
    """Whatever can't be reached inside is reported with the id to repeat the command under."""
    try:
        yield
    except Unreachable as error:
        raise error.of_command(command_id) from error


async def said_by_command(desk: Desk, command_id: str, field: str) -> object | None:
    """What stands in that field of the act the command was recorded with, so that its repetition
    means the same; None for a command nobody recorded, or one without such a field."""

    def query(session: Session) -> object | None:
        found = queries.event_of_command(session, command_id)
        if found is None or found[1] == 0:
            return None
        events = queries.events(session, found[0])
        return getattr(events[found[1] - 1].what, field, None)

    return await desk.read(query)


def new_command_id() -> str:
    """A fresh command id."""
    return uuid4().hex


async def send_act(desk: Desk, order: Order, incoming: Incoming | None = None) -> Sent:
    """Send `order` to its case and wait for its answer, then up to two seconds for its row.

    `incoming`: the files it names, kept once the case would take the act. What goes out is opened
    and compared with its hash before it is signed, approved and dispatched.

    Raises Refusal, InputError and Unreachable, all written to the access log; after
    Unreachable(act_unanswered) the act may still take effect, the same order may be repeated.
    """
    from office.running.asking import case_view
    from office.running.taking import taken

    async with logged(desk, order.user, order.what.kind, order.case, order.command_id):
        actor, number, known, lacks, order = await _resolve(desk, order)
        if lacks is not None and not known:
            order = await _on_newest_days(desk, order, lacks)
        act = await asyncio.to_thread(as_act, desk, order, actor)
        if incoming and not known and await _foresee(desk, order.case, act):
            await asyncio.to_thread(desk.folder(order.case).keep, incoming)
            desk = desk.renewed()  # large files take their time, and the case isn't late for that
        if isinstance(act.what, HANDING_ON) and not known:
            for item in (await case_view(desk, order.case)).state.released:
                await asyncio.to_thread(desk.folder(order.case).check, item.sha256)
            desk = desk.renewed()
        answer = await taken(desk, order.case, act)
    if answer.repeated:
        await _log_repeated(desk, order)
    written = await row_written(desk, order.case, answer.seq, act)
    if written:
        with contextlib.suppress(Unreachable):  # of others, that were not; the next act sees to it
            await forget_written(desk)
    elif desk.settings.row_wait:
        await asyncio.to_thread(keep_in_mind, desk.settings.data, Answered.of(act, order.case))
    return Sent(
        case=order.case,
        number=number,
        kind=order.what.kind,
        command_id=order.command_id,
        answer=await asyncio.to_thread(desk.register.opened, answer),
        written=written,
    )


async def _foresee(desk: Desk, case: str, act: Act) -> bool:
    """Whether its files are still to be kept; False: the case has the act, and them. Raise what it
    would refuse at this moment, before a file is kept; it decides again when the act reaches it.
    Refusal, InputError and Unreachable."""
    from office.running.asking import case_view

    seen = await case_view(desk, case)
    if any(entry.command_id == act.command_id for entry in seen.state.timeline):
        return False
    try:
        decide(settle(seen.state, seen.now).state, act, seen.now)
    except Refusal as no:
        if no.code is not Code.REMEDY_LAW_MISSING:  # the case takes it up when the act is sent
            raise
    return True


async def _resolve(desk: Desk, order: Order) -> tuple[Actor, str, bool, LawRevised | None, Order]:
    """Who acts, on which number, whether the command left its line before, which newer days the
    case lacks, and the order with ids for the people and departments it names; all from the
    register, which alone knows them.

    Refusal(unknown_user, not_on_command_line, second_factor_needed, command_id_reused,
    not_a_handler, words_destroyed),
    InputError(unknown_case, unknown_department, unknown_person, ambiguous_name).
    """

    def query(session: Session) -> tuple[Actor, str, bool, LawRevised | None, Order]:
        before = queries.event_of_command(session, order.command_id)
        row = queries.case(session, order.case)
        if before is not None and before[0] != order.case:
            raise Refusal(Code.COMMAND_ID_REUSED, command_id=order.command_id)
        known = before is not None and before[1] > 0
        if forgotten_case(session, row.line.id):
            raise Refusal(Code.WORDS_DESTROYED, case=row.line.id)
        actor = desk.acting(session, order.user)
        # A repeated command means what it meant, whoever has left since.
        if not known:
            check_way(session, actor, row.line.organ, order.what.kind)
        what = order.what if known else assignable(session, row.line.organ, order.what)
        if isinstance(what, FeeNoticeSent):
            day = order.effective_on or legal_now(row.clock_offset).date()
            if known and before is not None:
                what = as_recorded(session, order.case, before[1], what)
            else:
                what = priced(session, row.line.id, what, day)
        return actor, row.line.number, known, lacking(session, row), replace(order, what=what)

    return await desk.read(query)


async def resolved(desk: Desk, order: Order) -> tuple[Actor, Order]:
    """Who acts, and the order with ids for whom it names. Raises what `send_act` raises before
    anything is sent."""
    actor, _, _, _, order = await _resolve(desk, order)
    return actor, order


async def _on_newest_days(desk: Desk, order: Order, lacks: LawRevised) -> Order:
    """Bring the case to the newest calendar. Where no date moved, that is no reason to refuse an
    act that rests on what was before."""
    from office.running.sending import bring

    answer = await bring(desk, order.case, lacks)
    if answer is None or answer.moved or order.expected_seq != answer.seq - 1:
        return order
    return replace(order, expected_seq=answer.seq)


def as_act(desk: Desk, order: Order, actor: Actor) -> Act:
    """The order as its case will decide it, its words sealed. Raises InputError(bad_field),
    Refusal(words_destroyed), Unreachable(key_…)."""
    try:
        act = Act(
            command_id=order.command_id,
            actor=actor,
            what=order.what,
            effective_on=order.effective_on,
            done_by=order.done_by,
            after=order.after,
            evidence=order.evidence,
            expected_seq=order.expected_seq,
        )
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error)) from error
    return desk.sealed(order.case, act)


async def row_written(desk: Desk, case: str, seq: int, act: Act | None = None) -> bool:
    """Whether the register has line `seq` of the case within the settings' wait; where it is that
    of `act`: exactly that act there, and not whatever an older or second engine has written."""
    end = monotonic() + desk.settings.row_wait
    command, digest = (act.command_id, act.digest) if act else (None, "")
    while True:
        try:
            if await desk.read(lambda s: queries.has_event(s, case, seq, command, digest)):
                return True
        except Unreachable:
            return False
        if monotonic() >= end:
            return False
        await asyncio.sleep(ROW_POLL)


async def _log_repeated(desk: Desk, order: Order) -> None:
    """An accepted act is its event; its repetition leaves none."""
    attempt = Attempt(
        person=order.user,
        command=order.what.kind,
        outcome="repeated",
        case_id=order.case,
        command_id=order.command_id,
        asked_by=desk.asked_by,
    )
    await asyncio.to_thread(log_access, desk.register, attempt)
