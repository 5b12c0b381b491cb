"""Small documents made up on the spot: a PDF, a text, a picture of a slip. Each says that it is
invented, and no two are alike."""

import struct
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

NOTE = "本文件为演示而虚构。\nInvented for the demonstration."

Make = Callable[[str], bytes]


class Papers:
    """Documents in a folder, each once, whatever asks for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths: dict[str, Path] = {}

    def document(self, title: str, ending: str) -> str:
        """A document of that title; its hash."""
        content = MAKERS[ending](title)
        digest = sha256(content).hexdigest()
        if digest not in self._paths:
            path = self._folder / f"{digest[:12]}.{ending}"
            path.write_bytes(content)
            self._paths[digest] = path
        return digest

    def path(self, digest: str) -> Path:
        """Where the document of that hash lies."""
        return self._paths[digest]


def text(title: str) -> bytes:
    """A page of plain text."""
    return f"{title}\n\n{NOTE}\n".encode()


def pdf(title: str) -> bytes:
    """A page with its title, in a face that every reader has for Chinese."""
    shown = b"".join(
        f"BT /F 16 Tf 60 {760 - 30 * n} Td <{line.encode('utf-16-be').hex()}> Tj ET\n".encode()
        for n, line in enumerate(
            [title[i : i + 28] for i in range(0, len(title), 28)] + NOTE.split("\n")
        )
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%sendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    )


def picture(title: str) -> bytes:
    """A grey slip with bars for its lines, as a PNG; its title is in it as a text."""
    width, height, seed = 240, 160, sha256(title.encode()).digest()
    rows = bytearray()
    for y in range(height):
        bar = (y // 16) % len(seed)
        ink = 40 + seed[bar] % 160 if 4 < y % 16 < 11 and 1 <= y // 16 <= 8 else 0
        rows += b"\0" + bytes(60 if 20 <= x < 20 + ink else 235 for x in range(width))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    said = b"Comment\0\0\0\0\0" + f"{title} {NOTE}".encode()
    chunks = (
        (b"IHDR", head),
        (b"iTXt", said),
        (b"IDAT", zlib.compress(bytes(rows))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


MAKERS: dict[str, Make] = {"pdf": pdf, "txt": text, "png": picture}
