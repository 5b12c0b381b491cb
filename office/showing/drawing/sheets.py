"""Text on sheets of paper."""

from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from office.showing.drawing.fonts import chinese
from office.showing.drawing.refused import NotDrawn


def sheets(words: str) -> "Sheets":
    """The words on sheets. NotDrawn where the machine has no font for them."""
    font = chinese(24)
    if font is None and not words.isascii():
        raise NotDrawn("foreign")
    return Sheets(words, font or ImageFont.load_default(24))


INK, PAPER = (20, 20, 20), (255, 255, 255)


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
        sheet = Image.new("RGB", (self.WIDE, self.HIGH), PAPER)
        pen = ImageDraw.Draw(sheet)
        lines = self._lines[number * self.LINES : (number + 1) * self.LINES]
        for n, line in enumerate(lines):
            pen.text((self.EDGE, self.EDGE + n * self.LINE), line, fill=INK, font=self._font)
        return sheet.resize((width, width * self.HIGH // self.WIDE), Image.Resampling.LANCZOS)
