"""What an address asks for, read without complaint: a page shows what it can."""

from office.desk import Reading
from office.legal_time import legal_now
from register.reads import queries
from web.frame.gate import Who


def year_asked(text: str) -> int:
    """The year of an address; the present one where it names none."""
    year = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
    return year if year else legal_now().year


def own_organ(who: Who, session: Reading) -> str:
    """The first organ in which the person holds a role; else the first there is."""
    held = [grant.organ for grant in who.actor.grants]
    return next(iter(held), None) or next((o.id for o in queries.organs(session)), "")
