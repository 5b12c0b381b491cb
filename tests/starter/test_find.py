"""`yishen find`, as people use it."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from domain.case import facts as f
from domain.case.facts import NewApplicant
from office.running.indexing import index_is_whole
from register.reads import queries
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.temporal

NAME, SUBJECT = "古丽娜·艾合买提（虚构）", "某乡饮水工程验收（虚构）"


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


async def test_a_case_is_found_at_the_counter(yishen: CommandLine) -> None:
    new = ("--as", "wang", "--channel", "in_person", "--contact", "139 0013 9000", "--yes")
    line = ("register", *new, "--applicant", NAME, "--subject", SUBJECT, "--json")
    case = (await yishen(*line)).done["case"]
    found = (await yishen("find", "古丽娜艾合买提虚构", "--as", "wang", "--json")).done
    assert [(c["id"], c["found_by"]) for c in found["cases"]] == [(case, ["applicant"])]
    assert found["cases"][0]["subject"] == SUBJECT
    # From standard input, where a name stands in no list of processes.
    given = json.dumps({"text": "13900139000"})
    by_number = await yishen("find", "--as", "wang", "--words", "-", "--json", stdin=given)
    assert [c["found_by"] for c in by_number.done["cases"]] == [["number"]]
    shown = await yishen("find", "饮水", "--as", "王芳", lang="zh")
    for said in ("饮水工程验收", "内容", "所据", "依申"):
        assert said in shown.out, shown.out
    by_subject = await yishen("find", "饮水", "--as", "zhou", lang="zh")
    assert "岗位" in by_subject.err


async def test_what_was_not_found_says_how_it_was_looked_for(yishen: CommandLine) -> None:
    nothing = await yishen("find", "查无此人", "--as", "wang", lang="zh")
    assert (nothing.code, "姓名" in nothing.out) == (0, True)
    short = await yishen("find", "无", "--as", "wang", lang="zh")
    assert "两个字" in short.err
    for words in ((), ("、",)):
        refused = await yishen("find", *words, "--as", "wang", "--json")
        assert (refused.code, refused.json["error"]["code"]) == (2, "nothing_sought")


async def test_a_name_put_right_is_found_and_the_wrong_one_no_more(
    yishen: CommandLine, office: Office
) -> None:
    new = ("--as", "wang", "--channel", "in_person", "--yes", "--subject", "某事（虚构）")
    case = (await yishen("register", *new, "--applicant", "错名之人", "--json")).done["case"]
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    with office.register.reading() as session:
        stands = queries.events(session, case)[0].what
    assert isinstance(stands, f.Registered)
    right = stands.changed(applicant=NewApplicant(name="正名之人"), subject="某事（虚构）")
    await office.proposed(case, "intake", f.EntryAmended(seq=1, what=right, reason="写错"))
    for name, cases in (("正名之人", [case]), ("错名之人", [])):
        found = (await yishen("find", name, "--as", "wang", "--json")).done["cases"]
        assert [c["id"] for c in found] == cases
    assert index_is_whole(office.register)
