"""The record against what the running cases say of themselves.

A run is asked where it is, in short; the record is read for a hundred cases at once. Only where the
two don't agree is the case asked for all it holds, to say in what they differ.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session
from temporalio.client import (
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowQueryRejectedError,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.case.state import CaseState
from domain.errors import Code, Unreachable
from office.acts.order import row_written
from office.desk import Desk
from office.running.asking import AT_ONCE, asked, stand
from register.reads.living import living
from register.reads.states import state_of
from register.verify import Mismatch, against_engine, agreeing
from register.verify.found import unreadable
from workflows.messages import CaseView

PORTION = 100
"""Cases whose record is read at once."""

AnswerT = TypeVar("AnswerT")

Ask = Callable[[Desk, WorkflowHandle[object, object]], Awaitable[AnswerT]]

Skipped = tuple[str, Unreachable]
"""A case that could not be compared, and why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How many running cases answered, how they differ, and who did not answer."""

    cases: int = 0
    differences: tuple[Mismatch, ...] = ()
    skipped: tuple[Skipped, ...] = ()


async def compare_running(desk: Desk) -> Compared:
    """What every running case says of itself, against the register.

    Raises Unreachable when engine or worker don't answer at all.
    """
    cases = await desk.read(lambda session: living(session, datetime.now(UTC)))
    # What was not even started is no matter of the engine.
    running = [case.id for case in cases if case.started_at is not None or case.seq]
    comparison = _Comparison(desk)
    parts = (running[begin : begin + PORTION] for begin in range(0, len(running), PORTION))
    await asyncio.gather(*(comparison.portion(part) for part in parts))
    skipped = sorted(comparison.skipped, key=lambda case: case[0])
    if skipped and not comparison.answered:
        raise skipped[0][1]
    return Compared(comparison.answered, tuple(comparison.found), tuple(skipped))


class _Comparison:
    """One comparison: how many answered so far, and what was found."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._gate = desk, asyncio.Semaphore(AT_ONCE)
        self.answered = 0
        self._heard = False
        self.found: list[Mismatch] = []
        self.skipped: list[Skipped] = []

    async def portion(self, cases: Sequence[str]) -> None:
        """Compare so many."""
        answers = await asyncio.gather(*(self._answer(case, stand) for case in cases))
        said = {case: at for case, at in zip(cases, answers, strict=True) if at is not None}
        short = {case: (at.seq, at.digest, at.summary) for case, at in said.items()}
        agree = await self._desk.read(partial(agreeing, said=short))
        self.answered += len(agree)
        await asyncio.gather(
            *(self._in_full(case) for case in cases if case in said.keys() - agree)
        )

    async def _in_full(self, case: str) -> None:
        """Say in what a case differs, if it does: an act may have been on its way to the register,
        which is given the time that any command gives it."""
        view = await self._answer(case, asked)
        if view is not None:
            await row_written(self._desk.renewed(), case, view.state.seq)
            self.found += await self._desk.read(partial(_differences, case=case, view=view))
            self.answered += 1

    async def _answer(self, case: str, ask: Ask[AnswerT]) -> AnswerT | None:
        """What a run says; None: it is cut off, gone, or doesn't answer, which is noted."""
        async with self._gate:
            if not self._heard and len(self.skipped) >= AT_ONCE:
                raise self.skipped[0][1]  # nobody answers: it is not the cases
            desk = self._desk.renewed()
            try:
                handle = (await desk.client()).get_workflow_handle(case)
                answer = await ask(desk, handle)
            except WorkflowQueryRejectedError as error:
                self._lost(case, error.status.name.lower() if error.status else None)
            except WorkflowQueryFailedError as error:
                self._skip(case, error)
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:
                    self._lost(case, None)
                else:
                    self._skip(case, error.message)
            except Unreachable as error:
                self.skipped.append((case, error))
            else:
                self._heard = True
                return answer
        return None

    def _lost(self, case: str, how: str | None) -> None:
        self.found.append(Mismatch(case, "engine", "", "run", how, "running"))
        self.answered += 1
        self._heard = True

    def _skip(self, case: str, why: object) -> None:
        self.skipped.append((case, Unreachable(Code.CASE_UNANSWERED, case=case, detail=why)))


def _differences(session: Session, case: str, view: CaseView) -> list[Mismatch]:
    try:
        recorded = state_of(session, case)
    except (ValueError, LookupError) as error:
        return [unreadable(case, "case_events", "", error)]
    if recorded.seq > view.state.seq:  # it went on since it was asked
        return []
    rows = against_engine(session, case, view.summary) if recorded.seq else []
    return [*rows, *_states(case, recorded, view.state)]


def _states(case: str, recorded: CaseState, running: CaseState) -> list[Mismatch]:
    """Whatever the running case holds to be so and the events don't say."""
    return [
        Mismatch(case, "engine", "", name, there, here)
        for name in CaseState.model_fields
        if (there := getattr(recorded, name)) != (here := getattr(running, name))
    ]
