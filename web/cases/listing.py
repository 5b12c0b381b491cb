"""The list of cases and what it may be narrowed by."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.case.people import Role
from domain.case.reading import Viewer
from domain.case.summary import Status
from domain.statute import Channel
from law.files import load_statutes
from office.answers.lists import CaseList, case_list
from office.answers.query import CaseQuery, calendar_now
from office.desk import Reading
from register.reads.paging import place
from register.reads.people import holders
from speech.names import NameBook, names
from speech.words import spoken, term
from web.cases.address import address_of

ROWS = 50
"""Cases on one page."""

DAYS = (0, 1, 3, 5, 10, 20)
"""Working days ahead that may be picked."""

PickedFrom = tuple[tuple[str, str], ...]
"""Values with their words."""


@dataclass(frozen=True, slots=True)
class ListChoices:
    """What may be picked; one organ or department alone is no choice."""

    statuses: PickedFrom
    organs: PickedFrom
    departments: PickedFrom
    handlers: PickedFrom
    statutes: PickedFrom
    channels: PickedFrom


@dataclass(frozen=True, slots=True)
class CaseListing:
    """A page of the list: `next` the address of the one behind it, `narrowed`: more than what is
    usually shown was asked for."""

    found: CaseList
    known: NameBook
    choices: ListChoices
    query: CaseQuery
    next: str | None
    first: str | None
    narrowed: bool


def listing(
    session: Reading, who: Viewer, query: CaseQuery, after: str | None, at: datetime
) -> CaseListing:
    """The cases that the person may see, as asked for. InputError(bad_cursor, unknown_…)."""
    wanted = query.filter(at, calendar_now(session))
    if after:
        wanted = replace(wanted, after=place(after, query.order))
    found, known = case_list(session, who, wanted, ROWS, at), names(session)
    return CaseListing(
        found=found,
        known=known,
        choices=_choices(session, who, query, known),
        query=query,
        next=address_of(query, found.next) if found.next is not None else None,
        first=address_of(query) if after else None,
        narrowed=query != replace(USUAL, order=query.order),
    )


USUAL = CaseQuery(open_only=True)
"""What the list shows where nothing is asked for."""


def _choices(session: Reading, who: Viewer, query: CaseQuery, known: NameBook) -> ListChoices:
    organs = tuple(o for o in known.organs if any(o == g.organ for g in who.grants))
    if query.organ in organs:
        within: tuple[str, ...] = (str(query.organ),)
    else:
        within = organs
    units = [(d, name) for (o, d), name in known.departments.items() if o in within]
    return ListChoices(
        statuses=tuple((str(status), term("status", status)) for status in Status),
        organs=tuple((organ, known.organ(organ)) for organ in organs),
        departments=tuple(dict(units).items()),
        handlers=tuple(holders(session, Role.HANDLER, within)),
        statutes=tuple((s.id, getattr(s.name, spoken())) for s in load_statutes() if _ours(s.id)),
        channels=tuple((str(channel), term("receipt_channel", channel)) for channel in Channel),
    )


def _ours(statute: str) -> bool:
    return statute.startswith("cn-")
