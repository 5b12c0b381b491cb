"""Cases held, exported and forgotten: an office with old cases, on the real engine."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from sqlalchemy import text

from activities.register import RegisterActivities
from domain.errors import Code, Unreachable
from keys.words import DESTROYED
from office.forgetting import carrying_out, wiping
from office.forgetting.carrying_out import carry_out
from office.forgetting.export import export_case
from office.legal_time import legal_now
from office.private import exposed
from office.running.key_store import key_store
from office.running.making_ready import make_keys_ready
from register.chain import link
from register.office_chain import Author
from register.reads.forgetting import Forgotten, forgotten
from register.verify.forgetting import of_forgotten
from register.writes.forgetting import note_forgotten
from starter.engine.running import Engine, running
from tests.engine_fixture import pointing_at
from tests.office_fixture import EXAMPLE, Office, opened_office
from tests.starter.command_line import Answer, CommandLine
from worker import build

pytestmark = [pytest.mark.temporal, pytest.mark.asyncio(loop_scope="session")]

NAME = "旧申请人（虚构）"
SUBJECT = "旧规划文件（虚构）"
SENTENCE = "经检索档案室未见此件（虚构）"
PAPER = "旧附图的内容（虚构）"
REASON = "可能涉诉（虚构）"
NUMBERS = count(1)
PLANTED = (NAME, SUBJECT, SENTENCE, PAPER, REASON)


def old_case(paper: Path, year: int, number: int) -> dict[str, Any]:
    """A case that was over long ago, as it moves in."""
    day = f"{year}-03-%02d"
    return {
        "channel": "in_person",
        "received": day % 3,
        "applicant": {"name": NAME},
        "subject": SUBJECT,
        "command_id": f"old-{year}-{number}",
        "acts": [
            {"kind": "assigned", "on": day % 4, "department": "ghj", "handler": "li"},
            {
                "kind": "item_added",
                "on": day % 4,
                "by": "li",
                "ref": "a",
                "title": "附图",
                "document": paper.name,
            },
            {
                "kind": "item_reviewed",
                "on": day % 5,
                "by": "chen",
                "ref": "a",
                "decision": "withhold",
                "ground": "state_secret",
                "article": "art 14",
            },
            {
                "kind": "reply_drafted",
                "on": day % 6,
                "by": "li",
                "reply_kind": "does_not_exist",
                "reasons": SENTENCE,
                "search_record": SENTENCE,
            },
            {"kind": "reply_approved", "on": day % 7, "by": "huang"},
            {"kind": "dispatched", "on": day % 7, "by": "li", "channel": "post"},
            {"kind": "delivered", "on": day % 10, "by": "li", "evidence": "回执"},
        ],
    }


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office with its own engine, where numbers of old years are nobody else's."""
    data = tmp_path_factory.mktemp("forgetting") / "data"
    data.mkdir(mode=0o700)
    async with (
        running(data.parent / "engine", isolated=True) as engine,
        opened_office(engine, data) as opened,
    ):
        activities = RegisterActivities(opened.register, opened.settings.mail_drop)
        async with build(opened.client, activities):
            ENGINES[data] = engine
            yield opened


ENGINES: dict[Path, Engine] = {}


@pytest.fixture
def yishen(office: Office) -> CommandLine:
    """Its command line."""
    return CommandLine(office.settings.data, {**pointing_at(ENGINES[office.settings.data])})


@pytest_asyncio.fixture(loop_scope="session")
async def case(office: Office, yishen: CommandLine, tmp_path: Path) -> str:
    """A case of 2012, over for long."""
    return await moved_in(yishen, tmp_path)


async def moved_in(yishen: CommandLine, tmp_path: Path, year: int = 2012) -> str:
    """One more old case of that year; its id."""
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER, encoding="utf-8")
    past = tmp_path / "past.json"
    said = old_case(paper, year, next(NUMBERS))
    past.write_text(json.dumps([said], ensure_ascii=False), encoding="utf-8")
    moved = await yishen("history", past, "--as", "wang", "--second", "huang", "--json")
    assert moved.code == 0, moved.out
    return str(moved.json["cases"][0]["case"])


async def signed(yishen: CommandLine) -> int:
    """A list of all that is due, signed by both; its number."""
    number = int((await yishen("retention", "propose", "--as", "huang", "--json")).done["number"])
    for who in ("huang", "sun"):
        assert (await yishen("retention", "sign", number, "--as", who)).code == 0
    return number


