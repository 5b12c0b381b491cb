"""What holds for every case: against a naive walk, over random courses of events."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar.model import Calendar
from domain.clock import Channel, ClockEvent, ClockState, Receipt, reckon
from domain.clock import ClockEventKind as Kind
from domain.errors import YishenError
from domain.policy import Policy
from domain.statute import Statute
from tests.domain.clock.case import CN, STATUTES, d

NEW = STATUTES["cn-2019"]
ONE_DAY = timedelta(days=1)
days = st.dates(d("2021-01-01"), d("2024-06-30"))
asked = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=4)


def period_of(n: int) -> Statute:
    return NEW.model_copy(update={"period": NEW.period.model_copy(update={"n": n})})


def consultations(start: date, lengths: Sequence[tuple[int, int]]) -> list[ClockEvent]:
    """Agencies asked some days after the receipt and answering some days later."""
    found = []
    for i, (after, lasting) in enumerate(lengths):
        sent = start + timedelta(days=after)
        found.append((sent, 2 * i, ClockEvent(Kind.AGENCY_CONSULTED, sent, ref=str(i))))
        back = sent + timedelta(days=lasting)
        found.append((back, 2 * i + 1, ClockEvent(Kind.AGENCY_ANSWERED, back, ref=str(i))))
    return [event for _, _, event in sorted(found, key=lambda entry: entry[:2])]


def walk(start: date, n: int, events: Sequence[ClockEvent]) -> date:
    """Day by day: a working day counts unless some question was out on it that was asked before
    the period ended."""
    out = {
        event.ref: [event.at, other.at]
        for event in events
        for other in events
        if event.kind is Kind.AGENCY_CONSULTED
        and other.kind is Kind.AGENCY_ANSWERED
        and event.ref == other.ref
    }
    day, counted = start, 0
    while counted < n:
        day += ONE_DAY
        if CN.is_working_day(day) and not any(a < day <= b for a, b in out.values()):
            counted += 1
    return day


@given(days, asked, st.integers(1, 60))
def test_the_index_reckons_what_a_walk_reckons(
    start: date, lengths: Sequence[tuple[int, int]], n: int
) -> None:
    events = consultations(start, lengths)
    receipt = Receipt(channel=Channel.IN_PERSON, arrived=start)
    as_of = max([start, *(event.at for event in events)])
    found = reckon(period_of(n), CN, Policy(), receipt, events, as_of)
    assert found.due == walk(start, n, events)
    assert sum(span.counted for span in found.ledger) == n


@given(days, asked, st.integers(1, 40))
def test_a_longer_period_never_ends_earlier(
    start: date, lengths: Sequence[tuple[int, int]], n: int
) -> None:
    events = consultations(start, lengths)
    receipt = Receipt(channel=Channel.IN_PERSON, arrived=start)
    as_of = max([start, *(event.at for event in events)])
    shorter, longer = (
        reckon(period_of(k), CN, Policy(), receipt, events, as_of).due for k in (n, n + 1)
    )
    assert shorter is not None
    assert longer is not None
    assert start < shorter < longer


steps = st.lists(
    st.tuples(
        st.sampled_from([kind for kind in Kind if kind is not Kind.LIMIT_SET]), st.integers(0, 12)
    ),
    max_size=7,
)
policies = st.builds(
    Policy,
    late_correction_notice=st.sampled_from(["restart", "no_restart"]),
    exclusion_ends=st.sampled_from(["after_sent_to_answered", "both_ends"]),
    silent_consultation=st.sampled_from(["stop_at_limit", "until_answer"]),
    extension_after_restart=st.sampled_from(["allowed", "once_per_request"]),
    fee_restart=st.booleans(),
    committed_working_days=st.sampled_from([None, 10]),
)


@settings(max_examples=500)
@given(st.sampled_from(["cn-2008", "cn-2019"]), days, steps, policies, st.integers(0, 60))
def test_any_course_gives_a_coherent_answer_or_a_typed_no(
    name: str,
    start: date,
    course: Sequence[tuple[Kind, int]],
    policy: Policy,
    later: int,
) -> None:
    if name == "cn-2008":
        start = start.replace(year=start.year - 10, day=min(start.day, 28))
    day, events = start, []
    for kind, gap in course:
        day += timedelta(days=gap)
        n = 10 if kind is Kind.EXTENSION_GRANTED else None
        events.append(ClockEvent(kind, day, working_days=n))
    receipt = Receipt(channel=Channel.IN_PERSON, arrived=start)
    as_of = day + timedelta(days=later)
    try:
        found = reckon(STATUTES[name], CN, policy, receipt, events, as_of)
    except YishenError:
        return
    assert (found.due is not None) == (found.state in (ClockState.RUNNING, ClockState.ANSWERED))
    assert found.receipt_day == start
    if found.due is not None:
        assert found.day_zero is not None
        assert found.ledger[0].first == found.day_zero + ONE_DAY
        assert found.ledger[-1].last == found.due
        for before, after in pairwise(found.ledger):
            assert after.first == before.last + ONE_DAY
        assert all(span.article for span in found.ledger)
        extended = found.due_before_extension is not None
        assert sum(s.counted for s in found.ledger) == found.statute.period.n + 10 * extended
    if found.state is ClockState.PAUSED:
        assert found.due_if_answered is not None
        assert found.working_days_left is not None
        assert found.working_days_left > 0
        assert CN.count(as_of, found.due_if_answered) == found.working_days_left
        if found.due_at_latest is not None:
            assert found.due_at_latest >= found.due_if_answered
    else:
        assert found.due_if_answered is None
    assert len(found.warnings) == len(set(found.warnings))


@given(days, asked, st.integers(0, 10), st.integers(0, 15))
def test_a_restart_drops_what_was_closed_before_it(
    start: date, lengths: Sequence[tuple[int, int]], notice: int, correction: int
) -> None:
    sent = start + timedelta(days=notice)
    back = sent + timedelta(days=correction)
    before = consultations(start, lengths)
    closed = {e.ref for e in before if e.kind is Kind.AGENCY_ANSWERED and e.at <= sent}
    restart = [
        ClockEvent(Kind.CORRECTION_NOTICE_SENT, sent, correct_by=back),
        ClockEvent(Kind.CORRECTION_RECEIVED, back),
    ]
    receipt = Receipt(channel=Channel.IN_PERSON, arrived=start)
    events = [*(e for e in before if e.ref in closed), *restart]
    found = reckon(NEW, CN, Policy(), receipt, events, back)
    if found.superseded:
        assert found.due == CN.add_working_days(back, 20)


def test_a_slice_of_the_calendar_reckons_the_same() -> None:
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=d("2022-09-30"))
    part: Calendar = CN.slice([2022])
    assert reckon(NEW, part, Policy(), receipt, (), d("2022-10-08")).due == d("2022-11-02")
