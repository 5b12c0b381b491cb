"""Who looks, on every page."""

from PIL import Image, ImageDraw, ImageFont, ImageOps

from office.showing.drawing.fonts import chinese


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
        font = chinese(size)
        words = self._mark if font is not None or self._mark.isascii() else self._plain
        face = font or ImageFont.load_default(size)
        tile = Image.new("L", (int(face.getlength(words)) + size * 6, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size // 3), words, fill=28, font=face)
        return tile.rotate(24, expand=True, resample=Image.Resampling.BICUBIC)
