"""The command line is the tool of whoever has the account: each entry says which account asked for
it, wherever the act is shown; and an office can forbid to sign and approve that way."""

import os
import pwd
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from domain.case import facts as f
from domain.case.act import Event, Evidence
from domain.errors import Code, Refusal
from domain.signing_in import FRESH, SignInMethod
from office.acts.order import Order, new_command_id, send_act
from office.desk import Desk
from office.people.directory_file import load_office, read_office
from office.signing_in.entering import begun
from office.signing_in.sessions import SignedIn
from register.reads import queries
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import EXAMPLE, Office
from tests.starter.command_line import CommandLine
from tests.starter.test_evidence import opened, today

pytestmark = pytest.mark.temporal

ACCOUNT = pwd.getpwuid(os.getuid()).pw_name
ASKED_BY = f"command_line:{ACCOUNT}"


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office, under an environment that names another account."""
    other = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), "principal")
    kept = pointing_at(engine)
    yield CommandLine(
        office.settings.data, {**kept, **other, "YISHEN_REGISTER": office.settings.register}
    )


@pytest.fixture
def in_person(office: Office) -> Iterator[None]:
    """The office lets nobody sign on the command line, for the time of a test."""
    told = read_office(EXAMPLE)
    organs = tuple(o.model_copy(update={"sign_on_command_line": False}) for o in told.organs)
    with office.register.writing() as session:
        load_office(session, told.model_copy(update={"organs": organs}))
    yield
    with office.register.writing() as session:
        load_office(session, told)


def events(office: Office, case: str) -> list[Event]:
    with office.register.reading() as session:
        return queries.events(session, case)


async def test_every_entry_that_somebody_asked_for_names_the_account(
    yishen: CommandLine, office: Office
) -> None:
    case = await opened(office, days_ago=60)
    said = await yishen("note", case, "--as", "liu", "--text", "seen", "--json")
    assert said.done["register"] == "written"
    found = events(office, case)
    assert {e.asked_by for e in found if e.person == "system"} == {None}
    assert {(e.person, e.asked_by) for e in found if e.person != "system"} == {
        ("wang", ASKED_BY),
        ("liu", ASKED_BY),
    }
    asked = [e.seq for e in found if e.asked_by]
    assert 1 < len(asked) < len(found)

    shown = (await yishen("case", case)).out.split()
    assert ACCOUNT in " ".join(shown)
    assert f"{asked[0]}," in shown[shown.index("entries") :] or f"{asked[0]}-" in " ".join(shown)
    timeline = (await yishen("case", case, "--json")).done["timeline"]
    assert [e["seq"] for e in timeline if e.get("asked_by") == ASKED_BY] == asked
    log = (await yishen("access", case, "--as", "sun", "--json")).done["attempts"]
    assert {a["asked_by"] for a in log if a["outcome"] == "accepted"} == {ASKED_BY}
    assert ACCOUNT in (await yishen("access", case, "--as", "sun")).out


async def test_the_evidence_sheet_says_who_asked_for_what_it_rests_on(
    yishen: CommandLine, office: Office
) -> None:
    case = await opened(office)
    out = office.settings.data / "sheet.html"
    done = await yishen("evidence", case, "--as", "wang", "--out", out, "--json")
    entry = done.done["content"]["events"][0]["entry"]
    assert entry == {"person": "wang", "asked_by": ASKED_BY}
    assert f"on the command line by {ACCOUNT} for wang" in out.read_text(encoding="utf-8")


async def test_what_was_proposed_keeps_the_account_that_proposed_it(office: Office) -> None:
    """Two accounts: what takes effect by an approval is still what the first one asked for."""
    case = await opened(office)
    desk = office.desk
    other = Desk(office.settings, office.register, office.client, "command_line:other")
    await _proposed(office, case, desk)
    await _approved(office, case, other)
    *_, proposal, approval, done = events(office, case)
    assert (proposal.asked_by, approval.asked_by) == (ASKED_BY, "command_line:other")
    assert (done.person, done.asked_by) == ("wang", ASKED_BY)


async def test_where_it_is_forbidden_nobody_signs_on_the_command_line(
    yishen: CommandLine, office: Office, in_person: None
) -> None:
    case = (await office.open(arrived=today() - timedelta(days=1))).id
    ordinary = ("assign", case, "--as", "wang", "--department", "ghj", "--handler", "li", "--json")
    assert (await yishen(*ordinary)).code == 0
    asked = f.ExtensionAsked(working_days=5, reason="x")
    await office.do(case, "handler", asked)
    head = office.person["disclosure_head"]
    grant = ("grant-extension", case, "--as", head, "--json")
    for words in (grant, (*grant, "--dry-run")):
        no = await yishen(*words)
        assert (no.code, no.json["error"]["code"]) == (1, "not_on_command_line")
    with pytest.raises(Refusal) as refused:
        await office.do(case, "leader_in_charge", f.Signed())
    assert refused.value.code is Code.NOT_ON_COMMAND_LINE
    log = (await yishen("access", case, "--as", "sun", "--json")).done["attempts"]
    tried = {(a["person"], a["command"], a["asked_by"]) for a in log if a["outcome"] == "refused"}
    assert {(head, "extension_granted", ASKED_BY)} <= tried
    assert not [e for e in events(office, case) if e.what.kind == "extension_granted"]


@pytest.fixture
def with_factor(office: Office) -> Iterator[None]:
    """The office asks for a fresh second factor where something is signed, for the time of a
    test."""
    told = read_office(EXAMPLE)
    organs = tuple(o.model_copy(update={"second_factor_for_signing": True}) for o in told.organs)
    with office.register.writing() as session:
        load_office(session, told.model_copy(update={"organs": organs}))
    yield
    with office.register.writing() as session:
        load_office(session, told)


async def test_who_signs_at_the_desk_has_shown_the_second_factor_just_now(
    yishen: CommandLine, office: Office, with_factor: None
) -> None:
    case, now = (await office.open()).id, datetime.now(UTC)
    intake, head = office.person["intake"], office.person["disclosure_head"]
    with office.register.writing() as session:
        counter = begun(session, intake, SignInMethod.PASSWORD, "", now).who
        before = now - FRESH
        late = begun(session, head, SignInMethod.PASSWORD_TOTP, "", before).who
        fresh = begun(session, head, SignInMethod.PASSWORD_TOTP, "", now).who
    await _proposed(office, case, _at(office, counter))
    with pytest.raises(Refusal) as refused:
        await _approved(office, case, _at(office, late))
    assert refused.value.code is Code.SECOND_FACTOR_NEEDED
    await _approved(office, case, _at(office, fresh))
    *_, approval, done = events(office, case)
    assert (approval.asked_by, done.asked_by) == (fresh.asked_by, counter.asked_by)
    shown = (await yishen("case", case)).out
    assert f"signed in themselves (session {fresh.id}, password and code)" in " ".join(
        shown.split()
    )
    log = (await yishen("access", case, "--as", "sun")).out
    assert f"session {fresh.id}" in " ".join(log.split())
    out = office.settings.data / "signed.html"
    await yishen("evidence", case, "--as", "wang", "--out", out)


def _at(office: Office, who: SignedIn) -> Desk:
    return Desk(office.settings, office.register, office.client, who.asked_by)


LETTER = Evidence(text="申请人来信（虚构）")


async def _proposed(office: Office, case: str, desk: Desk) -> None:
    what = f.Withdrawn()
    order = Order(case, office.person["intake"], what, new_command_id(), evidence=(LETTER,))
    assert (await send_act(desk, order)).written


async def _approved(office: Office, case: str, desk: Desk) -> None:
    what = f.EntryApproved(seq=events(office, case)[-1].seq)
    head = office.person["disclosure_head"]
    assert (await send_act(desk, Order(case, head, what, new_command_id()))).written
