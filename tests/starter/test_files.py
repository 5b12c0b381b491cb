"""Files that are taken in: only plain ones of a bounded size, and the same at every use."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from domain.errors import Code, InputError, Unreachable
from office.files import Incoming, check_kept, content_of, keep, keep_bytes


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "files"


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


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", ["full", "zero", "null", "fifo", "folder", "link"])
def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path, store: Path, kind: str) -> None:
    place = odd(tmp_path, kind)
    incoming = Incoming(store)
    with pytest.raises(InputError) as no:
        incoming.add(place)
    assert no.value.code is Code.FILE_NOT_PLAIN
    with pytest.raises(InputError) as no:
        keep(place, store)
    assert no.value.code is Code.FILE_NOT_PLAIN
    assert not store.exists()


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(tmp_path: Path, store: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as out:
        out.truncate(2 << 20)
    with pytest.raises(InputError) as no:
        keep(large, store, limit=1 << 20)
    assert (no.value.code, no.value.params["limit"]) == (Code.FILE_TOO_LARGE, "1")
    assert keep(large, store, limit=2 << 20) in {path.name for path in store.iterdir()}


def test_nothing_is_kept_before_it_is_said(tmp_path: Path, store: Path) -> None:
    paper = tmp_path / "paper"
    paper.write_text("one")
    incoming = Incoming(store)
    digest = incoming.add(paper)
    assert digest == sha256(b"one").hexdigest()
    assert not store.exists()
    paper.write_text("two")
    with pytest.raises(InputError) as no:
        incoming.keep()
    assert no.value.code is Code.FILE_CHANGED
    paper.write_text("one")
    incoming.keep()
    assert content_of(store, digest) == b"one"


def test_a_forged_file_is_noticed_and_healed_by_the_true_one(tmp_path: Path, store: Path) -> None:
    digest = keep_bytes(b"true", store)
    (store / digest).write_bytes(b"forged")
    for use in (content_of, check_kept):
        with pytest.raises(Unreachable) as no:
            use(store, digest)
        assert no.value.code is Code.FILE_LOST
    assert keep_bytes(b"true", store) == digest
    assert content_of(store, digest) == b"true"
    assert (store / f"{digest}.damaged").read_bytes() == b"forged"
    (store / digest).unlink()
    with pytest.raises(Unreachable):
        check_kept(store, digest)


def test_a_store_that_cannot_be_written_is_said_in_one_line(tmp_path: Path, store: Path) -> None:
    store.write_text("a file where the folder should be")
    with pytest.raises(Unreachable) as no:
        keep_bytes(b"x", store)
    assert no.value.code is Code.FILE_NOT_KEPT
