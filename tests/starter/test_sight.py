"""Who sees what in a real office: every service that reads, against the golden grid."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, text

from domain.case import facts as f
from domain.case.people import Role
from domain.case.reading import CasePart
from domain.case.wordless import SILENT
from domain.clock import ClockEvent, ClockEventKind
from domain.errors import Code, Refusal, Unreachable
from office.access.reading import permit
from office.answers.finding import find
from office.answers.ical import limits_file
from office.answers.lists import case_list, proceeding_list, waiting
from office.answers.papers import Asked, issue
from office.cases.private import applicant_of, files_for, opened_file
from office.cases.record import look
from office.cases.whatif import suppose
from office.legal_time import legal_now
from register.engine import Register
from register.models import AccessEntry
from register.reads.filter import Filter
from register.reads.lists import count_cases
from register.reads.proceedings import Wanted
from register.reads.queries import CaseRow
from register.reads.visible import viewer_of, visible_to
from starter.engine.running import Engine
from tests.domain.case.sights import Grid, golden
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.temporal

NAMES = [name for name in CaseRow.__dataclass_fields__ if name.startswith("applicant_")]
KINDS = ("arrived", "own", "education", "items", "signed", "replied", "contested")


@dataclass
class Cases:
    """One case of each kind in the shared office, and who holds which role there."""

    office: Office
    by_kind: dict[str, str]

    def person(self, role: Role) -> str:
        return self.office.person[role.value]

    def who_may(self, grid: Grid, part: CasePart, kind: str) -> set[Role]:
        return {role for (of, role), parts in grid.items() if of == kind and part in parts}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def cases(office: Office) -> Cases:
    by_kind = {kind: (await office.open()).id for kind in KINDS}
    planning = f.Assigned(department="ghj", handler="li")
    await office.do(by_kind["education"], "intake", f.Assigned(department="jyj", handler="zhao"))
    for kind in ("own", "items"):
        await office.do(by_kind[kind], "intake", planning)
    sha = office.desk.folder(by_kind["items"]).keep_bytes(b"plan")
    await office.do(
        by_kind["items"], "handler", f.ItemAdded(ref="a", title="某规划图（虚构）", sha256=sha)
    )
    signed = by_kind["signed"]
    await office.do(signed, "intake", planning)
    sha = office.desk.folder(signed).keep_bytes(b"plan")
    for role, what in (
        ("handler", f.ItemAdded(ref="a", title="某规划图（虚构）", sha256=sha)),
        ("reviewer", f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)),
        ("leader_in_charge", f.Signed()),
    ):
        await office.do(signed, role, what)
    for kind in ("replied", "contested"):
        await office.grant(by_kind[kind])
        sent = f.Dispatched(channel=f.DispatchChannel.HANDED_OVER)
        await office.do(by_kind[kind], "intake", sent)
    complaint = f.ComplaintReceived(ref="c1", organ="某市人民政府（虚构）")
    await office.do(by_kind["contested"], "legal", complaint)
    return Cases(office, by_kind)


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


def readable(cases: Cases, part: CasePart, read: Callable[[str, str], object]) -> None:
    """`read` (by user, of a case) is let through for exactly those of the grid."""
    grid = golden()
    for kind, case in cases.by_kind.items():
        may = cases.who_may(grid, part, kind)
        for role in {role for _, role in grid}:
            if role in may:
                read(cases.person(role), case)
                continue
            with pytest.raises(Refusal) as no:
                read(cases.person(role), case)
            seen = CasePart.LINE in grid[kind, role]
            hidden = no.value.code is Code.CASE_NOT_VISIBLE
            assert hidden is not seen, (kind, role)


async def test_lists_counts_search_and_calendars_show_the_lines_of_the_grid(cases: Cases) -> None:
    grid, register = golden(), cases.office.register
    now, mine = legal_now(), set(cases.by_kind.values())
    for role in {role for _, role in grid}:
        user = cases.person(role)
        wanted = {cases.by_kind[k] for k in KINDS if CasePart.LINE in grid[k, role]}
        with register.reading() as session:
            who = viewer_of(session, user)
            listed = {x.id for x in case_list(session, who, Filter(), 10_000, now).cases}
            assert count_cases(session, Filter(), visible_to(who)) == len(listed)
            disputed = {x.case_id for x in proceeding_list(session, who, Wanted(ended=True), now)}
            tasks = {task.case_id for task in waiting(session, user).tasks}
        assert listed & mine == wanted, role
        assert tasks <= listed, role
        found = {x.line.id for case in mine for x in find(register, user, case).cases}
        assert found & mine == wanted, role
        assert disputed & mine == wanted & {cases.by_kind["contested"]}, role
        file = limits_file(register, "qinghe", None, user, "zh", now).content.decode()
        dated = {case for case in mine if f"{case}.reply@" in file.replace("\r\n ", "")}
        assert dated <= wanted, role
        assert dated or not wanted or role in (Role.LEGAL,), role


async def test_pages_proofs_and_suppositions_are_for_those_of_the_grid(cases: Cases) -> None:
    office, grid = cases.office, golden()
    replied = ClockEvent(kind=ClockEventKind.REPLY_DISPATCHED, at=legal_now().date())
    for kind, case in cases.by_kind.items():
        may = cases.who_may(grid, CasePart.PAGE, kind)
        for role in {role for _, role in grid}:
            user = cases.person(role)
            if role in may:
                seen = await look(office.desk, case, user)
                assert seen.sight == grid[kind, role]
                # Whoever it is, the applicant is read apart.
                words = {n: getattr(seen.row, n) for n in NAMES if n != "applicant_kind"}
                assert set(words.values()) == {None, SILENT}
                assert "张某" not in repr(seen.events)
                continue
            with pytest.raises(Refusal) as no:
                await look(office.desk, case, user)
            assert no.value.params == {"case": case}
            with pytest.raises(Refusal):
                await suppose(office.desk, case, user, [replied])

    def proof(user: str, case: str) -> None:
        issue(office.settings, office.register, Asked(case, user, format="json"))

    readable(cases, CasePart.PAGE, proof)


async def test_applicant_files_and_exports_are_for_those_of_the_grid(cases: Cases) -> None:
    register = cases.office.register
    readable(cases, CasePart.APPLICANT, lambda user, case: applicant_of(register, user, case))
    readable(cases, CasePart.FILES, lambda user, case: files_for(register, user, case))
    readable(
        cases, CasePart.EXPORT, lambda user, case: permit(register, user, CasePart.EXPORT, case)
    )


async def test_the_command_line_asks_the_same_table(
    cases: Cases, yishen: CommandLine, tmp_path: Path
) -> None:
    case, hidden = cases.by_kind["items"], cases.by_kind["education"]
    for words in (("case",), ("remedies",), ("evidence",), ("applicant",), ("open",)):
        refused = await yishen(*words, hidden, "--as", "li", "--json")
        assert (refused.code, refused.json["error"]["code"]) == (1, "case_not_visible"), words
        assert "某道路" not in refused.out
    refused = await yishen("whatif", hidden, "reply_dispatched=2030-01-07", "--as", "li", "--json")
    assert refused.json["error"]["code"] == "case_not_visible"
    refused = await yishen("export", case, tmp_path / "out", "--as", "li", "--json")
    assert refused.json["error"]["code"] == "not_your_role"
    listed = (await yishen("list", "--as", "li", "--limit", 10_000, "--json")).done["cases"]
    assert {case, hidden} & {line["id"] for line in listed} == {case}
    listed = (await yishen("list", "--as", "xu", "--json")).done["cases"]
    assert listed == []
    page = (await yishen("case", case, "--as", "chen", "--json")).done
    assert page["subject"] == "某道路规划文件（虚构）"
    # Nothing of what would be signed is told to whoever may not sign it.
    signed = cases.by_kind["signed"]
    signing = await yishen("sign", signed, "--as", "zhao", "--json")
    assert signing.json["error"]["code"] == "not_your_role"
    assert "某规划图" not in (await yishen("sign", signed, "--as", "zhao")).out
    assert "某规划图" in (await yishen("sign", signed, "--as", "liu")).out


async def test_what_was_opened_is_on_record_and_refusals_too(cases: Cases) -> None:
    office, case = cases.office, cases.by_kind["signed"]
    file, pieces = opened_file(office.settings, office.register, "liu", case, "a")
    assert b"".join(pieces) == b"plan"
    with pytest.raises(Refusal):
        opened_file(office.settings, office.register, "zhou", case, "a")
    with pytest.raises(Refusal):
        await look(office.desk, case, "zhao")
    with office.register.reading() as session:
        entries = session.scalars(select(AccessEntry).where(AccessEntry.case_id == case))
        told = {(x.person, x.command, x.outcome, x.code, x.detail) for x in entries}
    assert {
        ("liu", "file_read", "ok", None, f"a {file.sha256}"),
        ("zhou", "file_read", "refused", "not_your_role", f"a {file.sha256}"),
        ("zhao", "case_read", "refused", "case_not_visible", None),
    } <= told


async def test_nothing_is_handed_out_that_cannot_be_written_down(
    cases: Cases, office: Office
) -> None:
    fresh, case = (await office.open()).id, cases.by_kind["replied"]
    register, settings = office.register, office.settings
    readings: tuple[Callable[[], object], ...] = (
        lambda: applicant_of(register, "wang", fresh),
        lambda: opened_file(settings, register, "wang", case, "a"),
        lambda: issue(settings, register, Asked(case, "wang", format="json")),
        lambda: limits_file(register, "qinghe", None, "wang", "zh", legal_now()),
        lambda: permit(register, "huang", CasePart.EXPORT, case),
    )
    with no_log(register):
        for read in readings:
            with pytest.raises(Unreachable) as no:
                read()
            assert no.value.code is Code.REGISTER_NOT_WRITABLE
    for read in readings:
        read()


@contextmanager
def no_log(register: Register) -> Iterator[None]:
    """A register that keeps everything but the access log."""
    refuse = (
        "CREATE TRIGGER full BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    with register.writing() as session:
        session.execute(text(refuse))
    try:
        yield
    finally:
        with register.writing() as session:
            session.execute(text("DROP TRIGGER full"))
