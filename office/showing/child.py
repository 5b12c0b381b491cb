"""Draws pages of one document, from standard input to standard output, and ends.

Runs by itself behind the walls of `office.showing.walls`, knows nothing of the house and trusts
nothing it reads. In comes a line of JSON, then the document; out comes a line of JSON, `no` where
nothing could be drawn, then the images, whose `sizes` it has.
"""

import io
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

SECONDS = 20
MEMORY = 1 << 30
"""Of processor time, and bytes: the largest page takes a tenth of it."""

PIXELS = 50_000_000
"""Of one picture: a scanner's sheet at 600 dpi has 35 million."""

TALLEST = 4
"""Times its width."""

PICTURES = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
WHITE = (255, 255, 255)
FONTS = ("*CJK*Regular*", "wqy*", "*Hei*", "*Song*", "*Sung*", "*Fallback*", "*uming*", "*ukai*")
"""Files of fonts that have Chinese, the best first."""

PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

Draw = Callable[[int, int], Image.Image]


class NotDrawn(Exception):
    """Why there is no picture, in one word."""


def main() -> None:
    """One document."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        said, images = _drawn(asked, sys.stdin.buffer.read())
    except NotDrawn as no:
        said, images = {"no": str(no)}, []
    except (MemoryError, Image.DecompressionBombError):
        said, images = {"no": "heavy"}, []
    except Exception:
        # Whatever a library stumbles over lies in what it was given.
        said, images = {"no": "broken"}, []
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(images))
    sys.stdout.buffer.flush()
    os._exit(0)


def _limit() -> None:
    """No core, which would lie on a disk; no files, no children; so much time and memory."""
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
    ):
        resource.setrlimit(what, (most, most))
    Image.MAX_IMAGE_PIXELS = PIXELS


def _drawn(asked: dict[str, object], content: bytes) -> tuple[dict[str, object], list[bytes]]:
    kind, count, draw = _opened(content)
    if count < 1:
        raise NotDrawn("empty")
    width, pages = int(str(asked["width"])), int(str(asked["pages"]))
    first = max(1, min(int(str(asked["first"])), count))
    marked = Watermark(str(asked["mark"]), str(asked["plain"]))
    images = []
    for number in range(first, min(first + pages, count + 1)):
        out = io.BytesIO()
        marked.on(draw(number - 1, width)).save(out, "JPEG", quality=80)
        images.append(out.getvalue())
    sizes = [len(image) for image in images]
    return {"kind": kind, "count": count, "first": first, "sizes": sizes}, images


# -- what it is ------------------------------------------------------------------------------------


def _opened(content: bytes) -> tuple[str, int, Draw]:
    """What it is by its content, how many pages, and how each is drawn."""
    if b"%PDF-" in content[:1024]:
        return "pdf", *_pdf(content)
    if (picture := _picture(content)) is not None:
        return "picture", *picture
    if content.startswith((b"PK\x03\x04", OLD_OFFICE)):
        raise NotDrawn("foreign")
    return "text", *_text(content)


def _pdf(content: bytes) -> tuple[int, Draw]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise NotDrawn("locked" if "password" in str(error).lower() else "broken") from error

    def draw(number: int, width: int) -> Image.Image:
        page = document[number]
        w, h = page.get_size()
        scale = min(width / w, TALLEST * width / h)
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.convert("RGB")

    return len(document), draw


def _picture(content: bytes) -> tuple[int, Draw] | None:
    try:
        picture = Image.open(io.BytesIO(content), formats=PICTURES)
    except UnidentifiedImageError:
        return None

    def draw(number: int, width: int) -> Image.Image:
        picture.seek(number)
        if picture.width * picture.height > PIXELS:
            raise NotDrawn("heavy")
        picture.draft("RGB", (width, TALLEST * width))
        turned = ImageOps.exif_transpose(picture).convert("RGBA")
        turned.thumbnail((width, TALLEST * width))
        paper = Image.new("RGBA", turned.size, (*WHITE, 255))
        return Image.alpha_composite(paper, turned).convert("RGB")

    # A picture that moves is shown as it begins.
    return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1, draw


def _text(content: bytes) -> tuple[int, Draw]:
    """Words on sheets."""
    words = _words(content)
    font = _font(24)
    if font is None and not words.isascii():
        raise NotDrawn("foreign")
    sheets = Sheets(words, font or ImageFont.load_default(24))
    return sheets.count, sheets.draw


def _words(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(c in "\t\n\r\f" or c.isprintable() or c.isspace() for c in words[:100_000]):
            return words
    raise NotDrawn("foreign")


class Sheets:
    """Text on sheets of A4's shape, drawn at one size and made as wide as asked for."""

    WIDE, HIGH, EDGE, LINE = 1000, 1414, 90, 40
    LINES = (HIGH - 2 * EDGE) // LINE

    def __init__(self, words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> None:
        self._font = font
        self._widths: dict[str, float] = {}
        self._lines = [line for one in words.splitlines() for line in self._broken(one)]
        self.count = -(-len(self._lines) // self.LINES) if words.strip() else 0

    def _broken(self, line: str) -> Iterator[str]:
        """Where it is too long, at the last character that fits."""
        begun, wide = 0, 0.0
        line = line.expandtabs(4)
        for n, char in enumerate(line):
            if char not in self._widths:
                self._widths[char] = self._font.getlength(char)
            wide += self._widths[char]
            if wide > self.WIDE - 2 * self.EDGE:
                yield line[begun:n]
                begun, wide = n, self._widths[char]
        yield line[begun:]

    def draw(self, number: int, width: int) -> Image.Image:
        """One sheet."""
        sheet = Image.new("RGB", (self.WIDE, self.HIGH), WHITE)
        pen = ImageDraw.Draw(sheet)
        lines = self._lines[number * self.LINES : (number + 1) * self.LINES]
        for n, line in enumerate(lines):
            pen.text(
                (self.EDGE, self.EDGE + n * self.LINE), line, fill=(20, 20, 20), font=self._font
            )
        return sheet.resize((width, width * self.HIGH // self.WIDE), Image.Resampling.LANCZOS)


# -- who looks -------------------------------------------------------------------------------------


class Watermark:
    """Who looks and when, faintly across the whole page; `plain`: the same in letters that every
    machine can draw."""

    def __init__(self, mark: str, plain: str) -> None:
        self._mark = mark
        self._plain = plain
        self._tiles: dict[int, Image.Image] = {}

    def on(self, page: Image.Image) -> Image.Image:
        """The page with it: dark on what is light, light on what is dark."""
        size, veil = max(11, page.width // 50), Image.new("L", page.size, 0)
        if size not in self._tiles:
            self._tiles[size] = self._tile(size)
        tile = self._tiles[size]
        wide, high = tile.size
        for row, y in enumerate(range(-high // 2, page.height, high)):
            for x in range(-(row % 2) * wide // 2, page.width, wide):
                veil.paste(tile, (x, y))
        page.paste(ImageOps.invert(page), mask=veil)
        return page

    def _tile(self, size: int) -> Image.Image:
        """The words once, slanting."""
        font = _font(size)
        words = self._mark if font is not None or self._mark.isascii() else self._plain
        face = font or ImageFont.load_default(size)
        tile = Image.new("L", (int(face.getlength(words)) + size * 6, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size // 3), words, fill=28, font=face)
        return tile.rotate(24, expand=True, resample=Image.Resampling.BICUBIC)


def _font(size: int) -> ImageFont.FreeTypeFont | None:
    """One that has Chinese."""
    for pattern in FONTS:
        for path in (path for place in PLACES for path in sorted(place.rglob(pattern))):
            try:
                return ImageFont.truetype(path, size)
            except OSError:
                continue
    return None


if __name__ == "__main__":
    main()
