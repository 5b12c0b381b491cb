"""Tables as files: read back they are what was put in, and nothing of it runs."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest

from papers.tables import ACTIVE, TableFile, as_csv, as_xlsx

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TABLE = TableFile(
    name="年度报告",
    title="某县 2026 年",
    columns=("项目", "本年"),
    rows=[("予以公开", 33), ("=1+1", -4), ("+86", None), ('逗号,引号"换行\n', 0), ("@x", 1.5)],
    notes=("勾稽相符",),
)


def cells(content: bytes, sheet: int = 1) -> list[list[str]]:
    """What a reader finds in a sheet; a formula is an error."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        strings = ["".join(t.itertext()) for t in texts.findall("m:si", NS)]
        page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert page.find(".//m:f", NS) is None
    found = []
    for row in page.iterfind(".//m:row", NS):
        values = []
        for cell in row.iterfind("m:c", NS):
            value = cell.findtext("m:v", "", NS)
            values.append(strings[int(value)] if cell.get("t") == "s" else value)
        found.append(values)
    return found


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    found = cells(as_xlsx(TABLE, TABLE_OF_NOTHING), 1)
    assert found == [
        ["某县 2026 年"],
        ["项目", "本年"],
        ["予以公开", "33"],
        ["=1+1", "-4"],
        ["+86"],
        ['逗号,引号"换行\n', "0"],
        ["@x", "1.5"],
        ["勾稽相符"],
    ]
    assert cells(as_xlsx(TABLE, TABLE_OF_NOTHING), 2) == [["无"], ["项目"]]


TABLE_OF_NOTHING = TableFile(name="无", title="无", columns=("项目",), rows=())


def test_csv_opens_as_chinese_and_runs_nothing() -> None:
    content = as_csv(TABLE, TABLE_OF_NOTHING)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[2:7] == [
        ["予以公开", "33"],
        ["'=1+1", "-4"],
        ["'+86", ""],
        ['逗号,引号"换行\n', "0"],
        ["'@x", "1.5"],
    ]


@pytest.mark.parametrize("begin", sorted({*ACTIVE, *"=+-@＝＋－＠\t\r\n"}))
def test_no_text_begins_like_a_formula(begin: str) -> None:
    table = TableFile("x", begin, (begin,), [(f"{begin}cmd",)], (begin,))
    for row in csv.reader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")):
        assert all(not cell.startswith(begin) for cell in row)
