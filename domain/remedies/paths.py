"""What is open to the applicant: which remedy, in which order, until when, and where to go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar.model import Calendar
from domain.errors import InputError
from domain.periods.book import PeriodBook
from domain.periods.period import Period
from domain.policy import Policy
from domain.remedies.counting import CountedLimit, counted
from domain.remedies.law import RemedyLaw, court_rule, order, period, place_rule
from domain.remedies.organ import OrganProfile
from domain.remedies.terms import Against, CourtLevel, NoticeOfRemedy, Place, RemedyOrder
from domain.values import Value

RECONSIDERATION = "remedy_reconsideration"
LAWSUIT = "remedy_lawsuit"
LONGEST = {
    RECONSIDERATION: "remedy_reconsideration_longest",
    LAWSUIT: "remedy_lawsuit_longest",
}
"""By path, the limit from the making of the act that holds while the applicant does not know it."""

RETRIAL = "remedy_retrial"
"""Of either side, against what is in effect; its ref that of the instance that made it."""

PATHS = (RECONSIDERATION, LAWSUIT, *LONGEST.values(), RETRIAL)
"""Names of the limits of a path."""

SILENCE = "silence"
LAPSE = "lapse"
RELEASE = "release/"
"""Refs of the paths against inaction, a lapse, and (with the ref of the letter to it) of a third
party against a release; those against the present reply have none, that to a court after a
reconsideration has the reconsideration's."""


def path_ref(against: Against, third_party: str | None = None) -> str | None:
    """The ref of the paths against that."""
    match against:
        case Against.REPLY:
            return None
        case Against.INACTION:
            return SILENCE
        case Against.LAPSE:
            return LAPSE
        case Against.RELEASE:
            return f"{RELEASE}{third_party}"


def attacks(ref: str | None) -> tuple[Against, str | None]:
    """What the paths of that ref go against, and the letter to the third party whose they are."""
    if ref is not None and ref.startswith(RELEASE):
        return Against.RELEASE, ref.removeprefix(RELEASE)
    return {SILENCE: Against.INACTION, LAPSE: Against.LAPSE}.get(ref or "", Against.REPLY), None


class SaidPeriods(Value):
    """The periods that a wrong notice named, in days to apply for reconsideration and months to
    sue. None: it named none, or nobody recorded which."""

    reconsideration_days: int | None = None
    lawsuit_months: int | None = None

    def of(self, path: str) -> int | None:
        """That of the path, in the unit of its period."""
        return self.reconsideration_days if path == RECONSIDERATION else self.lawsuit_months


class Destination(Value):
    """One organ of reconsideration; `name` None: unknown, to be asked."""

    place: Place
    name: str | None = None


class Offer(Value):
    """The notice of remedies as data; the words stand in `texts/*/remedies.toml`.

    `unsettled`: no text decides the order, the setting did. Periods and no last days: they begin
    with the day on which the applicant receives the reply. Where reconsideration comes first,
    `lawsuit_n` is counted from its decision, and which court it is will depend on that.
    """

    order: RemedyOrder
    unsettled: bool = False
    order_article: str = ""
    organs: tuple[Destination, ...] = ()
    organs_article: str = ""
    reconsideration_n: int
    reconsideration_article: str
    court: str | None = None
    court_level: CourtLevel | None = None
    court_article: str = ""
    lawsuit_n: int
    lawsuit_unit: str
    lawsuit_article: str


def offer(law: RemedyLaw, policy: Policy, reply_kind: str | None, on: date) -> Offer:
    """What a reply sent on that day has to say about remedies. Raises no_statute."""
    first, unsettled, article = order(law, policy, Against.REPLY, reply_kind, on)
    organs, organs_article = destinations(law, on)
    only_after = first is RemedyOrder.RECONSIDERATION_FIRST
    apply = period(law.reconsideration, "apply", on)
    sue = law.litigation.version("sue_after_reconsideration" if only_after else "sue", on)
    # By the text that gives the period: one that took over speaks of the court too.
    court = None if only_after else court_rule(law, max(on, sue.in_force_from))
    return Offer(
        order=first,
        unsettled=unsettled,
        order_article=article,
        organs=organs,
        organs_article=organs_article,
        reconsideration_n=apply.n,
        reconsideration_article=apply.article,
        court=None if only_after else law.organ.court,
        court_level=court.level if court else None,
        court_article=court.article if court else "",
        lawsuit_n=sue.n,
        lawsuit_unit=sue.unit,
        lawsuit_article=sue.article,
    )


def destinations(law: RemedyLaw, on: date) -> tuple[tuple[Destination, ...], str]:
    """Where to apply for reconsideration on `on`, and by which article; nothing where the kind of
    the organ is not known."""
    rule = place_rule(law, on)
    if rule is None:
        return (), ""
    return tuple(Destination(place=p, name=_name(law.organ, p)) for p in rule.go_to), rule.article


