"""What the record says, against what stands outside of it: running cases and kept files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from domain.case import facts as f
from domain.case.act import Event
from office.cases.against_runs import compare_running
from office.cases.comparing import lost_files, verified
from office.running.asking import stand
from register.chain import beginning
from register.engine import Register
from register.models import CaseEvent, CaseStart, Request
from register.reads import queries
from register.verify import agreeing, verify
from register.writes.record import event_row
from tests.office_fixture import Office
from tests.waiting import until

pytestmark = pytest.mark.temporal


@contextmanager
def rewritten(register: Register, case: str, other: str) -> Iterator[None]:
    """The whole chain of a case made anew, with another reviewer: as somebody would who has the
    file, and this program; put back afterwards."""
    with register.reading() as session:
        before = queries.events(session, case)
        start = session.get_one(CaseStart, case).input
    forged = [
        e.model_copy(update={"person": other}) if isinstance(e.what, f.ItemReviewed) else e
        for e in before
    ]
    _put(register, case, start, forged, other)
    yield
    (reviewer,) = {e.person for e in before if isinstance(e.what, f.ItemReviewed)}
    _put(register, case, start, before, reviewer)


@contextmanager
def damaged(register: Register, case: str) -> Iterator[None]:
    """The text of its first event can't be read any more; mended afterwards."""
    here = (CaseEvent.case_id == case, CaseEvent.seq == 1)
    with unlocked(register) as session:
        before = session.scalars(select(CaseEvent.body).where(*here)).one()
        session.execute(update(CaseEvent).where(*here).values(body="{"))
    yield
    with unlocked(register) as session:
        session.execute(update(CaseEvent).where(*here).values(body=before))


def _put(
    register: Register, case: str, start: Mapping[str, Any], events: list[Event], reviewer: str
) -> None:
    with unlocked(register) as session:
        prev = beginning(start)
        for event in events:
            row = event_row(case, event, prev)
            here = (CaseEvent.case_id == case, CaseEvent.seq == event.seq)
            session.execute(update(CaseEvent).where(*here).values(**row))
            prev = row["hash"]
        change = text("UPDATE record_items SET reviewer = :to WHERE case_id = :case")
        session.execute(change, {"to": reviewer, "case": case})


@contextmanager
def unlocked(register: Register) -> Iterator[Session]:
    """Writing without the triggers, which are there again afterwards."""
    with register.writing() as session:
        locks = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = session.execute(text(locks)).all()
        for name, _ in triggers:
            session.execute(text(f"DROP TRIGGER {name}"))
        yield session
        for _, sql in triggers:
            session.execute(text(sql))


async def test_a_chain_made_anew_is_not_what_the_running_case_says(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    with rewritten(office.register, case, "qian"):
        assert verify(office.register, [case]).holds  # alone it can't be seen
        compared = await compare_running(office.desk.renewed())
        found = [d for d in compared.differences if d.case == case]
    assert {d.table for d in found} == {"engine"}
    assert "items" in {d.field for d in found}


async def test_a_case_and_its_record_agree_word_for_word(office: Office) -> None:
    """Else each case would be asked for all it holds, which takes twice as long."""
    case = (await office.open()).id
    await office.grant(case)
    said = await stand(office.desk, office.handle(case))
    short = (said.seq, said.digest, said.summary)

    async def agree() -> bool:
        with office.register.reading() as session:
            return agreeing(session, {case: short}) == {case}

    await until(agree)
    with office.register.reading() as session:
        assert agreeing(session, {case: (said.seq, "another", said.summary)}) == set()
        moved = said.summary.changed(handler="qian")
        assert agreeing(session, {case: (said.seq, said.digest, moved)}) == set()


async def test_a_record_that_cannot_be_read_is_named_and_the_others_are_compared(
    office: Office,
) -> None:
    case, other = (await office.open()).id, (await office.open()).id
    await office.grant(case)
    with damaged(office.register, case):
        done = await verified(office.desk.renewed(), offline=False)
    assert {d.table for d in done.differences if d.case == case} == {"case_events"}
    assert not [d for d in done.differences if d.case == other]
    assert done.running.cases >= 2


async def test_a_case_in_which_only_a_proceeding_is_open_is_asked_too(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    hand = f.Dispatched(channel=f.DispatchChannel.HANDED_OVER)
    for role, what in (
        ("handler", hand),
        ("intake", f.Delivered()),
        ("legal", f.ReconsiderationReceived(ref="r1", organ="云岭市人民政府（虚构）")),
        ("legal", f.AnswerSubmitted(ref="r1")),
    ):
        await office.do(case, role, what)

    async def nothing_comes_by_itself() -> bool:
        with office.register.reading() as session:
            row = session.get_one(Request, case)
            return (row.seq, row.is_open, row.next_alarm) == (12, False, None)

    await until(nothing_comes_by_itself)
    await office.handle(case).terminate("gone (invented)")
    compared = await compare_running(office.desk.renewed())
    assert [d.field for d in compared.differences if d.case == case] == ["run"]


async def test_a_file_that_was_changed_or_lost_is_named(office: Office) -> None:
    case = (await office.open()).id
    sha = office.desk.folder(case).keep_bytes(f"for {case} only".encode())
    await office.do(case, "intake", f.Assigned(department="ghj", handler=office.person["handler"]))
    await office.do(case, "handler", f.ItemAdded(ref="a", title="规划图", sha256=sha))

    async def lost() -> list[str]:  # of the tests' office, which knows other files by hash only
        return [found.case for found in await lost_files(office.desk) if found.key == sha]

    assert await lost() == []
    place = office.kept(case, sha)
    true = place.read_bytes()
    place.write_bytes(b"another")
    assert await lost() == [case]
    place.unlink()
    assert await lost() == [case]
    place.write_bytes(true)
    assert await lost() == []


async def test_a_case_that_is_gone_is_named_and_the_others_are_compared(office: Office) -> None:
    gone, there = (await office.open()).id, (await office.open()).id
    await office.handle(gone).terminate("gone (invented)")

    async def differ() -> dict[str, str]:
        done = await verified(office.desk.renewed(), offline=False)
        assert done.running.cases >= 1
        return {d.case: d.field for d in done.differences if d.case in (gone, there)}

    assert await differ() == {gone: "run"}
    again = f.Assigned(department="ghj", handler=office.person["handler"])
    await office.do(gone, "intake", again)  # its next act gives it a run again
    assert await differ() == {}
