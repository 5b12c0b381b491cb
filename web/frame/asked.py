"""What an address asks for, read without complaint: a page shows what it can."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from domain.case.number import case_id_of
from domain.errors import InputError
from office.legal_time import legal_now
from office.written import written_day
from speech.names import NameBook
from web.frame.gate import Who

CaseCalled = Annotated[str, AfterValidator(case_id_of)]
"""Which case, by its id or its number; it goes on, and into the log, by its id.
InputError(bad_case_id)."""


def year_asked(text: str) -> int:
    """The year of an address; the present one where it names none."""
    year = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    return year if year else legal_now().year


def page_asked(text: str, last: int) -> int:
    """The page of an address, the first where it names none; none beyond `last`."""
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(wanted, 1), last)


def day_asked(text: str) -> date | None:
    """The day of an address, the last of that name; None where it names none, or one at the ends of
    the calendar, beyond which there is no day before or after."""
    try:
        found = written_day(text, legal_now().date(), ahead=False) if text.strip() else None
    except InputError:
        return None
    return found if found and date.min.year < found.year < date.max.year else None


def organ_asked(text: str, who: Who, known: NameBook) -> str:
    """The organ of an address; where it names none, the first in which the person holds a role,
    else the first there is."""
    if text in known.organs:
        return text
    return next((grant.organ for grant in who.actor.grants), "") or next(iter(known.organs), "")
