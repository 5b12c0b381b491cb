"""The key store: keys made once, wrapped, wrapped anew, destroyed; and what becomes of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.errors import Code, InputError, Unreachable
from keys.cipher import Suite, Tampered
from keys.master import HeldMaster, from_file, from_words, make_file
from keys.store import Destroyed, KeyStore, open_store

MASTER = HeldMaster(b"m" * 32)
CASE = "2026-0001"


def opened(file: Path, *masters: HeldMaster, suite: Suite = Suite.AES) -> KeyStore:
    return open_store(f"sqlite:///{file}", lambda: masters or (MASTER,), suite)


@pytest.fixture(params=list(Suite))
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[KeyStore]:
    made = opened(tmp_path / "keys" / "keys.db", suite=request.param)
    made.create()
    yield made
    made.close()


def test_what_a_key_seals_only_it_opens(store: KeyStore) -> None:
    key, other = store.make(CASE), store.make("2026-0002")
    word = key.seal_word("name", "阿依古丽·买买提")
    assert "阿依古丽" not in word
    assert key.open_word(word) == "阿依古丽·买买提"
    with pytest.raises(Tampered):
        other.open_word(word)
    content = key.seal(b"letter")
    assert key.open(content) == b"letter"
    with pytest.raises(Tampered):
        other.open(content)


def test_the_same_words_are_the_same_sealed_word_in_their_field_and_case_only(
    store: KeyStore,
) -> None:
    key, other = store.make(CASE), store.make("2026-0002")
    word = key.seal_word("reason", "涉及商业秘密")
    assert key.seal_word("reason", "涉及商业秘密") == word
    assert key.seal_word("reason", word) == word
    sealed = {
        word,
        key.seal_word("text", "涉及商业秘密"),
        other.seal_word("reason", "涉及商业秘密"),
    }
    assert len({item.rpartition(":")[2] for item in sealed}) == 3


def test_a_word_of_another_case_given_as_text_is_sealed_like_any_other(store: KeyStore) -> None:
    """Else whoever holds a line of the database could have it opened in a case of theirs."""
    key, other = store.make(CASE), store.make("2026-0002")
    stolen = other.seal_word("name", "张玥")
    again = key.seal_word("text", stolen)
    assert again != stolen
    assert key.open_word(again) == stolen


def test_one_changed_letter_is_seen(store: KeyStore) -> None:
    word = store.make(CASE).seal_word("name", "张玥")
    changed = word[:-8] + ("A" if word[-8] != "A" else "B") + word[-7:]
    with pytest.raises(Tampered):
        store.make(CASE).open_word(changed)


def test_keys_outlive_their_process(tmp_path: Path) -> None:
    file = tmp_path / "keys.db"
    first = opened(file)
    first.create()
    word = first.make(CASE).seal_word("name", "张玥")
    first.close()
    assert opened(file).key(CASE).open_word(word) == "张玥"


def test_many_who_make_a_key_at_once_have_one(tmp_path: Path) -> None:
    stores = [opened(tmp_path / "keys.db") for _ in range(6)]
    stores[0].create()
    with ThreadPoolExecutor(6) as pool:
        words = set(pool.map(lambda s: s.make(CASE).seal_word("name", "张玥"), stores))
    assert len(words) == 1


def test_nothing_of_a_key_lies_in_plain(tmp_path: Path) -> None:
    store = opened(tmp_path / "keys.db")
    store.create()
    store.make(CASE)
    with store._database.connection() as db:
        row = db.exec_driver_sql("SELECT wrapped FROM data_keys WHERE name = '2026-0001'").one()
    secret = MASTER.unwrap(row.wrapped, CASE.encode())
    assert secret not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    with pytest.raises(Tampered):  # taken for the key of another case
        MASTER.unwrap(row.wrapped, b"2026-0002")


def test_a_destroyed_key_is_gone_and_an_old_copy_of_the_store_obeys_the_list(
    tmp_path: Path,
) -> None:
    file, copy = tmp_path / "keys.db", tmp_path / "copy.db"
    store = opened(file)
    store.create()
    store.make(CASE)
    with store._database.connection() as db:
        row = db.exec_driver_sql("SELECT wrapped FROM data_keys WHERE name = '2026-0001'").one()
    copy.write_bytes(file.read_bytes())
    store.destroy([CASE])
    store.destroy([CASE])
    for ask in (store.key, store.make):
        with pytest.raises(Destroyed):
            ask(CASE)
    assert row.wrapped not in b"".join(f.read_bytes() for f in tmp_path.glob("keys.db*"))
    older = opened(copy)
    assert older.key(CASE)
    older.destroy(store.destroyed())
    with pytest.raises(Destroyed):
        older.key(CASE)


def test_another_master_key_wraps_all_anew_and_what_is_sealed_stays(tmp_path: Path) -> None:
    file, new = tmp_path / "keys.db", HeldMaster(b"n" * 32)
    store = opened(file)
    store.create()
    word = store.make(CASE).seal_word("name", "张玥")
    assert store.rotate(new) == 2
    assert opened(file, new).key(CASE).open_word(word) == "张玥"
    with pytest.raises(Unreachable) as no:
        opened(file).key(CASE)
    assert no.value.code is Code.MASTER_KEY_WRONG


def test_a_store_that_is_away_is_no_new_store(tmp_path: Path) -> None:
    with pytest.raises(Unreachable) as no:
        opened(tmp_path / "away" / "keys.db").make(CASE)
    assert no.value.code is Code.KEY_STORE_UNREACHABLE
    assert not (tmp_path / "away").exists()


def test_a_key_nobody_made_is_missing(store: KeyStore) -> None:
    with pytest.raises(Unreachable) as no:
        store.key("2026-0099")
    assert no.value.code is Code.KEY_MISSING


def test_the_master_key_in_a_file_is_made_once_and_for_its_account_only(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    make_file(file)
    first = from_file(file).id
    make_file(file)
    assert from_file(file).id == first
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("given", ["", "abc", "zz" * 32, "ab" * 31])
def test_what_is_no_master_key_is_said_with_its_place(given: str) -> None:
    with pytest.raises(InputError) as no:
        from_words(given, "YISHEN_MASTER_KEY")
    assert (no.value.code, no.value.params["field"]) == (Code.BAD_MASTER_KEY, "YISHEN_MASTER_KEY")
