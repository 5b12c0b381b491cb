"""What anybody finds who gets hold of everything an office has on its disk: no word of people.

What stays in plain by nature is listed in docs/secrecy.md.
"""

import json
import shutil
from pathlib import Path

import pytest

from starter.engine.running import start
from tests.engine_fixture import pointing_at
from tests.faults.site import Site
from tests.starter.command_line import CommandLine
from tests.walk.office import INTAKE, QINGHE
from tests.walk.planted import in_plain, planted
from tests.walk.year import live, walked_office

CASES = 12
ACTS = 8
SEED = 20261129

NUMBER = "110101199001011234"
"""An identity number that nobody has: its check digit is wrong."""


@pytest.mark.temporal
@pytest.mark.slow
async def test_a_lived_year_leaves_no_word_in_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Engine, register, keys, logs, mail, temporary files and a backup are searched, every byte."""
    data, temporary, backup = (tmp_path / name for name in ("data", "temporary", "backup"))
    temporary.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    engine = await start(data, isolated=True, time_skipping=True)
    async with walked_office(engine, data) as office:
        site = Site(data, engine, office)
        try:
            await site.start_worker()
            year = await live(lambda: office.desk, SEED, CASES, ACTS)
            assert not year.troubles, year.report()
            assert year.events > CASES * ACTS
            yishen = CommandLine(data, {**pointing_at(engine), "TMPDIR": str(temporary)})
            case = await _by_commands(yishen, tmp_path)
            made = await yishen("backup", backup, "--json")
            assert made.code == 0, made.err
            assert NUMBER in (await yishen("applicant", case, "--as", INTAKE)).out
        finally:
            await site.kill_worker()
            await site.engine.stop()
    assert in_plain(tmp_path, also=(NUMBER,)) == []
    letters = [path.read_bytes() for path in (data / "mail").iterdir()]
    assert letters
    assert not [letter for letter in letters if b"sealed:" in letter]
    held = {path.relative_to(data).parts[0] for path in data.rglob("*") if path.is_file()}
    assert {"register.db", "engine.db", "worker.log", "mail", "files", "keys"} <= held
    _the_search_finds_what_is_there(tmp_path)


async def _by_commands(yishen: CommandLine, folder: Path) -> str:
    """A case as people bring it about: words by standard input, a file, a refusal, a reply."""
    words = {
        "applicant": planted("张某（虚构）"),
        "contact": planted(f"身份证 {NUMBER}"),
        "subject": planted("某征地补偿（虚构）"),
    }
    said = json.dumps(words)
    paper = folder.parent / f"{folder.name}-letter.txt"
    paper.write_text(planted("申请书正文（虚构）"), encoding="utf-8")
    asked = ("--channel", "in_person", "--organ", QINGHE, "--file", paper, "--yes", "--json")
    done = await yishen("register", "--as", INTAKE, *asked, "--words", "-", stdin=said)
    assert done.code == 0, done.err
    case = str(done.json["case"])
    refused = await yishen(
        "note", case, "--as", "nobody", "--words", "-", stdin=json.dumps({"text": planted("x")})
    )
    assert refused.code != 0
    found = await yishen(
        "find", "--as", INTAKE, "--json", "--words", "-", stdin=json.dumps({"text": "征地"})
    )
    assert case in found.out, found.err
    sheet = await yishen("evidence", case, "--as", INTAKE, "--out", folder.parent / "sheet.html")
    assert sheet.code == 0, sheet.err
    return case


def _the_search_finds_what_is_there(folder: Path) -> None:
    """Else it would find nothing anywhere."""
    (folder / "proof").mkdir()
    (folder / "proof" / "letter").write_text(planted("x"), encoding="gb18030")
    assert in_plain(folder) == ["proof/letter: gb18030"]
    shutil.rmtree(folder / "proof")
