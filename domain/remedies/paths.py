"""What is open to the applicant: which remedy, in which order, until when, and where to go."""

from datetime import date

from domain.calendar.model import Calendar
from domain.policy import Policy
from domain.remedies.counting import CountedLimit, counted
from domain.remedies.law import OrganProfile, RemedyLaw, order, period
from domain.remedies.terms import Against, CourtLevel, NoticeOfRemedy, Place, RemedyOrder
from domain.values import Value

RECONSIDERATION = "remedy_reconsideration"
LAWSUIT = "remedy_lawsuit"
PATHS = (RECONSIDERATION, LAWSUIT)
"""Names of the limits of a path."""

SILENCE = "silence"
"""Ref of the paths against inaction; those against the present reply have none, that to a court
after a reconsideration has the reconsideration's."""


class Destination(Value):
    """One organ of reconsideration; `name` None: unknown, to be asked."""

    place: Place
    name: str | None = None


class Offer(Value):
    """The notice of remedies as data; the words stand in `texts/*/remedies.toml`.

    `unsettled`: no text decides the order, the setting did. Last days as counted from `base`
    (the day of dispatch; the day of delivery moves them). `lawsuit_until` None: only after the
    reconsideration, within `lawsuit_n` days of its decision.
    """

    order: RemedyOrder
    unsettled: bool = False
    order_article: str = ""
    base: date
    organs: tuple[Destination, ...] = ()
    organs_article: str = ""
    reconsideration_n: int
    reconsideration_until: date
    reconsideration_article: str
    court: str | None = None
    court_level: CourtLevel | None = None
    court_article: str = ""
    lawsuit_n: int
    lawsuit_unit: str
    lawsuit_until: date | None = None
    lawsuit_article: str


def offer(
    law: RemedyLaw, policy: Policy, calendar: Calendar, reply_kind: str | None, base: date
) -> Offer:
    """What a reply sent on `base` has to say about remedies. Raises no_statute."""
    first, unsettled, article = order(law, policy, Against.REPLY, reply_kind, base)
    organs, organs_article = destinations(law, base)
    court = next(iter(law.rules.courts), None)
    apply = period(law.reconsideration, "apply", base)
    applied = counted(apply, calendar, base)
    only_after = first is RemedyOrder.RECONSIDERATION_FIRST
    sue = period(law.litigation, "sue_after_reconsideration" if only_after else "sue", base)
    return Offer(
        order=first,
        unsettled=unsettled,
        order_article=article,
        base=base,
        organs=organs,
        organs_article=organs_article,
        reconsideration_n=apply.n,
        reconsideration_until=applied.due,
        reconsideration_article=apply.article,
        court=law.organ.court,
        court_level=court.level if court else None,
        court_article=court.article if court else "",
        lawsuit_n=sue.n,
        lawsuit_unit=sue.unit,
        lawsuit_until=None if only_after else counted(sue, calendar, base).due,
        lawsuit_article=sue.article,
    )


def destinations(law: RemedyLaw, on: date) -> tuple[tuple[Destination, ...], str]:
    """Where to apply for reconsideration on `on`, and by which article; nothing where the kind of
    the organ is not known."""
    for rule in law.rules.places:
        within = rule.in_force_to is None or on <= rule.in_force_to
        if law.organ.kind in rule.organs and rule.in_force_from <= on and within:
            found = tuple(Destination(place=p, name=_name(law.organ, p)) for p in rule.go_to)
            return found, rule.article
    return (), ""


def _name(organ: OrganProfile, place: Place) -> str | None:
    match place:
        case Place.OWN_GOVERNMENT | Place.FOUNDING_GOVERNMENT:
            return organ.government
        case Place.HIGHER_GOVERNMENT | Place.SUPERIOR_DEPARTMENT:
            return organ.superior
        case Place.ITSELF:
            return organ.name


def until(
    law: RemedyLaw,
    calendar: Calendar,
    path: str,
    knows: date,
    notice: NoticeOfRemedy = NoticeOfRemedy.GIVEN,
    told: date | None = None,
) -> CountedLimit:
    """The last day of a path against a reply that the applicant knows since `knows`.

    Not told, or told wrong: until the longest period has passed; told later (`told`): the plain
    period from there, within the longest. Raises no_statute.
    """
    book = law.reconsideration if path == RECONSIDERATION else law.litigation
    name = "apply" if path == RECONSIDERATION else "sue"
    plain = counted(period(book, name, knows), calendar, knows)
    if notice is NoticeOfRemedy.GIVEN:
        return plain
    longest = counted(period(book, f"{name}_not_told", knows, name), calendar, knows)
    if told is None:
        return longest
    later = counted(period(book, name, told), calendar, told)
    return min(later, longest, key=lambda count: count.due)
