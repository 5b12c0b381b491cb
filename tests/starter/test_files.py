"""Files that are taken in: only plain ones of a bounded size; kept sealed with the key of their
case; and the same at every use."""

import asyncio
import os
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from domain.errors import Code, InputError, Refusal, Unreachable, YishenError
from office.cases.comparing import lost_files
from office.desk import Desk
from office.files import Incoming
from office.folder import CaseFolder, seal_plain
from office.running.key_store import key_store, register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register
from register.reads.papers import PaperLine
from register.verify import Mismatch
from register.writes.directory import load_directory
from register.writes.papers import enter
from tests.register.office import BY, FIRST_DAY, OFFICE, new_request, put_in_the_book
from tests.tables import with_tables

CASES = ("2026-0001", "2026-0002")
SAID = "这句话只在文件里（虚构）".encode()


@dataclass
class Kept:
    """An office with two cases; its engine is nowhere."""

    settings: Settings
    register: Register

    def folder(self, case: str = CASES[0]) -> CaseFolder:
        """The kept files of a case."""
        return CaseFolder(self.settings, self.register, case)

    def there(self) -> dict[str, Path]:
        """Whatever lies in the folder of files, by its name in there."""
        root = self.settings.files
        return {str(p.relative_to(root)): p for p in root.rglob("*") if p.is_file()}

    def lost(self) -> list[Mismatch]:
        """What `verify` says of files."""

        async def nowhere(_: Settings) -> Any:
            raise AssertionError

        return asyncio.run(lost_files(Desk(self.settings, self.register, nowhere)))

    def change(self, sql: str, **values: str) -> None:
        """As somebody would who has the database."""
        with self.register.writing() as session:
            session.execute(text("DROP TRIGGER IF EXISTS kept_files_no_UPDATE"))
            session.execute(text(sql), values)


def opened(data: Path, cipher: str = "aes") -> Kept:
    settings = Settings(data=data, YISHEN_REGISTER=None, cipher=cipher)  # type: ignore[arg-type]
    with_tables(data)
    make_ready(settings)
    register = register_at(settings)
    with register.writing() as session:
        load_directory(session, OFFICE, FIRST_DAY, BY)
        for number, case in enumerate(CASES):
            put_in_the_book(session, new_request(f"c-{number}"))
            key_store(settings).make(case)
    return Kept(settings, register)


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    found = opened(tmp_path / "data", getattr(request, "param", "aes"))
    yield found
    found.register.close()


def odd(tmp_path: Path, kind: str) -> Path:
    """Something with a name that has no end, or no content."""
    place = tmp_path / kind
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "link":
        place.symlink_to("/dev/zero")
    else:
        place = Path(f"/dev/{kind}")
    return place


# -- taken in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["full", "zero", "null", "fifo", "folder", "link"])
def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path, kind: str) -> None:
    incoming = Incoming()
    with pytest.raises(InputError) as no:
        incoming.add(odd(tmp_path, kind))
    assert no.value.code is Code.FILE_NOT_PLAIN
    assert not incoming


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as out:
        out.truncate(2 << 20)
    with pytest.raises(InputError) as no:
        Incoming(1 << 20).add(large)
    assert (no.value.code, no.value.params["limit"]) == (Code.FILE_TOO_LARGE, "1")
    assert Incoming(2 << 20).add(large)


def test_nothing_is_kept_before_it_is_said_nor_another_file_than_was_said(
    office: Kept, tmp_path: Path
) -> None:
    paper = tmp_path / "paper"
    paper.write_text("one")
    incoming = Incoming()
    digest = incoming.add(paper)
    assert digest == sha256(b"one").hexdigest()
    assert office.there() == {}
    paper.write_text("two")
    with pytest.raises(InputError) as no:
        office.folder().keep(incoming)
    assert no.value.code is Code.FILE_CHANGED
    assert office.there() == {}
    paper.write_text("one")
    office.folder().keep(incoming)
    assert office.folder().content(digest) == b"one"
    assert office.lost() == []


