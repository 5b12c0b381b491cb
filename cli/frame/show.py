"""Printing: tables sized to the terminal, in full when piped, JSON for machines.

Nothing that somebody wrote into a case moves the cursor or turns the letters round: control
characters are printed as their numbers, by everything here.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from cli.frame import layout
from domain.words import shown

_as_json = False


def use_json(wanted: bool) -> None:
    """Whether this run answers machines."""
    global _as_json  # noqa: PLW0603
    _as_json = wanted


def wants_json() -> bool:
    """Whether this run answers machines."""
    return _as_json


def emit(answer: Mapping[str, Any]) -> None:
    """One JSON object on standard output, `ok` first (true unless the answer says otherwise)."""
    emit_only({"ok": True, **answer})


def emit_only(answer: Mapping[str, Any]) -> None:
    """One JSON object exactly as given: where a contract names every key."""
    print(shown(json.dumps(answer, ensure_ascii=False, default=_plain)))


def _plain(value: object) -> object:
    dump = getattr(value, "model_dump", None)
    return dump(mode="json") if dump else str(value)


def line(text: str = "") -> None:
    """One line for people, broken between words where the terminal is narrower."""
    print("\n".join(layout.wrap(shown(text), layout.width())))


def note(text: str) -> None:
    """A remark beside the answer, on standard error."""
    print(shown(text), file=sys.stderr)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, urgent: int = 0) -> None:
    """Rows under headings, in full; the first `urgent` rows stand out on a terminal."""
    headings = [shown(cell) for cell in headings]
    rows = [[shown(cell) for cell in row] for row in rows]
    columns = layout.width()
    widths = layout.shared([headings, *rows], columns)
    for index, cells in enumerate([headings, *rows]):
        stands_out = columns is not None and 0 < index <= urgent
        for text in layout.row(cells, widths):
            print(f"\x1b[1;31m{text}\x1b[0m" if stands_out else text)


def fields(pairs: Sequence[tuple[str, str]]) -> None:
    """Name and value, one pair a line, aligned for double-width characters."""
    columns = layout.width()
    wide = max((layout.cells(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        room = None if columns is None else max(columns - wide - 2, layout.LEAST)
        first, *more = layout.wrap(shown(value), room)
        print(f"{layout.pad(name, wide)}  {first}")
        for text in more:
            print(" " * (wide + 2) + text)