async def carried_out(yishen: CommandLine, number: int, *more: object) -> dict[str, Any]:
    """What became of each case of the list."""
    words = more or ("--without-export",)
    done = await yishen("retention", "carry-out", number, *words, "--as", "xu", "--json")
    return {line["case"]: line for line in done.json["cases"]}


def code_of(answer: Answer) -> tuple[int, str]:
    """Exit code and code of a refusal."""
    return answer.code, answer.json["error"]["code"]


def wrapped(office: Office, case: str) -> bytes:
    """The key of a case as it lies in the store."""
    with closing(sqlite3.connect(office.settings.data / "keys" / "keys.db")) as store:
        [(found,)] = store.execute("SELECT wrapped FROM data_keys WHERE name = ?", [case])
    return bytes(found)


def lying(office: Office) -> bytes:
    """Every byte of the data folder."""
    # By another process: whoever closes a database file here takes SQLite's locks away.
    files = [str(file) for file in office.settings.data.rglob("*") if file.is_file()]
    return subprocess.run(["/bin/cat", *files], stdout=subprocess.PIPE, check=False).stdout


def tokens(office: Office, case: str) -> int:
    """What the case is found by."""
    with closing(sqlite3.connect(office.settings.data / "register.db")) as register:
        counted = "SELECT count(*) FROM search_tokens WHERE case_id = ?"
        return int(register.execute(counted, [case]).fetchone()[0])


async def test_the_words_are_gone_everywhere_and_dates_figures_and_chain_stay(
    office: Office, yishen: CommandLine, case: str, tmp_path: Path
) -> None:
    before = (await yishen("case", case, "--json")).done
    figures = (await yishen("annual", "2012", "--json")).done
    key = wrapped(office, case)
    assert SENTENCE in json.dumps(before, ensure_ascii=False)
    assert tokens(office, case) > 0
    assert key in lying(office)
    done = await carried_out(yishen, await signed(yishen), "--export", tmp_path / "out")
    assert done[case]["forgotten"]

    after = (await yishen("case", case, "--json")).done
    for said in PLANTED:
        assert said not in json.dumps(after, ensure_ascii=False)
    assert (after["subject"], after["forgotten"]["by"]) == (DESTROYED, "xu")
    for kept in ("number", "statute", "status", "days", "seq"):
        assert after[kept] == before[kept], kept
    assert after["dispatched_on"] == before["dispatch"]["on"]
    assert [line["what"]["kind"] for line in after["timeline"]] == [
        line["what"]["kind"] for line in before["timeline"]
    ]
    page = (await yishen("case", case)).out
    assert DESTROYED in page
    assert "destroyed" in page
    who = (await yishen("applicant", case, "--as", "wang", "--json")).done["applicant"]
    assert (who["name"], who["kind"]) == (DESTROYED, "natural")
    assert (await yishen("annual", "2012", "--json")).done == figures
    assert (await yishen("verify", "--json")).done["differences"] == []

    assert key not in lying(office)
    for said in PLANTED:
        assert said.encode() not in lying(office)
    assert tokens(office, case) == 0
    assert not (office.settings.files / case).exists()
    for words in (
        ("note", case, "--as", "huang", "--text", "补记（虚构）"),
        ("export", case, tmp_path / "again", "--as", "huang"),
        ("hold", case, "--as", "wu", "--reason", REASON),
    ):
        assert code_of(await yishen(*words, "--json")) == (1, "words_destroyed"), words
    told = (await yishen("office-history", "--as", "sun", "--json")).done["changes"]
    [gone] = [c["now"] for c in told if (c["about"], c["key"]) == ("forgotten_cases", case)]
    assert (gone["rule"], gone["key_name"], gone["by"]) == ("ordinary", case, "xu")
    assert "signed by 孙丽" in (await yishen("office-history", "--as", "sun")).out


