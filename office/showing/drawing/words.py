"""Words of text files, and of office files without their layout."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from office.showing.drawing.refused import NotDrawn

SAYS = re.compile(r"document|header|footer|footnotes|endnotes|comments")
"""Parts of a text that have words of its author."""

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

LONGEST = 32 << 20
"""Bytes of one part of an office file, unpacked."""


def plain(content: bytes) -> str:
    """Of a text file, in UTF-8 or GB 18030. NotDrawn where it is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(c in "\t\n\r\f" or c.isprintable() or c.isspace() for c in words[:100_000]):
            return words
    raise NotDrawn("foreign")


def packed_words(content: bytes) -> str:
    """All words of a text or a table, also those that its program would hide: deleted ones,
    remarks, hidden sheets. NotDrawn where it is neither."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        if "word/document.xml" in names:
            parts = [n for n in names if re.fullmatch(r"word/[a-z]+\d*\.xml", n)]
            parts = [n for n in parts if SAYS.search(n)]
            return "\n".join(_paragraphs(packed, part) for part in sorted(parts, key=_order))
        if "xl/workbook.xml" in names:
            return "\n".join(_tables(packed, set(names)))
    raise NotDrawn("foreign")


def _order(part: str) -> tuple[bool, str]:
    return part != "word/document.xml", part


def _xml(packed: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with packed.open(part) as opened:
        content = opened.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise NotDrawn("heavy")
    if b"<!DOCTYPE" in content:
        raise NotDrawn("broken")
    return ElementTree.fromstring(content)


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _paragraphs(packed: zipfile.ZipFile, part: str) -> str:
    root = _xml(packed, part)
    for parent in list(root.iter()):
        for twice in [child for child in parent if _name(child) == "Fallback"]:
            parent.remove(twice)
    said = []
    for node in root.iter():
        match _name(node):
            case "p" | "br":
                said.append("\n")
            case "tab":
                said.append("\t")
            case "t":
                said.append(node.text or "")
            case "delText":
                said.append(f"[-{node.text or ''}-]")
    words = "".join(said)
    return words if part == "word/document.xml" or not words.strip() else f"\n[{part[5:-4]}]{words}"


def _tables(packed: zipfile.ZipFile, names: set[str]) -> Iterator[str]:
    shared = []
    if "xl/sharedStrings.xml" in names:
        shared = [_joined(one) for one in _xml(packed, "xl/sharedStrings.xml")]
    links = {
        link.get("Id"): link.get("Target", "").removeprefix("/xl/")
        for link in _xml(packed, "xl/_rels/workbook.xml.rels")
    }
    for sheet in (n for n in _xml(packed, "xl/workbook.xml").iter() if _name(n) == "sheet"):
        hidden = " [hidden]" if sheet.get("state") else ""
        yield f"[{sheet.get('name')}]{hidden}"
        part = f"xl/{links.get(sheet.get(RELATION), '')}"
        for row in (n for n in _xml(packed, part).iter() if _name(n) == "row"):
            yield "\t".join(_cell(cell, shared) for cell in row)
        yield ""


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    value = next((node.text or "" for node in cell if _name(node) == "v"), "")
    if cell.get("t") == "s":
        return shared[int(value)]
    return value or _joined(cell)


def _joined(node: ElementTree.Element) -> str:
    return "".join(n.text or "" for n in node.iter() if _name(n) == "t")
