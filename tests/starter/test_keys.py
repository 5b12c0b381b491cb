"""The keys of an office by its commands: shown, rotated, copied, taken back, and away."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.starter.lived import Installation

pytestmark = pytest.mark.temporal

APPLICANT = "张无名（虚构）"
SUBJECT = "某道路规划文件（虚构）"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """A running office with one case."""
    office = Installation(tmp_path_factory.mktemp("keys") / "data", {})
    office.init()
    with office.up():
        words = ("--applicant", APPLICANT, "--subject", SUBJECT, "--channel", "in_person")
        done = office("register", "--as", "wang", *words, "--yes", "--json").done
        yield office, done["case"]


def read_back(office: Installation, case: str) -> str:
    return str(office("applicant", case, "--as", "wang", "--json").done["applicant"]["name"])


def test_words_lie_sealed_and_are_shown_to_whoever_may_see_them(
    lived: tuple[Installation, str],
) -> None:
    office, case = lived
    assert read_back(office, case) == APPLICANT
    assert SUBJECT in office("case", case).out
    held = b"".join(file.read_bytes() for file in office.data.rglob("*") if file.is_file())
    assert APPLICANT.encode() not in held
    assert SUBJECT.encode() not in held


def test_the_master_key_is_changed_under_a_running_office(
    lived: tuple[Installation, str],
) -> None:
    office, case = lived
    before = office("keys", "show", "--json").done
    assert office("keys", "rotate", "--as", "wang").code == 1
    after = office("keys", "rotate", "--as", "xu", "--json").done
    assert before["master"] != after["master"]
    assert before["keys"] == after["keys"] == 2
    assert read_back(office, case) == APPLICANT
    noted = office("note", case, "--as", "wang", "--text", "换钥之后（虚构）", "--json")
    assert noted.code == 0, noted.err
    assert "换钥之后（虚构）" in office("case", case).out


def test_doctor_says_what_is_found_of_the_keys(lived: tuple[Installation, str]) -> None:
    office, case = lived
    found = office("doctor", "--json").done["keys"]
    assert found["ok"]
    assert all(word in found["detail"] for word in ("keys.db", "master.key", "aes"))
    wrong = replace(office, more={"YISHEN_MASTER_KEY": "ab" * 32})
    told = wrong("doctor", "--json")
    assert (told.code, told.json["keys"]["error"]) == (3, "master_key_wrong")
    assert "YISHEN_MASTER_KEY" in wrong("doctor").out
    assert (wrong("case", case).code, wrong("worker").code) == (3, 3)


def test_a_copy_brings_back_what_was_lost(lived: tuple[Installation, str], tmp_path: Path) -> None:
    office, case = lived
    copied = tmp_path / "keys-copy.db"
    office("keys", "copy", copied, "--json").done  # noqa: B018
    assert "file_exists" in office("keys", "copy", copied).err
    store = office.data / "keys" / "keys.db"
    store.rename(store.with_name("lost.db"))
    lost = office("applicant", case, "--as", "wang")
    assert (lost.code, "key_store_unreachable" in lost.err) == (3, True)
    refused = office("note", case, "--as", "wang", "--text", "此时不行（虚构）")
    assert (refused.code, "key_store_unreachable" in refused.err) == (3, True)
    done = office("keys", "restore", copied, "--as", "xu", "--json").done
    assert done["taken"] == done["there"] == 2
    assert read_back(office, case) == APPLICANT


def test_a_store_that_is_away_is_not_made_anew_behind_the_back_of_sealed_words(
    lived: tuple[Installation, str],
) -> None:
    office, _ = lived
    store = office.data / "keys" / "keys.db"
    away = store.rename(store.with_name("away.db"))
    try:
        again = office("init", office.data.parent / "office.toml", "--as", "xu")
        assert (again.code, "key_store_unreachable" in again.err) == (3, True)
        assert not store.exists()
    finally:
        away.rename(store)


def test_a_master_key_that_is_away_is_asked_for_and_none_is_made_in_its_place(
    lived: tuple[Installation, str],
) -> None:
    office, case = lived
    master = office.data / "keys" / "master.key"
    away = master.rename(master.with_name("away.key"))
    try:
        answer = office("applicant", case, "--as", "wang")
        assert (answer.code, "master_key_missing" in answer.err) == (3, True)
        assert not master.exists()
    finally:
        away.rename(master)
    assert read_back(office, case) == APPLICANT