async def test_an_export_is_whole_closed_and_proves_itself(
    yishen: CommandLine, case: str, tmp_path: Path
) -> None:
    to = tmp_path / "archive"
    assert code_of(await yishen("export", case, to, "--as", "li", "--json"))[0] == 1
    inside = yishen.data / "archive"
    assert code_of(await yishen("export", case, inside, "--as", "huang", "--json")) == (
        2,
        "export_inside_data",
    )
    made = (await yishen("export", case, to, "--as", "huang", "--json")).done
    manifest = json.loads((to / "manifest.json").read_text(encoding="utf-8"))
    assert {file.relative_to(to).as_posix() for file in to.rglob("*") if file.is_file()} == {
        "manifest.json",
        *manifest["files"],
    }
    for name, line in manifest["files"].items():
        assert sha256((to / name).read_bytes()).hexdigest() == line["sha256"]
    assert list(exposed(to)) == []
    sealed = {name for name in manifest["files"] if b"sealed:" in (to / name).read_bytes()}
    assert sealed == {"chain.jsonl"}
    chain = [json.loads(line) for line in (to / "chain.jsonl").read_text("utf-8").splitlines()]
    prev = chain[0]["prev_hash"]
    for line in chain:
        assert (line["prev_hash"], line["hash"]) == (prev, link(prev, case, line["body"]))
        prev = line["hash"]
    assert prev == made["head"] == manifest["head"]
    assert SENTENCE in (to / "events.jsonl").read_text(encoding="utf-8")
    assert PAPER in {f.read_text(encoding="utf-8") for f in (to / "files").iterdir()}
    told = json.loads((to / "record.json").read_text(encoding="utf-8"))
    assert (told["applicant"]["name"], told["organ"]["name"][:2]) == (NAME, "青禾")
    root = ElementTree.parse(to / "record.xml").getroot()
    spaces = {"r": "urn:yishen:case-record:1"}
    assert root.findtext("r:applicant/r:name", namespaces=spaces) == NAME
    assert root.findtext("r:chain/r:head", namespaces=spaces) == prev
    assert len(root.findall("r:deadlines/r:item", spaces)) == len(told["deadlines"]) > 0
    assert code_of(await yishen("export", case, to, "--as", "huang", "--json")) == (
        2,
        "file_exists",
    )
    log = (await yishen("access", case, "--as", "sun", "--json")).done["attempts"]
    exports = {(a["person"], a["outcome"]) for a in log if a["command"] == "case_exported"}
    assert exports == {("huang", "ok"), ("li", "refused")}


async def test_a_list_takes_two_people_and_one_of_them_is_not_enough(
    yishen: CommandLine, case: str
) -> None:
    assert code_of(await yishen("retention", "propose", "--as", "sun", "--json"))[0] == 1
    made = (await yishen("retention", "propose", "--as", "huang", "--json")).done
    number = made["number"]
    assert case in {line["case"] for line in made["cases"]}
    listed = await yishen("retention", "list", number, "--as", "sun")
    assert made["cases"][0]["head"] in listed.out
    assert code_of(await yishen("retention", "list", "--as", "li", "--json"))[0] == 1
    carry = ("retention", "carry-out", number, "--without-export", "--as", "xu", "--json")
    assert code_of(await yishen(*carry)) == (1, "list_unsigned")
    sign = ("retention", "sign", number, "--json", "--as")
    assert code_of(await yishen(*sign, "li")) == (1, "not_your_role")
    assert (await yishen(*sign, "huang")).done["signatures"][0]["person"] == "huang"
    assert code_of(await yishen(*sign, "huang")) == (1, "four_eyes")
    assert code_of(await yishen(*carry)) == (1, "list_unsigned")
    assert (await yishen(*sign, "sun")).code == 0
    assert code_of(await yishen(*sign, "xu")) == (1, "already_signed")
    assert code_of(await yishen(*carry[:2], 999, *carry[3:])) == (2, "unknown_list")
    assert code_of(await yishen(*carry[:5], "wang", "--json")) == (1, "not_your_role")
    assert (await yishen("applicant", case, "--as", "wang", "--json")).done["applicant"]["name"]
    tried = (await yishen("access", "--as", "sun", "--limit", "50", "--json")).done["attempts"]
    assert ("huang", "list_signed", "four_eyes") in {
        (a["person"], a["command"], a["code"]) for a in tried
    }


