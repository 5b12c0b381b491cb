"""Who is told what, by the rules alone; who holds the role is the register's to know."""

from datetime import date, timedelta

import pytest

from domain.case import facts as f
from domain.case.act import Act, Event
from domain.case.notices import NOTICED, Telling, is_notice, tellings
from domain.case.opening import blank, open_case
from domain.case.people import MoveIn, Role, told
from domain.case.tasks import summarise
from domain.clock import Receipt
from domain.statute import Channel, Party
from tests.domain.case.desk import DEPARTMENT, HANDLER, ORGAN, PEOPLE, Desk, law, noon
from tests.domain.case.every_event import kinds
from tests.domain.case.remedies import contested

DAY = date(2024, 9, 2)


def of(desk: Desk, *kinds: str) -> list[Telling]:
    """What the events of these kinds tell, as of now."""
    summary, registered_at = summarise(desk.state, None), desk.events[0].at
    found = [e for e in desk.events if e.what.kind in kinds]
    return [t for e in found for t in tellings(e, summary, registered_at)]


def whom(found: list[Telling]) -> list[tuple[str, Role, str | None]]:
    return [(t.kind, t.role, t.person) for t in found]


def later(desk: Desk) -> Desk:
    """The next day: not at the instant of registration."""
    return desk.until(desk.day + timedelta(days=1))


def test_the_new_handler_is_told_and_nobody_else() -> None:
    desk = later(Desk.open(DAY)).assign()
    (only,) = of(desk, "assigned")
    assert whom([only]) == [("assigned", Role.HANDLER, HANDLER)]
    assert only.payload == {"due": "2024-09-30"}


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    desk = later(Desk.open(DAY)).assign().notice()
    later(desk).do(Role.HANDLER, f.CorrectionReceived())
    assert of(desk, "correction_received") == []
    other = later(Desk.open(DAY)).assign().notice()
    later(other).do(Role.INTAKE, f.CorrectionReceived())
    assert whom(of(other, "correction_received")) == [
        ("correction_received", Role.HANDLER, HANDLER)
    ]


def test_who_has_to_dispatch_is_told_that_the_reply_is_approved() -> None:
    """No reminder would: while a letter is unanswered the reply period stands still."""
    desk = later(Desk.open(DAY)).assign().add().review().sign().consult(party=Party.AGENCY)
    desk.draft().approve()
    (only,) = of(desk, "reply_approved")
    assert whom([only]) == [("reply_approved", Role.HANDLER, HANDLER)]
    assert only.payload == {"due": None}


def test_of_silence_the_legal_people_and_the_supervisors_hear() -> None:
    desk = Desk.open(DAY, case_law=contested()).until(date(2024, 10, 8))
    assert whom(of(desk, "inaction_opened")) == [
        ("inaction_opened", Role.LEGAL, None),
        ("inaction_opened", Role.SUPERVISOR, None),
    ]


def test_a_step_is_told_to_whom_it_addresses_with_its_days() -> None:
    desk = later(Desk.open(DAY)).assign().until(date(2024, 9, 27))
    reminders = [t for t in of(desk, "alarm_raised") if t.payload["limit"] == "reply"]
    assert {(t.kind, t.role, t.person) for t in reminders} == {("reminder", Role.HANDLER, HANDLER)}
    assert all(t.payload["left"] > 0 for t in reminders)


def test_what_was_outranked_tells_nobody() -> None:
    desk = later(Desk.open(DAY)).assign().until(date(2024, 11, 4))
    silent = [
        e
        for e in desk.events
        if isinstance(e.what, f.AlarmRaised) and e.what.delivery is f.Delivery.OUTRANKED
    ]
    assert silent
    assert not any(is_notice(e) or told_by(desk, e) for e in silent)


def test_of_the_past_that_moves_in_only_who_has_the_case_and_what_is_overdue_is_news() -> None:
    """A finished one tells nobody at all."""
    past: list[tuple[str, date, f.OfficeFact]] = [
        ("老王", DAY, f.Assigned(department=DEPARTMENT, handler="张建国（已退休，虚构）")),
        ("老王", DAY, f.Reassigned(department=DEPARTMENT, handler=HANDLER, reason="退休")),
        (HANDLER, DAY, f.ExtensionAsked(working_days=5, reason="材料多")),
        ("科长", DAY, f.ExtensionRefused(reason="不必")),
    ]
    assert _told_at_the_move(past) == {("reassigned", HANDLER), ("overdue_higher", None)}
    past_and_end = [*past, ("老王", DAY, f.Withdrawn())]
    assert _told_at_the_move(past_and_end) == set()


@pytest.mark.parametrize("kind", NOTICED)
def test_every_kind_that_is_told_is_a_fact(kind: str) -> None:
    assert kind in {fact.model_fields["kind"].default for fact in kinds()}


def _told_at_the_move(past: list[tuple[str, date, f.OfficeFact]]) -> set[tuple[str, str | None]]:
    done = open_case(
        blank("2024-0001", ORGAN, law()),
        Receipt(channel=Channel.MAIL_SIGNED, arrived=DAY),
        told("老王"),
        "c0",
        noon(date(2024, 10, 14)),
        [
            Act(command_id=f"h{n}", actor=told(who), what=what, effective_on=on)
            for n, (who, on, what) in enumerate(past)
        ],
        MoveIn(
            intake=PEOPLE[Role.INTAKE],
            head=PEOPLE[Role.DISCLOSURE_HEAD],
            first_day=date(2024, 10, 10),
        ),
    )
    summary = summarise(done.state, None)
    found = [t for e in done.events for t in tellings(e, summary, done.events[0].at)]
    return {(t.kind, t.person) for t in found}


def told_by(desk: Desk, event: Event) -> tuple[Telling, ...]:
    return tellings(event, summarise(desk.state, None), desk.events[0].at)
