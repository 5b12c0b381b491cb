"""Tables as files for other programs: CSV and XLSX. What stands in a cell is never a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None

ACTIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A text that begins so is run by spreadsheets, those in full width where the keyboard writes
them, unless an apostrophe stands before it."""

WIDEST = 60
"""Characters of a column."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table. `name`: of its sheet, short; `notes` stand below it."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def as_csv(*tables: TableFile) -> bytes:
    """Tables below each other, as Excel opens them: UTF-8 with its mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for n, table in enumerate(tables):
        if n:
            writer.writerow([])
        writer.writerow([_still(table.title)])
        for row in (table.columns, *table.rows):
            writer.writerow([_still(cell) for cell in row])
        for note in table.notes:
            writer.writerow([_still(note)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(*tables: TableFile) -> bytes:
    """A workbook with a sheet for each table."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.write_string(0, 0, table.title, bold)
            for n, row in enumerate((table.columns, *table.rows), 1):
                for m, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(n, m, cell, bold if n == 1 else wrapped)
                    elif cell is not None:
                        sheet.write_number(n, m, cell)
            for n, note in enumerate(table.notes, len(table.rows) + 3):
                sheet.write_string(n, 0, note)
            for m, width in enumerate(_widths(table)):
                sheet.set_column(m, m, width)
            sheet.freeze_panes(2, 0)
    return out.getvalue()


def _still(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(ACTIVE):
        return f"'{cell}"
    return cell


def _widths(table: TableFile) -> list[int]:
    """In characters; a Chinese one takes two."""
    columns = zip(table.columns, *table.rows, strict=True)
    return [min(WIDEST, max(_width(str(cell or "")) for cell in column) + 2) for column in columns]


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)
