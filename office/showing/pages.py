"""A document as images of its pages. What draws them is a program of its own (`drawing/`) for each
document, behind walls: a document is a stranger's, and the libraries that read it have had holes.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import Code, InputError, Unreachable, YishenError
from office.showing.walls import PACKAGE, Confined, NoWallsError, run

PROGRAM = Confined(
    path=Path(__file__).with_name("drawing"),
    inside="/house/office/showing/drawing",
    begun=(
        "-c",
        "import sys; sys.path.insert(0, '/house')\n"
        "from office.showing.drawing.main import main; main()",
    ),
)
"""Under the name that it has here, and nothing else of the house with it."""

LARGEST = 64 << 20
"""Bytes of a document that is shown."""

AT_ONCE = 5
"""Pages drawn together."""

HEAD = b"\xff\xd8\xff"
"""How an image begins."""

NOT_DRAWN: dict[str, Code] = {
    "foreign": Code.FILE_NOT_SHOWN,
    "locked": Code.FILE_LOCKED,
    "broken": Code.FILE_BROKEN,
    "empty": Code.FILE_EMPTY,
    "heavy": Code.FILE_TOO_HEAVY,
}


NO_PAGES = frozenset({*NOT_DRAWN.values(), Code.SHOWING_UNAVAILABLE})
"""Why a document can't be shown, though it can be had."""


@dataclass(frozen=True, slots=True)
class PagesAsked:
    """Which pages, how wide, and who looks: `first` from 1, `width` in pixels; `reader`, as
    colleagues know them, and `at` are drawn into each page, `person` where no font has the name."""

    first: int
    width: int
    reader: str
    person: str
    at: datetime
    most: int = AT_ONCE


@dataclass(frozen=True, slots=True)
class ShownPages:
    """Pages of a document that has `count`: images in JPEG, from the page `first`; `words_only`:
    not as its own program would show it."""

    count: int
    first: int
    images: tuple[bytes, ...]
    words_only: bool = False

    @property
    def last(self) -> int:
        """The last of them."""
        return self.first + len(self.images) - 1


def shown_pages(pieces: Iterable[bytes], asked: PagesAsked) -> ShownPages:
    """Up to `most` pages of the document that comes in `pieces`, which are all taken before
    anything is drawn.

    InputError: file_not_shown (of a kind that isn't drawn), file_locked, file_broken, file_empty,
    file_too_heavy; Unreachable(showing_unavailable); and whatever `pieces` raise.
    """
    content = _whole(pieces)
    minute = f"{asked.at:%Y-%m-%d %H:%M}"
    wish = {
        "first": asked.first,
        "pages": asked.most,
        "width": asked.width,
        "mark": f"{asked.reader} {minute}",
        "plain": f"{asked.person} {minute}",
    }
    try:
        said = run(PROGRAM, json.dumps(wish).encode() + b"\n" + content)
    except NoWallsError as error:
        raise unavailable(str(error)) from error
    return _read(said)


def unavailable(why: str) -> Unreachable:
    """What is said where no walls can be built."""
    return Unreachable(Code.SHOWING_UNAVAILABLE, detail=why, package=PACKAGE)


def _whole(pieces: Iterable[bytes]) -> bytes:
    found, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise InputError(Code.FILE_TOO_HEAVY)
        found.append(piece)
    return b"".join(found)


def _read(said: bytes) -> ShownPages:
    """What the program says, believed as far as it can be checked: it read a stranger's file."""
    if not said:
        raise InputError(Code.FILE_TOO_HEAVY)
    try:
        line, _, rest = said.partition(b"\n")
        head = json.loads(line)
        if "no" in head:
            raise NOT_DRAWN[head["no"]].of()
        images, begin = [], 0
        for size in map(int, head["sizes"]):
            images.append(rest[begin : begin + size])
            begin += size
        count, first = int(head["count"]), int(head["first"])
        if not images or begin != len(rest) or not all(one.startswith(HEAD) for one in images):
            raise ValueError("no images")
    except YishenError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(Code.FILE_BROKEN) from error
    return ShownPages(count, first, tuple(images), head.get("kind") == "words")
