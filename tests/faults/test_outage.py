"""Engine and worker down over a due instant: every step recorded, the highest told."""

from datetime import date, datetime, timedelta

import pytest

from domain.case import facts as f
from domain.case.act import Event
from domain.values import OFFICE_ZONE
from law import files as lawfiles
from register.reads import queries
from tests.faults.site import Site
from tests.waiting import until

ASSIGNED = f.Assigned(department="ghj", handler="li")
DUE = date(2024, 9, 30)
MIDNIGHT = datetime(2024, 10, 1, tzinfo=OFFICE_ZONE)
LAST_CALL = MIDNIGHT - timedelta(seconds=2)
AHEAD = timedelta(seconds=20)
"""Between registration and midnight; engine and worker have to be down by the last call."""


async def test_what_was_missed_while_all_was_down_is_recorded_once_and_the_highest_told(
    place: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last call of one case is at two seconds to midnight, at midnight it is overdue; the
    applicant of another has until midnight to correct."""
    ladder = lawfiles.load_ladder().model_copy(update={"at": LAST_CALL.time()})
    monkeypatch.setattr(lawfiles, "load_ladder", lambda: ladder)
    offset = MIDNIGHT - AHEAD - datetime.now(OFFICE_ZONE)
    late, unclear = [
        (await place.office.open(arrived=day, clock_offset=offset)).id
        for day in (date(2024, 9, 2), date(2024, 9, 24))
    ]
    for case in (late, unclear):
        await place.office.do(case, "intake", ASSIGNED, on=date(2024, 9, 25))
    asked = f.CorrectionNoticeSent(points="请写明年份", correct_by=DUE)
    await place.office.do(unclear, "handler", asked, on=date(2024, 9, 26))
    before = {case: (await place.office.view(case)).state.seq for case in (late, unclear)}
    letters = {}
    for case, rows in before.items():
        await place.rows(case, rows)
        letters[case] = await place.letters(case)
    await place.kill_worker()
    await place.kill_engine()
    down = datetime.now(OFFICE_ZONE) + offset
    assert down < LAST_CALL, f"the machine is too slow: down only at {down}"

    async def over() -> bool:
        return datetime.now(OFFICE_ZONE) + offset > MIDNIGHT

    await until(over)
    await place.start_engine()
    await place.start_worker()
    await place.rows(late, before[late] + 3)
    await place.rows(unclear, before[unclear] + 1)
    missed = [e for e in recorded(place, late) if e.seq > before[late]]
    (opened,) = [e for e in missed if e.what.kind == "inaction_opened"]
    assert opened.effective_on == MIDNIGHT.date()
    assert [alarm(e) for e in missed if e is not opened] == [
        ("reply", "last_day", LAST_CALL, f.Delivery.OUTRANKED),
        ("reply", "overdue", MIDNIGHT, f.Delivery.DELIVERED),
    ]
    (lapse,) = [e for e in recorded(place, unclear) if e.seq > before[unclear]]
    assert lapse.what == f.Lapsed(cause=f.LapseCause.CORRECTION)
    assert lapse.effective_on == MIDNIGHT.date()
    assert all(e.at > MIDNIGHT for e in (*missed, lapse))
    # of the one: overdue to the supervisor, silence to legal and to the supervisor
    for case, told in ((late, 3), (unclear, 1)):
        found = await place.letters(case)
        assert len(found) == len(set(found)) == len(letters[case]) + told
        assert place.holds(case)


def recorded(place: Site, case: str) -> list[Event]:
    """The record of a case, numbered without gap."""
    with place.office.register.reading() as session:
        events = queries.events(session, case)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    return events


def alarm(event: Event) -> tuple[str, str, datetime, str]:
    """An alarm as the law sees it."""
    assert isinstance(event.what, f.AlarmRaised)
    return event.what.limit, event.what.step, event.what.instant, event.what.delivery