def _name(organ: OrganProfile, place: Place) -> str | None:
    match place:
        case Place.OWN_GOVERNMENT | Place.FOUNDING_GOVERNMENT | Place.RUNNING_GOVERNMENT:
            return organ.government
        case Place.HIGHER_GOVERNMENT | Place.SUPERIOR_DEPARTMENT | Place.PARENT_DEPARTMENT:
            return organ.superior
        case Place.RUNNING_ORGAN:
            return organ.superior or organ.government
        case Place.LOCAL_GOVERNMENT | Place.STATE_COUNCIL:
            return None
        case Place.ITSELF:
            return organ.name


WRONG_NOTICE = "; setting wrong_notice"
"""What the citation of a limit ends with that the setting decided."""


@dataclass(frozen=True, slots=True)
class NotifiedRemedies:
    """What a reply made on a day said of remedies, and when the applicant was told rightly.

    Not told: a path is open until the longest period from knowing has passed; told later: the plain
    period from there, within the longest. Told wrong (`said` the periods it named): no text; by
    the setting (`wrong`) as if not told, or the longer of the period named and the lawful one.
    """

    made: date
    what: NoticeOfRemedy = NoticeOfRemedy.GIVEN
    said: SaidPeriods | None = None
    told: date | None = None
    wrong: str = "as_missing"


def until(
    law: RemedyLaw,
    calendar: Calendar,
    path: str,
    knows: date,
    notice: NotifiedRemedies | None = None,
    against: Against = Against.REPLY,
) -> CountedLimit:
    """The last day of a path against a reply that the applicant knows since `knows`, or against
    there being none since then; never beyond the longest from the day on which the reply was made.
    Raises no_statute."""
    if path == LAWSUIT and against is Against.INACTION:
        return counted(period(law.litigation, "sue_inaction", knows, "sue"), calendar, knows)
    if notice is None:
        return _plain(law, calendar, path, knows)
    found = _since_known(law, calendar, path, knows, notice)
    outer = longest(law, calendar, path, notice.made)
    return found if outer is None or found.due <= outer.due else outer


def longest(law: RemedyLaw, calendar: Calendar, path: str, made: date) -> CountedLimit | None:
    """The outer maximum of a path against a reply of that day; None where no text sets one."""
    book, name = _book(law, path)
    try:
        return counted(book.period(f"{name}_longest", made), calendar, made)
    except InputError:
        return None


class Bound(Value):
    """A period of a path, to be shown where none of them runs yet: `kind` is what it is counted
    from (`since_known`, `not_told` of the right or its period; `longest`, `longest_land` from the
    making of the act, land and buildings apart, with its last day)."""

    kind: str
    n: int
    unit: str
    article: str
    until: date | None = None
    provisional: bool = False


_BOUNDS = {
    "": "since_known",
    "_not_told": "not_told",
    "_longest": "longest",
    "_longest_land": "longest_land",
}


def bounds(law: RemedyLaw, calendar: Calendar, path: str, made: date) -> Iterator[Bound]:
    """What there is to say of a path against a reply of that day while the applicant does not know
    it; only what a text sets."""
    book, name = _book(law, path)
    for suffix, kind in _BOUNDS.items():
        try:
            term = book.period(f"{name}{suffix}", made)
        except InputError:
            continue
        last = counted(term, calendar, made) if kind.startswith("longest") else None
        yield Bound(
            kind=kind,
            n=term.n,
            unit=term.unit,
            article=term.article,
            until=last.due if last else None,
            provisional=bool(last and last.provisional),
        )


def _book(law: RemedyLaw, path: str) -> tuple[PeriodBook, str]:
    """Where the periods of a path stand, and what their names begin with."""
    if path == RECONSIDERATION:
        return law.reconsideration, "apply"
    return law.litigation, "sue"


def _plain(law: RemedyLaw, calendar: Calendar, path: str, since: date) -> CountedLimit:
    book, name = _book(law, path)
    return counted(period(book, name, since), calendar, since)


def _since_known(
    law: RemedyLaw, calendar: Calendar, path: str, knows: date, notice: NotifiedRemedies
) -> CountedLimit:
    if notice.what is NoticeOfRemedy.GIVEN:
        return _plain(law, calendar, path, knows)
    book, name = _book(law, path)
    setting = WRONG_NOTICE if notice.what is NoticeOfRemedy.WRONG else ""

    def since(day: date, term: Period, n: int | None = None) -> CountedLimit:
        more = {"n": n or term.n, "article": f"{term.article}{setting}"}
        return counted(term.model_copy(update=more), calendar, day)

    lawful = period(book, name, knows)
    if setting and notice.wrong == "longer_of_both":
        named = notice.said.of(path) if notice.said else None
        both = (since(knows, lawful), since(knows, lawful, named))
        return max(both, key=lambda count: count.due)
    longest = since(knows, period(book, f"{name}_not_told", knows, name))
    if notice.told is None:
        return longest
    told = max(notice.told, knows)
    return min(since(told, period(book, name, told)), longest, key=lambda count: count.due)
