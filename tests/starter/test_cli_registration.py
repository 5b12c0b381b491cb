"""What was written down wrong at the counter is put right, and stays provable."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from register.verify import verify
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.temporal


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


async def test_a_mistyped_name_and_subject_are_amended(yishen: CommandLine, office: Office) -> None:
    case = (await office.open()).id
    other = ("--set", "subject=某道路规划图（更正）", "--set", "applicant=李某（虚构）")
    amend = ("amend", case, "1", "--as", "wang", *other, "--reason", "看错", "--json")
    tried = (await yishen(*amend, "--dry-run")).done
    assert (tried["limits"], tried["needs_approval"]) == ([], None)
    assert (await yishen(*amend)).done["seq"] == 2
    shown = (await yishen("applicant", case, "--as", "wang", "--json")).done
    assert shown["applicant"]["name"] == "李某（虚构）"
    listed = (await yishen("list", "--json", "--limit", "5000")).json["cases"]
    assert next(c for c in listed if c["id"] == case)["subject"] == "某道路规划图（更正）"
    assert verify(office.register, [case]).differences == ()
    wrong = await yishen("amend", case, "1", "--as", "wang", "--set", "title=x", "--reason", "误")
    assert (wrong.code, "subject" in wrong.err) == (2, True)


async def test_of_a_voided_case_nothing_runs_and_nothing_is_counted(
    yishen: CommandLine, office: Office
) -> None:
    case = (await office.open()).id
    assert "已用" in (await yishen("case", case, lang="zh")).out
    void = ("void", case, "--as", "wang", "--reason", "重复", "--evidence", "登记簿（虚构）")
    proposed = (await yishen(*void, "--json")).done["seq"]
    assert (await yishen("approve-entry", case, proposed, "--as", "huang")).code == 0
    page = (await yishen("case", case, lang="zh")).out
    assert "已作废，不再计时" in page
    assert "已用" not in page
    assert "救济期满" not in page
