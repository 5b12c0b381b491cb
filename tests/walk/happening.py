"""What may happen in a case, at random: a few facts, each possible on its day."""

from datetime import date, datetime, time, timedelta
from random import Random

from domain.case.act import Act
from domain.case.agenda import settle
from domain.case.decide import decide
from domain.case.happening import PLACELESS
from domain.case.people import Role
from domain.case.state import CaseState
from domain.case.status import status
from domain.case.table import TABLE
from domain.clock import Receipt
from domain.errors import YishenError
from domain.policy import Policy
from domain.statute import Channel
from domain.values import OFFICE_ZONE, legal_day
from tests.walk.orders import NAMES, PAPER, PEOPLE, Deed, Happened, Order, Telling
from tests.walk.pen import Pen
from tests.walk.steps import ALL_FORMS, weight

FIRST_DAYS = (date(2016, 3, 1), date(2018, 10, 8), date(2021, 1, 4), date(2023, 9, 1))
PAUSES = (0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 21, 40)
"""Days between one fact and the next."""
AFTER = (70, 100, 200)
"""Days after the last fact at which the case is looked at."""
TRIES = 8
ON_PLAN = 0.75
TIMELESS = PLACELESS

_REPLY = ("reply_drafted", "reply_approved", "dispatched", "delivered")
_RELEASE = ("item_added", "item_reviewed", "signed", "signed")
_COURT = ("lawsuit_received", "answer_submitted", "judgment_received", "judgment_served_on_other")
_HIGHER = ("appeal_filed", "lawsuit_received", "answer_submitted", "judgment_received")
_ORGAN = ("reconsideration_received", "answer_submitted", "reconsideration_decided")
_SLOW = (
    *("reconsideration_received", "reconsideration_extended", "reconsideration_decided"),
    *("reconsideration_served_applicant", "lawsuit_received"),
)
_LETTER = ("consultation_sent", "consultation_delivered", "consultation_answered")
_LONGER = ("extension_asked", "extension_granted", "extension_told")
PLANS: tuple[tuple[str, ...], ...] = (
    (),
    ("correction_notice_sent", "correction_received", *_REPLY),
    ("fee_notice_sent", "fee_paid", *_REPLY, *_ORGAN),
    (*_LETTER, *_RELEASE, *_REPLY),
    (_LETTER[0], *_LONGER, *_LETTER[1:], *_REPLY),
    (_LETTER[0], "item_added", "item_added", *_LETTER[1:]),
    (*_REPLY, *_ORGAN, *_REPLY),
    (*_REPLY, *_COURT, "lawsuit_received", "judgment_received", *_REPLY),
    (*_RELEASE, *_REPLY, *_ORGAN, *_COURT),
    (*_REPLY, *_COURT, *_HIGHER),
    (*_REPLY, *_COURT, *_HIGHER[1:]),
    (*_ORGAN, *_COURT),
    (*_REPLY, *_SLOW),
    (*_REPLY, "remedy_notice_faulty", "remedy_notice_given", *_ORGAN),
    ("complaint_received", "answer_submitted", "complaint_decided", *_REPLY),
)
"""Ways through a case, taken with detours."""


def beginning(rng: Random) -> tuple[Happened, datetime]:
    """A request, under a law and settings, and when it is registered on its day."""
    first = rng.choice(FIRST_DAYS) + timedelta(days=rng.randint(0, 360))
    happened = Happened(
        statute="cn-2019" if first >= date(2019, 5, 15) else "cn-2008",
        policy=_policy(rng),
        alarms=rng.random() < 0.15,
        receipt=Receipt(channel=rng.choice(list(Channel)), arrived=first),
    )
    return happened, datetime.combine(first, time(8), OFFICE_ZONE)


