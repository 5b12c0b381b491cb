"""A signed list carried out: case by case, each looked at again at that moment.

That a case is forgotten is recorded before anything of it is wiped, together with the last look at
it: from there on nothing but wiping can follow, and a start after a crash does what is left.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.case.forgetting import CARRIERS, is_signed, role_in
from domain.errors import Code, Refusal, Unreachable, YishenError
from domain.retention import retention
from domain.values import legal_time
from domain.words import sealed_parts
from law.files import load_retention
from office.desk import Desk
from office.forgetting.export import export_case, is_export_of
from office.forgetting.holds import held
from office.forgetting.lists import list_named, logged_here
from office.forgetting.wiping import wipe
from office.legal_time import legal_now
from office.people.names import acting_id, with_names
from office.running.key_store import key_store
from register.office_chain import Author, hold_chain
from register.reads import queries, roster
from register.reads.forgetting import (
    Forgotten,
    ListedCase,
    RetentionList,
    forgotten,
    forgotten_case,
    heads,
    hold_on,
)
from register.reads.states import state_of
from register.writes.forgetting import note_forgotten


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What became of one case of a list: `forgotten` now, or `before`; else why not."""

    case: str
    forgotten: bool
    before: bool = False
    refused: YishenError | None = None


async def carry_out(desk: Desk, user: str, number: int, export_to: Path | None) -> list[CarriedOut]:
    """Forget the cases of a list that two people have signed. `export_to`: the folder in which each
    is exported before, in one of its own; None: none is.

    What can't be forgotten is left as it is, and said by name. Broken off, it can be done again.
    InputError(unknown_list); Refusal: unknown_user, not_your_role, list_unsigned. Raises
    Unreachable.
    """
    with logged_here(desk.register, user, "list_carried_out"):
        user, found, gone = await desk.read(lambda session: _begin(session, user, number))
    store, done = key_store(desk.settings), []
    for listed in found.cases:
        desk = desk.renewed()
        before = listed.case in gone
        try:
            if not before:
                await _forget(desk, user, found, listed, export_to)
        except Refusal as no:
            with desk.register.reading() as session:
                with_names(session, no)
            done.append(CarriedOut(listed.case, forgotten=False, refused=no))
            continue
        await asyncio.to_thread(wipe, desk.settings, desk.register, store, [listed.case])
        done.append(CarriedOut(listed.case, forgotten=True, before=before))
    return done


def _begin(session: Session, user: str, number: int) -> tuple[str, RetentionList, set[str]]:
    user = acting_id(session, user)
    found = list_named(session, number)
    role_in(roster.actor(session, user), found.organ, CARRIERS, "list_carried_out")
    if not is_signed(found.signed):
        raise Refusal(Code.LIST_UNSIGNED, list=number)
    return user, found, set(forgotten(session))


async def _forget(
    desk: Desk, user: str, of: RetentionList, listed: ListedCase, export_to: Path | None
) -> None:
    case = listed.case
    await desk.read(lambda session: check(session, listed, legal_now()))
    await _run_is_over(desk, case)
    if export_to is not None:
        await asyncio.to_thread(_exported, desk, user, listed, export_to)
    by = Author(user, desk.asked_by, legal_now())

    def write(session: Session) -> None:
        hold_chain(session)
        if forgotten_case(session, case) is None:
            check(session, listed, by.at)
            note_forgotten(session, Forgotten(case, listed.rule, of.number, case, user, by.at), by)

    await desk.write(write)


def check(session: Session, listed: ListedCase, at: datetime) -> None:
    """That the case may be forgotten at the instant `at`, and is what was signed.

    Refusal: case_held, case_changed, case_not_over, not_due_yet, words_not_sealed.
    """
    case = listed.case
    if (hold := hold_on(session, case)) is not None:
        raise held(hold)
    if heads(session, [case]).get(case) != listed.head:
        raise Refusal(Code.CASE_CHANGED, case=case)
    state, row = state_of(session, case), queries.case(session, case)
    now = legal_time(at, state.clock_offset)
    kept = retention(load_retention(), state, now)
    if kept is None or kept.over is None:
        raise Refusal(Code.CASE_NOT_OVER, case=case)
    if not kept.is_due(now.date()):
        raise Refusal(Code.NOT_DUE_YET, kept.article, case=case, day=kept.due or "-")
    if not (sealed_parts(row.applicant_name) and sealed_parts(row.line.subject)):
        raise Refusal(Code.WORDS_NOT_SEALED, case=case)


async def _run_is_over(desk: Desk, case: str) -> None:
    """Refusal(case_not_over), Unreachable."""
    client = await desk.client()
    try:
        found = await client.get_workflow_handle(case).describe(rpc_timeout=desk.remaining)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:  # the engine keeps what is over for a while
            return
        raise Unreachable(Code.CASE_UNANSWERED, case=case, detail=error.message) from error
    if found.status is WorkflowExecutionStatus.RUNNING:
        raise Refusal(Code.CASE_NOT_OVER, case=case)


def _exported(desk: Desk, user: str, listed: ListedCase, to: Path) -> None:
    folder = to / listed.case
    if not is_export_of(folder, listed.case, listed.head):
        export_case(desk.settings, desk.register, listed.case, folder, by=user)
