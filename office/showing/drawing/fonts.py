"""Fonts that have Chinese, where the machine has one."""

from pathlib import Path

from PIL import ImageFont

FONTS = ("*CJK*Regular*", "wqy*", "*Hei*", "*Song*", "*Sung*", "*Fallback*", "*uming*", "*ukai*")
"""Names of their files, the best first."""

PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def chinese(size: int) -> ImageFont.FreeTypeFont | None:
    """One of that size in pixels."""
    for pattern in FONTS:
        for path in (path for place in PLACES for path in sorted(place.rglob(pattern))):
            try:
                return ImageFont.truetype(path, size)
            except OSError:
                continue
    return None