def happening(rng: Random) -> tuple[Happened, Order, Telling]:
    """What happened, the order in which each thing was entered on its day, and the case at its
    end."""
    happened, registered = beginning(rng)
    now = registered
    telling = Telling.begin(happened, registered)
    deeds: list[Deed] = []
    entries: list[tuple[int, datetime]] = []
    plan = ["receipt_confirmed", "assigned", *rng.choice(PLANS)]
    for _ in range(rng.randint(5, 15)):
        now = _later(rng, telling.state, now)
        deed = _deed(rng, telling.state, now, plan)
        if deed is not None:
            number = len(deeds)
            telling.learn(deed, number, now)
            entries.append((number, now))
            deeds.append(_explicit(rng, telling, deed, number))
    telling.until(now + timedelta(days=rng.choice(AFTER)))
    order = Order(registered=registered, entries=tuple(entries), until=telling.now)
    return happened.changed(deeds=tuple(deeds)), order, telling


def _policy(rng: Random) -> Policy:
    if rng.random() < 0.4:
        return Policy()
    return Policy(
        electronic_receipt=rng.choice(("statute", "submission")),
        correction_days=rng.choice((5, 15)),
        late_correction_notice=rng.choice(("restart", "no_restart")),
        exclusion_ends=rng.choice(("after_sent_to_answered", "both_ends")),
        silent_consultation=rng.choice(("stop_at_limit", "until_answer")),
        secrecy_referral_excluded=rng.choice((False, True)),
        extension_after_restart=rng.choice(("allowed", "once_per_request")),
        told_extension=rng.choice(("as_told", "as_recounted")),
        fee_restart=rng.choice((True, False)),
        work_towards=rng.choice(("own_reading", "safe_day")),
        committed_working_days=rng.choice((None, 10)),
        remedy_path_unsettled=rng.choice(("reconsideration_first", "either")),
        wrong_notice=rng.choice(("as_missing", "longer_of_both")),
    )


def _later(rng: Random, state: CaseState, now: datetime) -> datetime:
    """Some days on, at times the last day of a limit or the one after."""
    day = now.date() + timedelta(days=rng.choice(PAUSES))
    edges = [d.due + timedelta(days=x) for d in state.deadlines for x in (0, 1)]
    near = [edge for edge in edges if timedelta() < edge - now.date() < timedelta(days=200)]
    if near and rng.random() < 0.2:
        day = rng.choice(near)
    return max(now + timedelta(minutes=1), datetime.combine(day, time(9), OFFICE_ZONE))


def _deed(rng: Random, state: CaseState, now: datetime, plan: list[str]) -> Deed | None:
    """Something possible: mostly the next of the plan, else anything the table has; None where
    nothing was found."""
    state, day = settle(state, now).state, legal_day(now)
    here = status(state)
    kinds = [kind for kind, row in TABLE.items() if here in row.states and kind not in TIMELESS]
    weights = [weight(state, kind) for kind in kinds]
    for _ in range(TRIES if kinds else 0):
        planned = plan[0] if plan and rng.random() < ON_PLAN else None
        if planned is not None and here not in TABLE[planned].states:
            del plan[0]
            continue
        kind = planned or rng.choices(kinds, weights)[0]
        person = rng.choice(NAMES)
        if TABLE[kind].roles == {Role.HANDLER} and state.handler in PEOPLE:
            person = state.handler
        what = ALL_FORMS[kind](Pen(rng, state, day, day))
        act = Act(
            command_id="x",
            actor=PEOPLE[person],
            what=what,
            effective_on=day,
            evidence=(PAPER,),
        )
        try:
            decide(state, act, now)
        except YishenError:
            continue
        if planned is not None:
            del plan[0]
        return Deed(on=day, person=person, what=what)
    return None


def _explicit(rng: Random, telling: Telling, deed: Deed, number: int) -> Deed:
    """The deed as it is recorded, so that nothing is taken from what happens to be known; what
    follows anew from the other facts may be left out."""
    event = telling.recorded(number)
    left_out = rng.choice(((), event.filled))
    return deed.changed(what=event.what.changed(**dict.fromkeys(left_out)))
