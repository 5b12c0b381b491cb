"""Draws pages of one document, from standard input to standard output, and ends. In comes a line of
JSON, then the document; out comes a line of JSON, `no` where nothing could be drawn, then the
images, whose `sizes` it has."""

import io
import json
import os
import resource
import sys

from PIL import Image

from office.showing.drawing.documents import PIXELS, opened
from office.showing.drawing.mark import Watermark
from office.showing.drawing.refused import NotDrawn

SECONDS = 20
MEMORY = 1 << 30
"""Of processor time, and bytes: the largest page takes a tenth of it."""


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
    kind, count, draw = opened(content)
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
