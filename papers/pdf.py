"""HTML to PDF by WeasyPrint: every glyph there, every font embedded, or a clear no."""

import ctypes
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from domain.errors import Code, Unreachable

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
"""What the system has to bring, by Debian's names."""

_LOGGER = "weasyprint"


class _Missing(logging.Handler):
    """Collects the characters no font has: WeasyPrint warns of them and prints blanks."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.characters.append(str(record.args[0]))


def pdf(html: str, attached: Mapping[str, bytes] | None = None) -> bytes:
    """The page as PDF, with files `attached` by their names.

    Unreachable: `pdf_unavailable` (WeasyPrint or a library of the system is not there),
    `glyphs_missing` (no font of the system has some character).
    """
    try:
        from weasyprint import HTML, Attachment
    except (ImportError, OSError) as error:
        detail = str(error).strip().split("\n", 1)[0]
        raise Unreachable(Code.PDF_UNAVAILABLE, detail=detail, packages=PACKAGES) from error
    if not _any_font():
        raise Unreachable(Code.PDF_UNAVAILABLE, detail="no fonts", packages=PACKAGES)
    with _watching() as missing:
        files = [Attachment(string=data, name=name) for name, data in (attached or {}).items()]
        made: bytes = HTML(string=html).write_pdf(attachments=files)
    if missing.characters:
        characters = "".join(dict.fromkeys(missing.characters))
        raise Unreachable(Code.GLYPHS_MISSING, characters=characters, packages=PACKAGES)
    return made


def _any_font() -> bool:
    """Whether the system has a font at all: without any, Pango takes the whole process down."""
    for name in ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        fonts = library.FcConfigGetFonts  # a struct whose first member is their number
        fonts.argtypes, fonts.restype = (
            [ctypes.c_void_p, ctypes.c_int],
            ctypes.POINTER(ctypes.c_int),
        )
        library.FcInit()
        system = fonts(None, 0)
        return bool(system) and system[0] > 0
    return True


@contextmanager
def _watching() -> Iterator[_Missing]:
    logger = logging.getLogger(_LOGGER)
    missing = _Missing()
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [missing], False
    try:
        yield missing
    finally:
        logger.handlers, logger.propagate = handlers, propagate
