"""What an address asks for, read without complaint: a page shows what it can."""

from office.legal_time import legal_now


def year_asked(text: str) -> int:
    """The year of an address; the present one where it names none."""
    year = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    return year if year else legal_now().year
