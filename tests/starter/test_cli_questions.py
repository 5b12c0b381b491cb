"""Questions before an act: asked on a terminal, answered by --yes, a warning where nobody sits."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from domain.case.facts import Assigned
from domain.values import OFFICE_ZONE
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine
from tests.starter.terminal import answered

pytestmark = pytest.mark.temporal


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


def ago(days: int) -> str:
    return str(datetime.now(OFFICE_ZONE).date() - timedelta(days=days))


def new(received: str) -> tuple[str, ...]:
    """A registration received that day."""
    who = ("--as", "wang", "--applicant", "张某（虚构）", "--subject", "某规划（虚构）")
    return ("register", *who, "--channel", "in_person", "--received", received)


async def count(yishen: CommandLine) -> int:
    return len((await yishen("list", "--json", "--limit", 5000)).done["cases"])


async def test_a_wrong_year_is_asked_about_before_anyone_is_told(
    yishen: CommandLine, office: Office
) -> None:
    before = await count(yishen)
    said_no = await answered(yishen, "", *new(ago(400)))
    assert said_no.code == 1
    for words in ("is not in this year", "400 days ago", "overdue at once: reply", "Go on?"):
        assert words in said_no.out
    assert "(not_agreed)" in said_no.out
    assert await count(yishen) == before
    said_yes = await answered(yishen, "是", *new(ago(400)), lang="zh")
    assert said_yes.code == 0, said_yes.out
    assert await count(yishen) == before + 1


async def test_where_nobody_sits_the_answer_warns(yishen: CommandLine) -> None:
    warned = (await yishen(*new(ago(400)), "--json")).done
    assert {"another_year", "long_ago", "overdue_at_once"} <= set(warned["warnings"])
    plain = await yishen(*new(ago(400)))
    assert plain.code == 0
    assert "nobody was asked" in plain.out
    sure = (await yishen(*new(ago(400)), "--yes", "--json")).done
    assert not {"another_year", "long_ago", "overdue_at_once"} & set(sure["warnings"])
    today = (await yishen(*new(ago(0)), "--json")).done
    assert today["warnings"] == of_the_calendar(today)
    # Its correction notice can be sent no more, its reply is still in time.
    lately = (await yishen(*new(ago(17)), "--json")).done
    assert lately["warnings"] == of_the_calendar(lately)


def of_the_calendar(done: dict[str, Any]) -> list[str]:
    """What an answer warns of late in the year: a last day in one that has no notice yet. Nobody is
    asked about that."""
    return ["calendar_incomplete"] if done["provisional"] else []


async def test_nothing_final_is_done_against_a_no(yishen: CommandLine, office: Office) -> None:
    case = (await office.open()).id
    await yishen("assign", case, "--as", "wang", "--department", "ghj", "--handler", "li")
    notice = ("correction-notice", case, "--as", "li", "--points", "请写明年份")
    no = await answered(yishen, "no", *notice)
    assert (no.code, "only be taken out" in no.out) == (1, True)
    assert (await yishen("case", case, "--json")).done["status"] == "in_hand"
    yes = await answered(yishen, "y", *notice)
    assert yes.code == 0, yes.out
    assert (await yishen("case", case, "--json")).done["status"] == "correcting"


async def test_a_corrected_receipt_counts_anew_and_asks_what_a_registration_asks(
    yishen: CommandLine, office: Office
) -> None:
    case = (await office.open()).id
    await office.do(case, "intake", Assigned(department="ghj", handler="li"))
    line = ("correct-receipt", case, "--as", "王芳", "--channel", "in_person", "--reason", "看错")
    no = await answered(yishen, "n", *line, "--received", ago(40))
    assert (no.code, "overdue at once" in no.out) == (1, True)
    proof = ("--evidence", "邮戳（虚构）")
    done = (await yishen(*line, "--received", ago(3), *proof, "--json")).done
    assert (done["receipt_day"] != ago(3), done["warnings"]) == (True, ["moves_limit"])
    approved = (await yishen("approve-entry", case, done["seq"], "--as", "huang", "--json")).done
    assert (approved["receipt_day"], approved["warnings"]) == (ago(3), [])
