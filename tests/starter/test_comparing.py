"""What the record says, against what stands outside of it: running cases and kept files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text, update

from domain.case import facts as f
from domain.case.act import Event
from office.comparing import compare_running, lost_files, verified
from register.chain import beginning
from register.engine import Register
from register.models import CaseEvent
from register.reads import queries
from register.reads.files import named_files
from register.verify import verify
from register.writes.record import event_row
from tests.office_fixture import Office

pytestmark = pytest.mark.temporal


@contextmanager
def rewritten(register: Register, case: str, other: str) -> Iterator[None]:
    """The whole chain of a case made anew, with another reviewer: as somebody would who has the
    file, and this program; put back afterwards."""
    with register.reading() as session:
        before = queries.events(session, case)
        start = queries.case(session, case).start_input
    forged = [
        e.model_copy(update={"person": other}) if isinstance(e.what, f.ItemReviewed) else e
        for e in before
    ]
    _put(register, case, start, forged, other)
    yield
    (reviewer,) = {e.person for e in before if isinstance(e.what, f.ItemReviewed)}
    _put(register, case, start, before, reviewer)


def _put(
    register: Register, case: str, start: Mapping[str, Any], events: list[Event], reviewer: str
) -> None:
    with register.writing() as session:
        locks = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = session.execute(text(locks)).all()
        for name, _ in triggers:
            session.execute(text(f"DROP TRIGGER {name}"))
        prev = beginning(start)
        for event in events:
            row = event_row(case, event, prev)
            here = (CaseEvent.case_id == case, CaseEvent.seq == event.seq)
            session.execute(update(CaseEvent).where(*here).values(**row))
            prev = row["hash"]
        change = text("UPDATE record_items SET reviewer = :to WHERE case_id = :case")
        session.execute(change, {"to": reviewer, "case": case})
        for _, sql in triggers:
            session.execute(text(sql))


async def test_a_chain_made_anew_is_not_what_the_running_case_says(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    with rewritten(office.register, case, "qian"):
        assert verify(office.register, [case]).holds  # alone it can't be seen
        found = (await compare_running(office.desk.renewed())).differences
    assert {(d.case, d.table) for d in found} == {(case, "engine")}
    assert "items" in {d.field for d in found}


async def test_a_file_that_was_changed_or_lost_is_named(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    digest = next(iter(await office.desk.read(named_files)))
    place = office.settings.files / digest
    kept = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(b"another")
    try:
        (found,) = await lost_files(office.desk)
        assert (found.table, found.key) == ("files", digest)
        place.unlink()
        (found,) = await lost_files(office.desk)
        assert found.key == digest
    finally:
        place.write_bytes(kept)
    assert await lost_files(office.desk) == []


async def test_a_case_that_is_gone_is_named_and_the_others_are_compared(office: Office) -> None:
    gone, _ = (await office.open()).id, await office.open()
    await office.handle(gone).terminate("gone (invented)")
    done = await verified(office.desk.renewed(), offline=False)
    assert {(d.case, d.field) for d in done.differences} == {(gone, "run")}
    assert done.running.cases >= 1
    assert done.complete
    again = f.Assigned(department="ghj", handler=office.person["handler"])
    await office.do(gone, "intake", again)  # its next act gives it a run again
    assert (await verified(office.desk.renewed(), offline=False)).differences == ()
