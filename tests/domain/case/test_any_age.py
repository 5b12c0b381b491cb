"""Cases of any age and length: a short record that says what passed, and no long computing."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import facts as f
from domain.case.act import Act
from domain.case.agenda import backlog, pass_over, settle, upcoming
from domain.case.decide import decide
from domain.case.opening import blank, open_case, opening
from domain.case.people import MoveIn, Role
from domain.case.record import Decided
from domain.case.revising import revise
from domain.case.state import CaseState, Law
from domain.clock import Receipt
from domain.ladder import climb, steps
from domain.policy import Policy
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from law.remedy_law import load_remedy_law
from tests.domain.case.desk import DEPARTMENT, HANDLER, ORGAN, PEOPLE, law, noon
from tests.domain.case.remedies import COUNTY
from workflows.case import SLICE

TODAY = date(2026, 11, 25)
AGES = (1, 10, 30, 60, 200, 400, 1100, 2700, 3700, 15 * 365)
"""Days since the request was received."""
LIVES = tuple(zip(AGES, (20, 300, 2000, 1, 20, 300, 20, 300, 1, 2000), strict=True))
"""Ages with numbers of acts."""
SECONDS = 0.5
"""Of processor time for what is done in one go; on an idle machine it takes a tenth of it."""


def law_of(arrived: date) -> Law:
    found = law("cn-2019" if arrived >= date(2019, 5, 15) else "cn-2008", policy=Policy())
    return found.model_copy(update={"remedies": load_remedy_law(COUNTY)})


def received(age: int) -> date:
    return TODAY - timedelta(days=age)


def opened(age: int, on: date = TODAY) -> Decided:
    """Received so many days before today, registered on that day."""
    arrived = received(age)
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived)
    state = blank("c", ORGAN, law_of(arrived))
    return open_case(state, receipt, PEOPLE[Role.INTAKE], "c0", noon(on))


MOVE_IN = MoveIn(
    intake=PEOPLE[Role.INTAKE],
    head=PEOPLE[Role.DISCLOSURE_HEAD],
    first_day=TODAY + timedelta(days=1),
)


def past(arrived: date, length: int) -> list[Act]:
    """An assignment, then remarks and items, spread over the time up to today."""
    span = (TODAY - arrived).days
    assigned = f.Assigned(department=DEPARTMENT, handler=HANDLER)
    acts = [Act(command_id="h0", actor=PEOPLE[Role.INTAKE], what=assigned, effective_on=arrived)]
    for number in range(1, length):
        what = (
            f.ItemAdded(ref=f"i{number}", title="规划图（虚构）")
            if number % 100 == 0
            else f.Noted(text=f"第{number}次电话")
        )
        on = arrived + timedelta(days=span * number // length)
        acts.append(
            Act(command_id=f"h{number}", actor=PEOPLE[Role.HANDLER], what=what, effective_on=on)
        )
    return acts


def within(seconds: float, what: Callable[[], Decided]) -> Decided:
    begun = process_time()
    done = what()
    assert process_time() - begun < seconds
    return done


def alarms(decided: Decided) -> list[f.AlarmRaised]:
    return [e.what for e in decided.events if isinstance(e.what, f.AlarmRaised)]


def walked(state: CaseState) -> Iterator[tuple[str, date, int, datetime]]:
    """The ladder of each running limit, step by step up to now."""
    for d in state.deadlines:
        ladder = steps(state.law.ladder, state.calendar, d.name, d.base, d.due)
        found = list(takewhile(lambda step: step.instant <= noon(TODAY), ladder))
        if found:
            yield d.name, d.due, len(found), found[-1].instant


@pytest.mark.parametrize("age", AGES)
def test_a_request_received_long_ago_is_opened_by_one_alarm_for_each_limit(age: int) -> None:
    opened(age)  # the calendar is compiled once
    done = within(SECONDS, lambda: opened(age))
    limits = [(a.limit, a.ref) for a in alarms(done)]
    assert len(limits) == len(set(limits))
    assert len(done.events) < 12
    said = {(a.limit, a.due): (a.passed + 1, a.instant) for a in alarms(done)}
    for name, due, number, last in walked(done.state):
        assert said[(name, due)] == (number, last)
    thing = upcoming(done.state)
    assert thing is None or thing.instant > noon(TODAY)
    assert all(a.since is not None and a.since < a.instant for a in alarms(done) if a.passed)


@pytest.mark.parametrize("age", [a for a in AGES if a > 60])
def test_of_a_case_overdue_when_it_is_opened_the_present_step_is_told_once(age: int) -> None:
    told = [a for a in alarms(opened(age)) if a.delivery == "delivered" and a.limit == "reply"]
    assert [a.step for a in told] == ["overdue_higher"]


@pytest.mark.parametrize("age", AGES)
def test_what_a_long_outage_missed_is_recorded_once_each_in_slices(age: int) -> None:
    """Registered on the day it came, then nobody worked until today."""
    state = opened(age, received(age)).state
    found: list[f.AlarmRaised] = []
    assert backlog(state, noon(TODAY)) >= 0
    while (thing := upcoming(state)) is not None and thing.instant <= noon(TODAY):
        part = within(SECONDS, lambda s=state: settle(s, noon(TODAY), most=SLICE))  # type: ignore[misc]
        found += alarms(part)
        state = part.state
    at_once = settle(opened(age, received(age)).state, noon(TODAY))
    assert found == alarms(at_once)
    assert state == at_once.state
    assert all(a.passed == 0 for a in found)
    of_reply = [a for a in found if a.limit == "reply"]
    assert [a.instant for a in of_reply] == sorted({a.instant for a in of_reply})
    assert sum(a.delivery == "delivered" for a in of_reply) == min(1, len(of_reply))


@pytest.mark.parametrize(("age", "length"), LIVES)
def test_a_long_past_moves_in_by_short_pieces(age: int, length: int) -> None:
    arrived = received(age)
    state = blank("c", ORGAN, law_of(arrived))
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived)
    pieces = opening(
        state, receipt, PEOPLE[Role.INTAKE], "c0", noon(TODAY), past(arrived, length), MOVE_IN
    )
    events = taken = 0
    begun = process_time()
    for number, piece in enumerate(pieces, 1):
        events += len(piece.events)
        taken += number % SLICE == 0
        state = piece.state
    assert process_time() - begun < SECONDS * (taken + 1)
    assert events <= length + 12
    act = Act(command_id="n", actor=PEOPLE[Role.HANDLER], what=f.Noted(text="来电"))
    within(SECONDS, lambda: decide(state, act, noon(TODAY)))
    within(SECONDS, lambda: settle(state, noon(TODAY)))


@pytest.mark.parametrize("age", AGES)
def test_another_calendar_moves_an_old_limit_without_a_new_ladder_of_years(age: int) -> None:
    state = opened(age).state
    calendar = state.law.calendar
    day = calendar.add_working_days(received(age), 2)
    years = dict(calendar.years)
    years[day.year] = years[day.year].model_copy(update={"off": (*years[day.year].off, day)})
    fact = f.LawRevised(calendar=calendar.model_copy(update={"years": years}), version="v2")

    def whole() -> Decided:
        done = revise(state, fact, "r", noon(TODAY))
        after = pass_over(done.state, noon(TODAY))
        return Decided((*done.events, *after.events), after.state)

    whole()
    done = within(SECONDS, whole)
    assert len(done.events) < 12
    thing = upcoming(done.state)
    assert thing is None or thing.instant > noon(TODAY)


FIRST = datetime(2019, 6, 1, tzinfo=OFFICE_ZONE)
instants = st.integers(0, 2700 * 24 * 2).map(lambda n: FIRST + timedelta(minutes=30 * n))


@given(
    limit=st.sampled_from(
        ["reply", "correction", "committed", "correction_notice", "answer_awaited", "unknown"]
    ),
    due=st.dates(date(2019, 6, 1), date(2026, 12, 31)),
    length=st.integers(0, 60),
    after=st.none() | instants,
    until=instants,
)
@settings(max_examples=100, deadline=None)
def test_counting_the_steps_is_walking_them(
    limit: str, due: date, length: int, after: datetime | None, until: datetime
) -> None:
    case = law("cn-2019")
    base = due - timedelta(days=length)
    span = (case.ladder, case.calendar, limit, base, due)
    everything = list(takewhile(lambda step: step.instant <= until, steps(*span)))
    walk = [step for step in everything if after is None or step.instant > after]
    found = climb(*span, after, until)
    if not walk:
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.last, found.count) == (walk[0], walk[-1], len(walk))
    assert list(takewhile(lambda step: step.instant <= until, steps(*span, after))) == walk


def test_the_morning_of_a_step_belongs_to_it() -> None:
    """At 09:00 the step is there, a moment before it is not."""
    case = law("cn-2019")
    span = (case.ladder, case.calendar, "reply", date(2024, 9, 2), date(2024, 9, 30))
    nine = datetime.combine(date(2024, 10, 9), time(9), tzinfo=OFFICE_ZONE)
    before = climb(*span, None, nine - timedelta(microseconds=1))
    there = climb(*span, None, nine)
    assert before is not None
    assert there is not None
    assert (there.last.instant, there.count) == (nine, before.count + 1)