async def test_a_hold_keeps_a_case_off_every_list_and_stops_one_that_was_signed(
    office: Office, yishen: CommandLine, case: str, tmp_path: Path
) -> None:
    other = await moved_in(yishen, tmp_path, 2013)
    number = await signed(yishen)
    hold = ("hold", case, "--json", "--as")
    assert code_of(await yishen(*hold, "li", "--reason", REASON)) == (1, "not_your_role")
    assert code_of(await yishen(*hold, "wu", "--lift")) == (1, "not_held")
    assert code_of(await yishen("hold", case, "--as", "wu", "--json")) == (2, "usage")
    for words in (" ", "\u202e", "长" * 4001):
        assert code_of(await yishen(*hold, "wu", "--reason", words)) == (2, "bad_field")
    assert (await yishen(*hold, "wu", "--reason", REASON)).code == 0
    assert code_of(await yishen(*hold, "huang", "--reason", REASON)) == (1, "case_held")
    assert REASON.encode() not in lying(office)
    assert REASON in (await yishen("case", case)).out
    assert REASON in (await yishen("office-history", "--as", "sun", "--json")).out
    done = await carried_out(yishen, number)
    assert (done[case]["forgotten"], done[case]["error"]["code"]) == (False, "case_held")
    assert "吴" in done[case]["error"]["message"]
    assert done[other]["forgotten"]
    lines = (await yishen("retention", "due", "--json")).done["cases"]
    assert {line["case"]: line["standing"] for line in lines}[case] == "held"
    assert other not in {line["case"] for line in lines}
    assert REASON in (await yishen("retention", "due")).out
    nothing = await yishen("retention", "propose", "--as", "huang", "--json")
    assert nothing.code or case not in {line["case"] for line in nothing.json["cases"]}
    assert (await yishen(*hold, "huang", "--lift")).code == 0
    assert (await carried_out(yishen, number))[case]["forgotten"]


async def test_a_case_that_moved_since_it_was_signed_stays(yishen: CommandLine, case: str) -> None:
    number = await signed(yishen)
    noted = await yishen("note", case, "--as", "huang", "--text", "又有来信（虚构）", "--json")
    assert noted.code == 0, noted.out
    done = await carried_out(yishen, number)
    assert done[case]["error"]["code"] == "case_changed"
    assert (await carried_out(yishen, await signed(yishen)))[case]["forgotten"]


async def test_nothing_is_due_before_its_day(yishen: CommandLine, tmp_path: Path) -> None:
    young = await moved_in(yishen, tmp_path, 2018)
    lines = (await yishen("retention", "due", "--json")).done["cases"]
    assert young not in {line["case"] for line in lines}
    then = (await yishen("retention", "due", "--as-of", "2031-01-01", "--json")).done["cases"]
    assert {line["case"]: line["standing"] for line in then}[young] == "due"
    eve = (await yishen("retention", "due", "--as-of", "2029-12-31", "--json")).done["cases"]
    assert {line["case"]: line["standing"] for line in eve}.get(young) in (None, "later")


class Cut(Exception):
    """The process was killed."""


@pytest.mark.parametrize("step", range(len(wiping.STEPS) + 1))
@pytest.mark.parametrize("again", ["carry-out", "start"])
async def test_what_a_crash_left_undone_is_done_after_it(
    office: Office,
    yishen: CommandLine,
    case: str,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    again: str,
) -> None:
    number, key = await signed(yishen), wrapped(office, case)

    def cut(*_: object) -> None:
        raise Cut

    steps = (*wiping.STEPS[:step], cut, *wiping.STEPS[step:])
    monkeypatch.setattr(wiping, "STEPS", steps)
    with pytest.raises(Cut):
        await carry_out(office.desk, "xu", number, None)
    monkeypatch.undo()
    refused = await yishen("note", case, "--as", "huang", "--text", "晚了（虚构）", "--json")
    assert code_of(refused) == (1, "words_destroyed")
    if again == "start":
        make_keys_ready(office.settings)
    else:
        assert (await carried_out(yishen, number))[case]["before"]
    assert key not in lying(office)
    assert tokens(office, case) == 0
    assert not (office.settings.files / case).exists()
    with office.register.reading() as session:
        assert forgotten(session)[case].list == number


