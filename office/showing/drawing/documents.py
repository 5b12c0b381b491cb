"""What a document is, by its content, and how its pages are drawn."""

import io
from collections.abc import Callable

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from office.showing.drawing.refused import NotDrawn
from office.showing.drawing.sheets import sheets
from office.showing.drawing.words import packed_words, plain

PIXELS = 50_000_000
"""Of one picture: a scanner's sheet at 600 dpi has 35 million."""

TALLEST = 4
"""Times its width."""

PICTURES = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
PACKED, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Draw = Callable[[int, int], Image.Image]
"""A page by its number from 0, so many pixels wide."""


def opened(content: bytes) -> tuple[str, int, Draw]:
    """What it is, how many pages it has, how each is drawn. NotDrawn; and whatever the libraries
    stumble over."""
    if b"%PDF-" in content[:1024]:
        return "pdf", *_pdf(content)
    if (picture := _picture(content)) is not None:
        return "picture", *picture
    if content.startswith(OLD_OFFICE):
        raise NotDrawn("locked" if ENCRYPTED in content else "foreign")
    if content.startswith(PACKED):
        kind, text = "words", sheets(packed_words(content))
    else:
        kind, text = "text", sheets(plain(content))
    return kind, text.count, text.draw


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
        paper = Image.new("RGBA", turned.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, turned).convert("RGB")

    # A picture that moves is shown as it begins.
    return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1, draw
