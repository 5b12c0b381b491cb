"""The record against all that stands outside of it: the running cases, and the kept files."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session
from temporalio.client import WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.case.state import CaseState
from domain.errors import Code, Unreachable
from office.acts.order import row_written
from office.desk import Desk
from office.files import check_kept
from office.running.asking import AT_ONCE, asked
from register.reads.files import named_files
from register.reads.living import LivingCase, living
from register.reads.states import state_of
from register.verify import Mismatch, Verification, against_engine, verify
from workflows.messages import CaseView

CUT_OFF = (
    WorkflowExecutionStatus.TERMINATED,
    WorkflowExecutionStatus.FAILED,
    WorkflowExecutionStatus.TIMED_OUT,
    WorkflowExecutionStatus.CANCELED,
)
"""No case ends so; it would still answer, from its history."""

Skipped = tuple[str, Unreachable]
"""A case that could not be compared, and why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How many running cases answered, how they differ, and who did not answer."""

    cases: int = 0
    differences: tuple[Mismatch, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """The record by itself, its files, and the running cases as far as they answered; `trouble`:
    why none was asked."""

    record: Verification
    running: Compared = Compared()
    files: tuple[Mismatch, ...] = ()
    trouble: Unreachable | None = None

    @property
    def differences(self) -> tuple[Mismatch, ...]:
        """All there are."""
        return (*self.record.differences, *self.files, *self.running.differences)

    @property
    def complete(self) -> bool:
        """Whether everything was looked at that should be."""
        return self.trouble is None and not self.running.skipped


async def verified(desk: Desk, *, offline: bool) -> Verified:
    """Check the whole register and its files; `offline`: without the engine. Raises Unreachable
    where the register can't be read."""
    record = await asyncio.to_thread(verify, desk.register)
    done = Verified(record, files=tuple(await lost_files(desk)))
    if offline:
        return done
    try:
        return replace(done, running=await compare_running(desk.renewed()))
    except Unreachable as error:
        return replace(done, trouble=error)


async def lost_files(desk: Desk) -> list[Mismatch]:
    """Files that the record names and that are gone, or not the same any more."""
    names = await desk.read(named_files)
    return await asyncio.to_thread(_lost, desk.settings.files, names)


def _lost(folder: Path, names: dict[str, str]) -> list[Mismatch]:
    found = []
    for digest, case in names.items():
        try:
            check_kept(folder, digest)
        except Unreachable as error:
            found.append(Mismatch(case, "files", digest, "sha256", error.params["detail"], digest))
    return found


async def compare_running(desk: Desk) -> Compared:
    """What every running case says of itself, against the register.

    Raises Unreachable when engine or worker don't answer at all.
    """
    cases = await desk.read(lambda session: living(session, datetime.now(UTC)))
    running = [case for case in cases if case.started_at is not None or case.seq]
    gate = asyncio.Semaphore(AT_ONCE)
    found: list[Mismatch] = []
    skipped: list[Skipped] = []
    answered = 0

    async def one(case: LivingCase) -> None:
        nonlocal answered
        async with gate:
            if not answered and len(skipped) >= AT_ONCE:
                raise skipped[0][1]  # nobody answers: it is not the cases
            try:
                found.extend(await _compare(desk.renewed(), case))
                answered += 1
            except Unreachable as error:
                skipped.append((case.id, error))

    await asyncio.gather(*(one(case) for case in running))
    if skipped and not answered:
        raise skipped[0][1]
    return Compared(answered, tuple(found), tuple(sorted(skipped, key=lambda case: case[0])))


async def _compare(desk: Desk, case: LivingCase) -> Sequence[Mismatch]:
    client = await desk.client()
    try:
        handle = client.get_workflow_handle(case.id)
        status = (await handle.describe(rpc_timeout=desk.remaining)).status
        if status in CUT_OFF:
            return [Mismatch(case.id, "engine", "", "run", status.name.lower(), "running")]
        view = await asked(desk, handle)
    except WorkflowQueryFailedError as error:
        raise Unreachable(Code.CASE_UNANSWERED, case=case.id, detail=error) from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return [Mismatch(case.id, "engine", "", "run", None, "running")]
        raise Unreachable(Code.CASE_UNANSWERED, case=case.id, detail=error.message) from error
    # An act may be on its way to the register; give it the time any command gives it.
    await row_written(desk, case.id, view.state.seq)
    return await desk.read(_against(case.id, view))


def _against(case: str, view: CaseView) -> Callable[[Session], list[Mismatch]]:
    def query(session: Session) -> list[Mismatch]:
        recorded = state_of(session, case)
        if recorded.seq > view.state.seq:  # it went on since it was asked
            return []
        return [
            *against_engine(session, case, view.summary),
            *_states(case, recorded, view.state),
        ]

    return query


def _states(case: str, recorded: CaseState, running: CaseState) -> list[Mismatch]:
    """Whatever the running case holds to be so and the events don't say."""
    return [
        Mismatch(case, "engine", "", name, there, here)
        for name in CaseState.model_fields
        if (there := getattr(recorded, name)) != (here := getattr(running, name))
    ]