# -- kept ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("office", ["aes", "sm4"], indirect=True)
def test_what_a_file_says_is_nowhere_in_the_data_folder(office: Kept, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    paper.write_bytes(SAID * 100_000)  # over several pieces
    incoming = Incoming()
    digest = incoming.add(paper)
    office.folder().keep(incoming)
    for file in office.settings.data.rglob("*"):
        assert not file.is_file() or SAID not in file.read_bytes(), file
    assert office.folder().content(digest) == paper.read_bytes()


def test_the_same_file_is_one_in_a_case_and_another_in_the_next(office: Kept) -> None:
    digest = office.folder().keep_bytes(SAID)
    assert office.folder().keep_bytes(SAID) == digest
    assert len(office.there()) == 1
    assert office.folder(CASES[1]).keep_bytes(SAID) == digest
    (one, other) = (path.read_bytes() for path in office.there().values())
    assert one.splitlines()[0] == other.splitlines()[0]
    assert one != other
    assert {name.split("/")[0] for name in office.there()} == set(CASES)


def test_the_file_of_another_case_does_not_open(office: Kept) -> None:
    digest = office.folder().keep_bytes(SAID)
    office.folder(CASES[1]).keep_bytes(b"another")
    (stolen,) = (path for name, path in office.there().items() if name.startswith(CASES[0]))
    stolen.rename(office.settings.files / CASES[1] / stolen.name)
    office.change(
        "UPDATE kept_files SET sha256 = :a, sealed_sha256 = :b WHERE case_id = :c",
        a=digest,
        b=stolen.name,
        c=CASES[1],
    )
    with pytest.raises(Unreachable) as no:
        office.folder(CASES[1]).content(digest)
    assert no.value.code is Code.FILE_LOST


def test_one_changed_byte_is_found_by_opening_and_by_verify_and_healed_by_the_true_file(
    office: Kept,
) -> None:
    digest = office.folder().keep_bytes(SAID)
    ((name, file),) = office.there().items()
    whole = file.read_bytes()
    for place in (5, 30, 90, -20, -1):  # first line, content, tag
        changed = bytearray(whole)
        changed[place] ^= 1
        file.write_bytes(changed)
        for use in (office.folder().content, office.folder().check):
            with pytest.raises(Unreachable) as no:
                use(digest)
            assert (no.value.code, no.value.params["file"]) == (Code.FILE_LOST, digest)
        (found,) = office.lost()
        assert (found.case, found.key, found.rebuilt) == (CASES[0], digest, file.name)
    office.folder().keep_bytes(SAID)
    assert office.folder().content(digest) == SAID
    assert office.there().keys() == {name, f"{name}.damaged"}
    assert office.lost() == []


def test_a_file_cut_off_or_gone_is_found(office: Kept) -> None:
    digest = office.folder().keep_bytes(SAID)
    ((_, file),) = office.there().items()
    for size in (60, 0):
        os.truncate(file, size)
        with pytest.raises(Unreachable):
            office.folder().check(digest)
        assert len(office.lost()) == 1
    file.unlink()
    with pytest.raises(Unreachable) as no:
        office.folder().check(digest)
    assert no.value.code is Code.FILE_LOST
    assert [found.key for found in office.lost()] == [digest]
    with pytest.raises(Unreachable) as no:
        office.folder().check(sha256(b"never kept").hexdigest())
    assert no.value.code is Code.FILE_LOST


@pytest.mark.parametrize(
    ("column", "value"),
    [("case_id", CASES[1]), ("sha256", "ab" * 32), ("sealed_sha256", "ab" * 32)],
)
def test_a_change_in_any_column_of_the_table_of_files_is_found(
    tmp_path: Path, column: str, value: str
) -> None:
    office = opened(tmp_path / "data")
    office.folder().keep_bytes(SAID)
    assert office.lost() == []
    office.change(f"UPDATE kept_files SET {column} = :value", value=value)
    assert len(office.lost()) == 1
    office.register.close()


# -- when something is away ---------------------------------------------------------------------


def test_without_the_key_store_nothing_is_kept_and_nothing_opened(office: Kept) -> None:
    digest = office.folder().keep_bytes(SAID)
    store, before = key_store(office.settings), set(office.there())
    store.close()
    keys = office.settings.data / "keys" / "keys.db"
    keys.rename(aside := keys.with_suffix(".aside"))
    for use in (lambda: office.folder().keep_bytes(b"new"), lambda: office.folder().check(digest)):
        with pytest.raises(Unreachable) as no:
            use()
        assert (no.value.code, no.value.exit_code) == (Code.KEY_STORE_UNREACHABLE, 3)
    assert set(office.there()) == before
    assert office.lost() == []  # which needs no key
    aside.rename(keys)
    assert office.folder().content(digest) == SAID


def test_what_was_forgotten_does_not_open_again(office: Kept) -> None:
    digest = office.folder().keep_bytes(SAID)
    key_store(office.settings).destroy([CASES[0]])
    with pytest.raises(Refusal) as no:
        office.folder().content(digest)
    assert no.value.code is Code.WORDS_DESTROYED


def test_a_folder_that_cannot_be_written_is_said_in_one_line(office: Kept) -> None:
    office.settings.files.write_text("a file where the folder should be")
    with pytest.raises(YishenError) as no:
        office.folder().keep_bytes(b"x")
    assert no.value.code is Code.FILE_NOT_KEPT


# -- large, and old -----------------------------------------------------------------------------


def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    office, large = opened(tmp_path / "data"), tmp_path / "large"
    with large.open("wb") as out:
        out.truncate(200 << 20)
    tracemalloc.start()
    try:
        incoming = Incoming()
        digest = incoming.add(large)
        office.folder().keep(incoming)
        office.folder().check(digest)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        office.register.close()
    assert peak < 16 << 20


def test_what_an_older_version_kept_in_plain_is_sealed_for_each_case_that_names_it(
    office: Kept,
) -> None:
    digest, unnamed = sha256(SAID).hexdigest(), sha256(b"of no case").hexdigest()
    office.settings.files.mkdir()
    (office.settings.files / digest).write_bytes(SAID)
    (office.settings.files / unnamed).write_bytes(b"of no case")
    with office.register.writing() as session:
        for case in CASES:
            of = (case, "evidence", "reply", 1, "", "json")
            enter(session, PaperLine(*of, digest, digest, datetime.now(UTC), "wang"))
    assert {found.key for found in office.lost()} == {digest}
    assert seal_plain(office.settings, office.register) == 1
    assert office.lost() == []
    for case in CASES:
        assert office.folder(case).content(digest) == SAID
    assert not (office.settings.files / digest).exists()
    assert (office.settings.files / unnamed).exists()
    assert seal_plain(office.settings, office.register) == 0
