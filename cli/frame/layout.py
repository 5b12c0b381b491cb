"""Text laid out in columns of a terminal: double-width characters count two, words stay whole."""

import re
import shutil
import sys
from collections.abc import Sequence

_PIECES = re.compile(r"[\x21-\x7e\u00a1-\u024f…–—-]+|\s+|.", re.DOTALL)
_NEVER_FIRST = frozenset("，。；：！？、）》〉”’」』】〕…]")
_NEVER_LAST = frozenset("（《〈“‘「『【〔[")
LEAST = 8
"""No column is made narrower than this."""


def width() -> int | None:
    """Columns there are; None when nobody looks at a terminal: then nothing is wrapped."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def cells(text: str) -> int:
    """Columns a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, columns: int) -> str:
    """`text` filled up with spaces."""
    return text + " " * (columns - cells(text))


def wrap(text: str, columns: int | None) -> list[str]:
    """`text` in lines of at most so many columns; only a word longer than a line is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [paragraph] if columns is None else _wrapped(paragraph, columns)
    return lines


def _wrapped(text: str, columns: int) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text):
        if cells(line) + cells(piece.rstrip()) <= columns:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while cells(line) > columns:
            head = _fitting(line, columns)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """What may not be broken: a word, a character with the marks that cling to it."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        clings = piece in _NEVER_FIRST or (found and found[-1][-1] in _NEVER_LAST)
        if found and clings and not piece.isspace():
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _fitting(text: str, columns: int) -> int:
    used = 0
    for place, character in enumerate(text):
        used += cells(character)
        if used > columns:
            return max(place, 1)
    return len(text)


def shared(rows: Sequence[Sequence[str]], columns: int | None, gap: int = 2) -> list[int]:
    """How wide each column of a table is: as wide as its texts, the widest narrowed until all
    fit."""
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    if columns is None:
        return widths
    room = columns - gap * (len(widths) - 1)
    while sum(widths) > room and max(widths) > LEAST:
        widest = widths.index(max(widths))
        second = max((w for w in widths if w < widths[widest]), default=LEAST)
        widths[widest] -= min(widths[widest] - max(second, LEAST) or 1, sum(widths) - room)
    return widths


def row(texts: Sequence[str], widths: Sequence[int], gap: int = 2) -> list[str]:
    """The lines of one row."""
    wrapped = [wrap(text, wide) for text, wide in zip(texts, widths, strict=True)]
    lines = []
    for n in range(max(map(len, wrapped))):
        parts = [
            pad(lines_of[n] if n < len(lines_of) else "", wide)
            for lines_of, wide in zip(wrapped, widths, strict=True)
        ]
        lines.append((" " * gap).join(parts).rstrip())
    return lines
