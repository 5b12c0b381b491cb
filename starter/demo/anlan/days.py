"""The cases that are to be lived, and when each step of them was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from domain.calendar.model import Calendar
from domain.case.facts import NewApplicant, Registered
from domain.clock import Receipt
from domain.statute import Channel, Statute
from domain.values import OFFICE_ZONE, legal_day, midnight
from law.files import JURISDICTION, load_calendar, load_statutes
from starter.demo.anlan.words import CasePlan, Pen, PlanStep, county

USUAL = (
    *(Channel.MAIL_SIGNED,) * 4,
    *(Channel.IN_PERSON,) * 3,
    *(Channel.WEB_FORM,) * 3,
    Channel.EMAIL,
    Channel.FAX,
    Channel.MAIL_ORDINARY,
)
"""Channels by how often they are used."""

STATUTE = "cn-2019"
"""The law of all of them."""

CONFIRM = PlanStep("receipt_confirmed", (0, 1), {})


@dataclass(frozen=True, slots=True)
class Timed:
    """A plan with its days: the request arrives and is registered at `begins`, each step is done
    at its instant. `offset`: seconds from real time to the case's own."""

    plan: CasePlan
    channel: Channel
    begins: datetime
    steps: tuple[tuple[datetime, PlanStep], ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A case that is to be lived: its plan with its days, where, and whose words it has."""

    timed: Timed
    organ: str
    pen: Pen
    command_id: str


def coming(now: datetime) -> list[Coming]:
    """All cases of the county as of `now`, the first to come in first."""
    calendar = load_calendar(JURISDICTION)
    statute = next(s for s in load_statutes() if s.id == STATUTE)
    organs = [organ.id for organ in county().organs]
    found: list[Coming] = []
    for plan in county().plan:
        for number in range(plan.cases):
            # The same for the same case, whatever day it is.
            rng = Random(f"{plan.name}/{number}")
            organ = organs[(len(found) * 5 + number) % len(organs)]
            days = timed(plan, county().steps(plan), calendar, statute, now, rng)
            pen = Pen(rng, organ, days.begins.year)
            found.append(Coming(days, organ, pen, f"demo-anlan-{len(found) + 1}"))
    return sorted(found, key=lambda one: one.timed.begins)


def asked(one: Coming) -> Registered:
    """Who asks for what."""
    return Registered(
        receipt=Receipt(channel=one.timed.channel, arrived=legal_day(one.timed.begins)),
        applicant=NewApplicant.model_validate(one.pen.applicant()),
        subject=one.pen.subject(),
        form_wished=one.pen.one(county().words["form_wished"]),
    )


def timed(
    plan: CasePlan,
    steps: Sequence[PlanStep],
    calendar: Calendar,
    statute: Statute,
    now: datetime,
    rng: Random,
) -> Timed:
    """Draw the days of a plan. None of them lies after `now`."""
    offset = -plan.training * 86_400
    now += timedelta(seconds=offset)
    channel = rng.choice(plan.channels or USUAL)
    if plan.confirm and statute.receipt[channel].day_zero == "confirmation":
        steps = [CONFIRM, *steps]
    gaps = [rng.randint(*step.gap) for step in steps]
    end, ago = _end(plan, calendar, now, rng), rng.randint(*plan.ago)
    days = [calendar.add_working_days(end, -(ago + sum(gaps[n:]))) for n in range(len(steps) + 1)]
    begins = _at(days[0], None, now, len(steps), rng)
    at, instants = begins, []
    for n, day in enumerate(days[1:], 1):
        at = _at(day, at, now, len(steps) - n, rng)
        instants.append(at)
    return Timed(plan, channel, begins, tuple(zip(instants, steps, strict=True)), offset)


def _end(plan: CasePlan, calendar: Calendar, now: datetime, rng: Random) -> date:
    """The working day from which `ago` counts back."""
    day = legal_day(now)
    if plan.last_year:
        day = date(day.year - 1, 3, 1) + timedelta(days=rng.randint(0, 300))
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _at(day: date, before: datetime | None, now: datetime, left: int, rng: Random) -> datetime:
    """An instant of that day, after `before`, with time for the steps that are left till `now`."""
    if before is not None and legal_day(before) == day:
        wanted = before + timedelta(minutes=rng.randint(4, 35))
    else:
        morning = datetime.combine(day, time(8, 40), tzinfo=OFFICE_ZONE)
        wanted = morning + timedelta(minutes=rng.randint(0, 330))
    latest = now - timedelta(seconds=left + 1)
    first = midnight(day) if before is None else max(midnight(day), before)
    return max(min(wanted, latest), min(first + timedelta(milliseconds=10), now))
