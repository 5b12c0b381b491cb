"""Side effects on the register and the mail drop, as activities of the worker."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from temporalio import activity
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from activities.failures import told_to_temporal
from activities.mail import drop, letter, show, stage, staged, sweep, unstage
from domain.case.act import Event
from domain.case.notices import is_notice
from domain.errors import Code, Unreachable, YishenError
from register.engine import Register
from register.reads import queries
from register.reads.troubles import What
from register.writes.access import Attempt, log_access
from register.writes.installation import check_place
from register.writes.outbox import (
    PendingNotice,
    file_of,
    mark_all_sent,
    mark_failed,
    pending_notices,
    sent_of,
)
from register.writes.record import record
from register.writes.troubles import clear, note
from workflows.activity_names import (
    BY_PORTION,
    DELIVER_NOTICES,
    EVENTS_SINCE,
    RECORD_EVENTS,
    RecordBatch,
    Recorded,
    Since,
)
from workflows.converter import data_converter
from workflows.seal import Unsealed

AWAY = (Code.REGISTER_UNREACHABLE, Code.REGISTER_NOT_WRITABLE, Code.REGISTER_ELSEWHERE)
"""Codes of a register that can't be reached, or isn't ours to write: nothing is noted there."""

log = structlog.get_logger()


class RegisterActivities:
    """Made once by the worker. `mail_drop`: folder where notices are laid down as .eml files;
    `place`: from where the register is driven as long as this worker may write (None: anywhere);
    `desk`: the address of the pages, for links (None: none).

    A worker that stops lets what writes end, which is a matter of seconds: an exception thrown
    into it would look like an entry that can't be written, or leave the register locked.
    """

    def __init__(
        self,
        register: Register,
        mail_drop: Path,
        place: str | None = None,
        desk: str | None = None,
    ) -> None:
        self.register = register
        self._mail_drop = mail_drop
        self._driven_from = place
        self._desk = desk

    @activity.defn(name=RECORD_EVENTS, no_thread_cancel_exception=True)
    def record_handed_over(self, handed: RawValue) -> bool:
        """`record_events` as the engine calls it; what fails for good is noted where people look.

        Taken as it came, so that a batch that can't be read is noted too.
        """
        with self._noted(str(activity.info().workflow_id)):
            return self.record_events(_batch(handed))

    def record_events(self, batch: RecordBatch) -> bool:
        """Write events, projections and summary in one transaction; repeating changes nothing.

        Then lay down the notices at once; False: some are left for `deliver_notices`.
        """
        with told_to_temporal(), self.register.writing() as session:
            check_place(session, self._driven_from, self.register.name)
            record(session, batch.case_id, batch.events, batch.summary)
            clear(session, batch.case_id, What.RECORD)
        if not any(is_notice(event) and not _by_portion(event) for event in batch.events):
            return True
        try:
            self.deliver(batch.case_id)
        except Exception as error:  # whatever is wrong with a letter, the rows are written
            log.warning("notices_left", case=batch.case_id, why=repr(error))
            return False
        return True

    @contextmanager
    def _noted(self, case_id: str) -> Iterator[None]:
        """An error that trying again can't cure goes into the register's list of troubles."""
        try:
            yield
        except Exception as error:
            code = error.type if isinstance(error, ApplicationError) else Code.NOT_RECORDABLE
            if code not in AWAY:
                log.error("entries_not_written", case=case_id, why=str(error))
                with suppress(YishenError), self.register.writing() as session:
                    note(session, case_id, What.RECORD, str(code), str(error))
            raise

    @activity.defn(name=DELIVER_NOTICES, no_thread_cancel_exception=True)
    def deliver_notices(self, case_id: str) -> None:
        """Lay down each notice of the case not sent yet; one that fails doesn't stop the rest."""
        with told_to_temporal():
            self.deliver(case_id)

    @activity.defn(name=EVENTS_SINCE)
    def events_since(self, since: Since) -> Recorded:
        """What the record of the case holds after the number, for a run that goes on from it."""
        with told_to_temporal(), self.register.reading() as session:
            return Recorded(events=tuple(queries.events(session, since.case_id, since.seq)))

    def tell_of_unsealed(self, message: Unsealed) -> None:
        """Into the access log, under the name it claims: nobody else can."""
        log.warning("unsealed", to=message.to, message=message.name)
        attempt = Attempt(
            person=message.person or "?",
            command=message.kind or "message",
            outcome="refused",
            case_id=message.to,
            code=Code.MESSAGE_UNSEALED,
            command_id=message.command_id,
            detail=message.name,
        )
        log_access(self.register, attempt)

    def deliver(self, case_id: str | None) -> None:
        """The notices of a case, or (None) those about the office itself. Raises Unreachable."""
        with self.register.reading() as session:
            waiting = pending_notices(session, case_id)
        self.lay_down(waiting)

    def lay_down(self, waiting: Sequence[PendingNotice]) -> None:
        """Each as one file, once, also for a reader that takes files away at once: written beside
        its place, marked as sent, then shown. One that fails doesn't stop the rest. Raises
        Unreachable."""
        failed: dict[str, str] = {}
        content: dict[str, bytes] = {}
        for notice in waiting:
            try:
                content[notice.id] = letter(notice, self._desk)
                stage(self._place(notice.id), content[notice.id])
            except OSError as error:
                log.warning("notice_not_sent", notice=notice.id, why=str(error))
                failed[notice.id] = str(error)
        files = {n.id: file_of(n.id) for n in waiting if n.id not in failed}
        if waiting:
            with self.register.writing() as session:
                new = mark_all_sent(session, files, datetime.now(UTC))
                for notice_id, why in failed.items():
                    mark_failed(session, notice_id, why)
            for notice_id in files:
                self._show(notice_id, content[notice_id], new=notice_id in new)
        if failed:
            raise Unreachable(Code.NOTICE_NOT_SENT, notices=", ".join(failed))

    def take_up(self) -> None:
        """What a worker that was killed had marked as sent and not yet shown, is shown; what it
        had not marked is written anew. Raises Unreachable."""
        sweep(self._mail_drop, timedelta())
        places = {place.stem: place for place in staged(self._mail_drop)}
        with self.register.reading() as session:
            sent = sent_of(session, list(places))
        for notice_id, place in places.items():
            with suppress(FileNotFoundError):
                show(place) if notice_id in sent else unstage(place)

    def _show(self, notice_id: str, content: bytes, *, new: bool) -> None:
        """`new` False: another attempt was faster, and has shown it."""
        place = self._place(notice_id)
        if not new:
            unstage(place)
            return
        try:
            show(place)
        except FileNotFoundError:  # the other attempt took it for its own
            drop(place, content)

    def _place(self, notice_id: str) -> Path:
        return self._mail_drop / file_of(notice_id)


def _batch(handed: RawValue) -> RecordBatch:
    found = data_converter.payload_converter.from_payloads([handed.payload], [RecordBatch])
    batch: RecordBatch = found[0]
    return batch


def _by_portion(event: Event) -> bool:
    """Whether the notices of an event go out with those of the other cases of a revision."""
    return (event.command_id or "").startswith(BY_PORTION)
