"""`yishen user …` and `yishen init`, as two people of an office use them."""

from pathlib import Path
from typing import Any

import pytest

from tests.office_fixture import EXAMPLE
from tests.starter.command_line import CommandLine

REVIEWER = ("--role", "reviewer", "--organ", "qinghe")


@pytest.fixture
async def yishen(tmp_path: Path) -> CommandLine:
    """The command line of a new office."""
    made = CommandLine(tmp_path / "data", {})
    assert (await made("init", EXAMPLE)).code == 0
    return made


async def roles(yishen: CommandLine, person: str) -> set[str]:
    people: list[dict[str, Any]] = (await yishen("people", "--json")).done["people"]
    return {g["role"] for p in people if p["id"] == person for g in p["grants"]}


async def test_two_people_give_a_role_and_both_stand_in_the_history(yishen: CommandLine) -> None:
    asked = await yishen("user", "give", "li", *REVIEWER, "--as", "xu")
    assert "user agree 1" in asked.out
    assert await roles(yishen, "li") == {"handler"}
    waits = (await yishen("user", "waiting", "--as", "huang", "--json")).done["waiting"]
    assert [(w["number"], w["person"], w["role"]) for w in waits] == [(1, "li", "reviewer")]
    alone = await yishen("user", "agree", 1, "--as", "xu", "--json")
    assert (alone.code, alone.json["error"]["code"]) == (1, "four_eyes")
    assert "Agreed" in (await yishen("user", "agree", 1, "--as", "huang")).out
    assert await roles(yishen, "li") == {"handler", "reviewer"}
    history = " ".join((await yishen("office-history", "--as", "sun")).out.split())
    assert "(huang) agreed" in history
    log = (await yishen("access", "--as", "sun", "--json")).done["attempts"]
    tried = {(line["person"], line["command"], line["outcome"]) for line in log}
    assert ("xu", "account_change_agreed", "refused") in tried
    assert (await yishen("verify", "--offline")).code == 0


async def test_an_office_file_gives_no_more_than_its_administrator_may(
    yishen: CommandLine, tmp_path: Path
) -> None:
    held = '{ role = "intake", organ = "qinghe" }'
    given = EXAMPLE.read_text(encoding="utf-8").replace(
        held, held + ', { role = "principal_leader", organ = "qinghe" }', 1
    )
    file = tmp_path / "office.toml"
    file.write_text(given, encoding="utf-8")
    for _ in range(2):  # loaded again, it waits once
        loaded = (await yishen("init", file, "--as", "xu", "--json")).done
        assert [c["number"] for c in loaded["account_changes"]] == [1]
    assert await roles(yishen, "wang") == {"intake"}
    declined = await yishen("user", "decline", 1, "--as", "huang")
    assert "is not done" in declined.out
    own = given.replace('role = "admin", organ = "qinghe"', 'role = "legal", organ = "qinghe"', 1)
    file.write_text(own, encoding="utf-8")
    no = await yishen("init", file, "--as", "xu", "--json")
    assert (no.code, no.json["error"]["code"]) == (1, "not_for_oneself")


async def test_resets_and_leaving(yishen: CommandLine) -> None:
    link = (await yishen("user", "invite", "wang", "--as", "xu", "--json")).done
    assert link["link"].startswith("/invite/")
    done = (await yishen("user", "reset", "wang", "--password", "--as", "xu", "--json")).done
    assert done["done"]
    waits = (await yishen("user", "reset", "chen", "--factor", "--as", "xu", "--json")).done
    assert waits["change"]["what"] == "factor_reset"
    both = await yishen("user", "reset", "chen", "--factor", "--password", "--as", "xu", "--json")
    assert (both.code, both.json["error"]["code"]) == (2, "usage")
    left = await yishen("user", "leave", "wang", "--as", "xu")
    assert "no longer in service" in left.out
    gone = await yishen("user", "invite", "wang", "--as", "xu", "--json")
    assert (gone.code, gone.json["error"]["code"]) == (1, "unknown_user")


async def test_a_department_is_dissolved_and_put_back(yishen: CommandLine) -> None:
    gone = await yishen("organ", "end", "qinghe", "--department", "教育局", "--as", "xu", "--json")
    assert (gone.done["department"], gone.done["cases"], gone.done["people"]) == ("jyj", 0, 1)
    assert gone.done["warnings"] == ["department_in_use"]
    again = await yishen("organ", "end", "qinghe", "--department", "jyj", "--as", "xu", "--json")
    assert (again.code, again.done["warnings"]) == (0, [])
    grant = ("user", "give", "li", "--role", "handler", "--organ", "qinghe", "--department", "jyj")
    no = await yishen(*grant, "--as", "xu", "--json")
    assert (no.code, no.json["error"]["code"]) == (1, "place_ended")
    assert (await yishen("organ", "end", "qinghe", "--as", "huang", "--json")).code == 1
    listed = (await yishen("departments", "--json")).done["organs"][0]["departments"]
    assert [unit["id"] for unit in listed if unit["ended_on"]] == ["jyj"]
    await yishen("organ", "restore", "qinghe", "--department", "jyj", "--as", "xu")
    assert (await yishen(*grant, "--as", "xu")).code == 0
    assert (await yishen("verify", "--offline")).code == 0