async def test_an_export_that_was_cut_off_is_made_again_and_a_whole_one_is_not(
    office: Office,
    yishen: CommandLine,
    case: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, to = await signed(yishen), tmp_path / "out"
    (to / f".{case}.unfinished").mkdir(parents=True)

    def cut(*_: object) -> None:
        raise Cut

    monkeypatch.setattr(carrying_out, "note_forgotten", cut)
    with pytest.raises(Cut):
        await carry_out(office.desk, "xu", number, to)
    monkeypatch.undo()
    made = (to / case / "manifest.json").stat().st_mtime_ns
    assert (await carried_out(yishen, number, "--export", to))[case]["forgotten"]
    assert (to / case / "manifest.json").stat().st_mtime_ns == made
    assert {path.name for path in to.iterdir()} >= {case}
    assert not (to / f".{case}.unfinished").exists()


@pytest.mark.parametrize("how", ["file", "command"])
async def test_a_copy_of_the_key_store_put_back_gives_nothing_back(
    office: Office, yishen: CommandLine, case: str, tmp_path: Path, how: str
) -> None:
    store, copied = office.settings.data / "keys" / "keys.db", tmp_path / "keys.db"
    assert (await yishen("keys", "copy", copied)).code == 0
    assert (await carried_out(yishen, await signed(yishen)))[case]["forgotten"]
    key_store(office.settings).close()
    if how == "file":
        shutil.copyfile(copied, store)
        assert (await yishen("init", EXAMPLE, "--as", "xu")).code == 0
    else:
        store.unlink()
        assert (await yishen("keys", "restore", copied, "--as", "xu")).code == 0
    key_store(office.settings).forget()
    assert case in key_store(office.settings).destroyed()
    assert case not in key_store(office.settings).names()
    who = (await yishen("applicant", case, "--as", "wang", "--json")).done["applicant"]
    assert who["name"] == DESTROYED


async def test_a_register_put_back_from_before_shows_the_case_as_forgotten(
    office: Office, yishen: CommandLine, case: str, tmp_path: Path
) -> None:
    backup, new = tmp_path / "backup", tmp_path / "new"
    assert (await yishen("backup", backup)).code == 0
    assert (await carried_out(yishen, await signed(yishen)))[case]["forgotten"]
    other = CommandLine(new, {})
    new.mkdir(mode=0o700)
    shutil.copytree(office.settings.data / "keys", new / "keys")
    restored = await other("restore", backup, "--yes", "--json")
    assert restored.code == 0, restored.out + restored.err
    assert (new / "files" / case).exists()
    assert (await other("init", EXAMPLE, "--as", "xu")).code == 0
    assert not (new / "files" / case).exists()
    page = (await other("case", case, "--json")).done
    assert (page["subject"], page["forgotten"]["by"]) == (DESTROYED, "system")
    assert (await other("verify", "--offline", "--json")).json["differences"] == []


async def test_what_was_forgotten_by_a_list_that_nobody_signed_is_found(
    office: Office, yishen: CommandLine, case: str
) -> None:
    number = (await yishen("retention", "propose", "--as", "huang", "--json")).done["number"]
    now = legal_now()
    done = Forgotten(case, "ordinary", number, case, "xu", now)
    with office.register.writing() as session:
        note_forgotten(session, done, Author("xu", None, now))
        found = [m for m in of_forgotten(session) if m.case == case]
        session.rollback()
    assert [(m.field, m.recorded) for m in found] == [("list", number)]


async def test_a_case_whose_run_goes_on_stays(
    office: Office, yishen: CommandLine, case: str
) -> None:
    number = await signed(yishen)
    run = await office.client.start_workflow(
        "CaseWorkflow", id=case, task_queue="nobody-serves-this"
    )
    done = await carried_out(yishen, number)
    assert (done[case]["forgotten"], done[case]["error"]["code"]) == (False, "case_not_over")
    await run.terminate()
    assert (await carried_out(yishen, number))[case]["forgotten"]


async def test_words_that_were_never_sealed_are_not_said_to_be_gone(
    office: Office, yishen: CommandLine, case: str
) -> None:
    number = await signed(yishen)
    named = text("UPDATE applicants SET name = :name WHERE case_id = :case")
    with office.register.writing() as session:
        [sealed] = session.execute(
            text("SELECT name FROM applicants WHERE case_id = :case"), {"case": case}
        ).one()
        session.execute(named, {"name": NAME, "case": case})
    done = await carried_out(yishen, number)
    assert done[case]["error"]["code"] == "words_not_sealed"
    with office.register.writing() as session:
        session.execute(named, {"name": sealed, "case": case})
    assert (await carried_out(yishen, number))[case]["forgotten"]


async def test_nothing_is_exported_whose_key_is_missing(
    office: Office, case: str, tmp_path: Path
) -> None:
    store = office.settings.data / "keys" / "keys.db"
    kept = wrapped(office, case)
    changed = "UPDATE data_keys SET name = ? WHERE name = ?"
    with closing(sqlite3.connect(store)) as keys, keys:
        keys.execute(changed, [f"{case}-away", case])
    key_store(office.settings).forget()
    with pytest.raises(Unreachable) as no:
        export_case(office.settings, office.register, case, tmp_path / "out", by="huang")
    with closing(sqlite3.connect(store)) as keys, keys:
        keys.execute(changed, [case, f"{case}-away"])
    assert (no.value.code, (tmp_path / "out").exists()) == (Code.KEY_MISSING, False)
    assert wrapped(office, case) == kept
