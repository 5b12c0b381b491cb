"""What no text settles: by every choice the last day, counted by hand and against the clock."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.clock import Channel, ClockEvent, ClockState, Receipt, Reckoning, reckon
from domain.clock import ClockEventKind as Kind
from domain.clock.readings import CHOICES, readings, said
from domain.errors import YishenError
from domain.periods.ledger import RESTS
from domain.policy import Policy
from law.files import load_sources
from office.due.request import answer
from tests.domain.clock.case import CN, STATUTES
from tests.domain.clock.test_properties import days, steps

FILE = Path(__file__).parent / "golden" / "readings.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_choice_comes_to_what_was_counted_by_hand(case: dict[str, Any]) -> None:
    found = answer({**case["asked"], "events": case.get("events", [])})
    told = [
        f"{r['due']} {r['setting']}={said(r['value'])}: {r['source']}" + " (own)" * r["chosen"]
        for r in found["readings"]
    ]
    assert told == case["readings"]
    spans = [
        " ".join([s["from"], s["to"], *(f"{n}={said(v)}" for n, v in s["settings"].items())])
        for s in found["ledger"]
        if "settings" in s
    ]
    assert spans == case["spans"]


def test_every_choice_of_a_date_is_counted_by_hand() -> None:
    read = {line.split(":")[0].split()[1] for case in CASES for line in case["readings"]}
    dated = set(load_sources()["cn-2019"]) | set(load_sources()["cn-2008"])
    assert read == {f"{name}={said(value)}" for name in dated for value in CHOICES[name]}


policies = st.builds(
    Policy,
    **{name: st.sampled_from(choices) for name, choices in CHOICES.items()},
)
channels = st.sampled_from([Channel.IN_PERSON, Channel.MAIL_SIGNED, Channel.WEB_FORM])
Course = Sequence[tuple[Kind, int]]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(["cn-2008", "cn-2019"]), channels, days, steps, policies)
def test_a_reading_is_the_count_with_that_one_setting_changed(
    name: str, channel: Channel, start: date, course: Course, policy: Policy
) -> None:
    if name == "cn-2008":
        start = start.replace(year=start.year - 10, day=min(start.day, 28))
    day, events = start, [ClockEvent(Kind.RECEIPT_CONFIRMED, start)]
    for kind, gap in course:
        day += timedelta(days=gap)
        n = 10 if kind is Kind.EXTENSION_GRANTED else None
        events.append(ClockEvent(kind, day, working_days=n))
    receipt = Receipt(channel=channel, arrived=start)

    def count(policy: Policy) -> Reckoning:
        return reckon(STATUTES[name], CN, policy, receipt, events, day)

    def changed(setting: str, value: object) -> Reckoning | None:
        try:
            return count(policy.changed(**{setting: value}))
        except YishenError:
            return None

    try:
        found = readings(count, policy)
    except YishenError:
        return
    assert found.own == count(policy)
    told = {(r.setting, r.value): r.due for r in found.days}
    dated = [r.due or date.max for r in found.days]
    assert dated == sorted(dated)
    behind = list(found.behind(found.own.ledger, "reply"))
    for setting, choices in CHOICES.items():
        here = getattr(policy, setting)
        others = {v: r for v in choices if v != here and (r := changed(setting, v)) is not None}
        if found.own.state is not ClockState.PAUSED:
            last = {v: r.due or r.due_at_latest for v, r in others.items()}
            own = found.own.due
            wanted = {(setting, here): own} if set(last.values()) - {own} else {}
            wanted |= {(setting, v): due for v, due in last.items()} if wanted else {}
            assert {key: due for key, due in told.items() if key[0] == setting} == wanted
        for span, names in zip(found.own.ledger, behind, strict=True):
            kept = [
                any(s[:4] == span[:4] for s in other.ledger) or span.why in RESTS
                for other in others.values()
            ]
            assert (setting in names) == (not all(kept))
