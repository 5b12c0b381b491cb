"""Documents made for a test, sound ones and others."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import xlsxwriter
from PIL import Image
from pypdf import PdfReader, PdfWriter


def pdf(pages: int = 1, password: str | None = None) -> bytes:
    """That many empty sheets."""
    made, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(595, 842)
    if password is not None:
        made.encrypt(password)
    made.write(out)
    return out.getvalue()


def swollen_pdf(side: int = 20_000) -> bytes:
    """A small file with a picture of gigabytes."""
    row = zlib.compressobj(1)
    packed = b"".join(row.compress(bytes(3 * side)) for _ in range(side)) + row.flush()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</P 5 0 R>>>>>>",
        b"<</Length 31>>stream\nq 595 0 0 842 0 0 cm /P Do Q   \nendstream",
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (side, side, len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R/Size 6>>\n%%EOF\n"


def picture(sizes: Sequence[tuple[int, int]], kind: str = "PNG") -> bytes:
    """White sheets of those sizes."""
    first, *rest = (Image.new("RGB", size, (255, 255, 255)) for size in sizes)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(out, kind, **more)
    return out.getvalue()


def swollen_png(side: int = 60_000) -> bytes:
    """A few bytes that say they are a picture of gigabytes."""
    small = picture([(1, 1)])
    head = b"IHDR" + side.to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + head + zlib.crc32(head).to_bytes(4, "big") + small[33:]


def packed(**parts: bytes) -> bytes:
    """An office file of those parts, `word__document` for `word/document.xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def text_file(body: str, **parts: str) -> bytes:
    """A text as word processors keep it; `parts`: what else of it says something."""
    frame = '<w:document xmlns:w="x" xmlns:mc="y"><w:body>{}</w:body></w:document>'
    made = {f"word__{name}": frame.format(said).encode() for name, said in parts.items()}
    return packed(word__document=frame.format(body).encode(), **made)


def paragraph(words: str) -> str:
    """One of such a text."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def table_file(**sheets: Sequence[Sequence[str | int]]) -> bytes:
    """A table of those sheets, the last of them hidden."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
        if len(sheets) > 1:
            sheet.hide()
    return out.getvalue()


def page_count(content: bytes) -> int:
    """As another library counts them."""
    return len(PdfReader(io.BytesIO(content)).pages)
