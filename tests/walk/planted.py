"""Words nobody writes by chance: whatever people say in a walk stands between two of them, so that
whoever searches a disk for these finds every word that lies there in plain."""

from collections.abc import Iterator, Sequence
from pathlib import Path

BEFORE, AFTER = "龘靐", "齉籱"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape")


def planted(words: str) -> str:
    """`words` between two marks."""
    return f"{BEFORE}{words}{AFTER}"


def _shapes() -> Iterator[tuple[str, bytes]]:
    for mark in (BEFORE, AFTER):
        for encoding in ENCODINGS:
            yield encoding, mark.encode(encoding)
        # As JSON and mail headers have it.
        yield "json", mark.encode("unicode_escape").upper().replace(b"\\U", b"\\u")


SHAPES = tuple(_shapes())


def in_plain(place: Path, also: Sequence[str] = ()) -> list[str]:
    """The files under `place` in which a mark stands, or one of `also`, and how it is written."""
    shapes = (*SHAPES, *(("as given", word.encode()) for word in also))
    found = []
    for file in sorted(place.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        content = file.read_bytes()
        seen = sorted({name for name, mark in shapes if mark in content})
        if seen:
            found.append(f"{file.relative_to(place)}: {', '.join(seen)}")
    return found
