"""Bringing a calendar version to the open cases it touches, portion by portion."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import structlog
from temporalio import activity
from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.failures import told_to_temporal
from activities.register import RegisterActivities
from domain.calendar.model import Calendar
from domain.errors import Code, YishenError
from register.reads.calendars import (
    ResultLine,
    final_results,
    held_days,
    outcomes,
    unrecorded,
    version,
)
from register.reads.touched import Target, outlooks, reach, reached, targets
from register.writes.calendars import keep_results
from register.writes.outbox import notices_of_command
from workflows.activity_names import (
    BY_PORTION,
    DELIVER_MOVED,
    FIND_TOUCHED,
    REVISE_CASES,
    Done,
    Found,
    Portion,
    Search,
)
from workflows.sending import revision_of, send

WIDTH = 40
"""Cases asked at once."""
WITHIN = timedelta(seconds=30)
"""Time a case has for its answer."""
OF_ITS_KEY = (Code.KEY_MISSING, Code.WORDS_DESTROYED)
"""Codes of a case that no message reaches any more; the others are revised all the same."""

BEAT_SECONDS = 2

log = structlog.get_logger()


class RevisionActivities:
    """Made once by the worker. `fallback`: the calendar while none was loaded."""

    def __init__(self, client: Client, office: RegisterActivities, fallback: Calendar) -> None:
        self._client = client
        self._office = office
        self._register = office.register
        self._fallback = fallback

    @activity.defn(name=FIND_TOUCHED)
    def find_touched(self, search: Search) -> Found:
        """Candidates from the indexes; of them those whose count, proof or next alarm differs."""
        with told_to_temporal(), self._register.reading() as session:
            edition = version(session, search.version).edition
            before, after = held_days(session, edition - 1), held_days(session, edition)
            reaches = reach(before, after, self._fallback)
            ids = reached(session, reaches, search.after, search.limit)
            here = {line.case_id for line in final_results(session, search.version, ids)}
            left = [case for case in ids if case not in here]
            looks = outlooks(session, left, after, self._fallback, search.version, search.now)
            # A case that can't be counted is sent the version too: its refusal is the result.
            touched = [s.id for s, o in looks if isinstance(o, YishenError) or o.touched]
        more = len(ids) == search.limit
        return Found(cases=tuple(touched), after=ids[-1] if more else None)

    @activity.defn(name=REVISE_CASES)
    async def revise_cases(self, portion: Portion) -> Done:
        """Send each case the version and keep its result; what has a result already is left."""
        with told_to_temporal():
            async with _beating():
                targets = await asyncio.to_thread(self._targets, portion)
                gate = asyncio.Semaphore(WIDTH)
                found = await asyncio.gather(*(self._send(gate, t, portion) for t in targets))
                counts = await asyncio.to_thread(self._keep, portion.version, found)
        failed = tuple(line.case_id for line in found if line.outcome == "failed")
        return Done(failed=failed, **{name: n for name, n in counts.items() if name != "failed"})

    @activity.defn(name=DELIVER_MOVED, no_thread_cancel_exception=True)
    def deliver_moved(self, name: str) -> int:
        """Notices of many cases at once: one by one they cost as much as the cases themselves."""
        command = f"{BY_PORTION}{name}"
        with told_to_temporal():
            with self._register.reading() as session:
                waiting = notices_of_command(session, command)
                left = unrecorded(session, name, command)
            self._office.lay_down(waiting)
        return left

    def _targets(self, portion: Portion) -> list[Target]:
        with self._register.reading() as session:
            here = {line.case_id for line in final_results(session, portion.version, portion.cases)}
            left = [case for case in portion.cases if case not in here]
            after = held_days(session, version(session, portion.version).edition)
            return targets(session, left, after, self._fallback, portion.version, portion.now)

    async def _send(self, gate: asyncio.Semaphore, target: Target, portion: Portion) -> ResultLine:
        """One update. The id is the same at every attempt, so that the case answers once."""
        async with gate:
            outcome, code, detail, answer = "failed", None, None, None
            try:
                answer = await send(
                    self._client,
                    target.case,
                    revision_of(target.fact, f"{BY_PORTION}{portion.version}"),
                    f"{portion.version}:{target.case}",
                    WITHIN,
                )
                outcome = "moved" if answer.moved else "unchanged"
            except WorkflowUpdateFailedError as error:
                cause = error.cause
                code = (cause.type if isinstance(cause, ApplicationError) else None) or "act_failed"
                detail = str(cause)
                if code == Code.NOTHING_TO_REVISE:
                    outcome, code, detail = "already_there", None, None
            except WorkflowUpdateRPCTimeoutOrCancelledError as error:
                code, detail = str(Code.CASE_UNANSWERED), str(error)
            except YishenError as error:
                if error.code not in OF_ITS_KEY:
                    raise  # no key can be had now: the whole portion is tried again
                code, detail = str(error.code), str(error)
            except RPCError as error:
                if error.status is RPCStatusCode.UNAVAILABLE:
                    raise  # the engine is gone: the whole portion is tried again
                if await self._is_over(target.case):
                    # Nothing runs in it any more; an act that reopens it brings the newest days.
                    outcome = "already_there"
                else:
                    code, detail = str(Code.CASE_UNANSWERED), error.message
        if outcome == "failed":
            log.warning("case_not_revised", case=target.case, version=portion.version, code=code)
        return ResultLine(
            version=portion.version,
            case_id=target.case,
            outcome=outcome,
            moves=[m.model_dump(mode="json") for m in answer.moved] if answer else [],
            warnings=list(answer.warnings) if answer else [],
            code=code,
            detail=detail,
            attempts=portion.attempt,
            at=datetime.now(UTC),
        )

    async def _is_over(self, case: str) -> bool:
        """Whether the run of the case came to its end since the case was found."""
        try:
            found = await self._client.get_workflow_handle(case).describe()
        except RPCError:
            return False
        return found.status is WorkflowExecutionStatus.COMPLETED

    def _keep(self, name: str, found: Sequence[ResultLine]) -> dict[str, int]:
        with self._register.writing() as session:
            keep_results(session, found)
            session.flush()
            return outcomes(session, name)


@asynccontextmanager
async def _beating() -> AsyncIterator[None]:
    """Heartbeats, so that a killed worker's portion is given to another within seconds."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT_SECONDS)

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
