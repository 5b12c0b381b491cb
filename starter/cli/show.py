"""Printing: a table sized to the terminal, aligned text when piped, JSON for machines."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

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
    print(json.dumps({"ok": True, **answer}, ensure_ascii=False, default=_plain))


def emit_only(answer: Mapping[str, Any]) -> None:
    """One JSON object exactly as given: where a contract names every key."""
    print(json.dumps(answer, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    dump = getattr(value, "model_dump", None)
    return dump(mode="json") if dump else str(value)


def line(text: str = "") -> None:
    """One line for people."""
    print(text)


def note(text: str) -> None:
    """A remark beside the answer, on standard error."""
    print(text, file=sys.stderr)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, urgent: int = 0) -> None:
    """Rows under headings; the first `urgent` rows stand out on a terminal."""
    if sys.stdout.isatty():
        _rich_table(headings, rows, urgent)
        return
    from rich.cells import cell_len

    widths = [max(cell_len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    for row in (headings, *rows):
        cells = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        print("  ".join(cells).rstrip())


def _rich_table(headings: Sequence[str], rows: Sequence[Sequence[str]], urgent: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, heading in enumerate(headings):
        shown.add_column(escape(heading), no_wrap=index == 0, overflow="fold")
    for index, row in enumerate(rows):
        shown.add_row(*map(escape, row), style="bold red" if index < urgent else None)
    Console().print(shown)


def fields(pairs: Sequence[tuple[str, str]]) -> None:
    """Name and value, one pair a line, aligned for double-width characters."""
    from rich.cells import cell_len

    width = max((cell_len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        print(f"{name}{' ' * (width - cell_len(name))}  {value}")
