"""Whatever a case may decide can be handed over, written, read again, projected and verified."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload

import texts
from activities.mail import letter
from domain.case.act import Event
from register.engine import Register
from register.reads import queries
from register.verify import verify
from register.writes.outbox import pending_notices
from register.writes.record import record
from speech.detail import detail
from speech.names import NameBook
from speech.words import speak, spoken
from tests.domain.case.every_event import every_event, kinds
from tests.register.office import registered, summary
from workflows.activity_names import RecordBatch
from workflows.converter import data_converter

EVENTS = every_event()


def handed_over(value: Any) -> Any:
    """What the other side of the engine gets."""
    payload = data_converter.payload_converter.to_payloads([value])[0]
    wire = Payload.FromString(payload.SerializeToString())
    return data_converter.payload_converter.from_payloads([wire], [type(value)])[0]


def test_no_kind_of_fact_is_left_out() -> None:
    assert {type(event.what) for event in EVENTS} == set(kinds())
    assert [event.seq for event in EVENTS] == list(range(1, len(EVENTS) + 1))


def test_every_event_passes_the_engine_unchanged() -> None:
    for event in EVENTS:
        batch = RecordBatch(case_id="2026-0001", events=(event,), summary=summary(event.seq))
        assert handed_over(batch) == batch, event.what


def test_every_event_is_written_projected_and_verified(register: Register) -> None:
    case_id = registered(register, start_input={"organ": "jianning"}).id
    for event in EVENTS:
        with register.writing() as session:
            record(session, case_id, [event], summary(event.seq))
    with register.reading() as session:
        assert queries.events(session, case_id) == EVENTS
    with register.writing() as session:
        record(session, case_id, EVENTS, summary(len(EVENTS)))  # repeating finds nothing new
    report = verify(register)
    assert report.differences == ()
    assert report.events == len(EVENTS)


@pytest.fixture
def speaking() -> Iterator[None]:
    before = spoken()
    yield
    speak(before)


@pytest.mark.usefixtures("speaking")
@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_event_has_words(lang: str) -> None:
    speak(lang)
    for event in EVENTS:
        line = detail(event, "jianning", NameBook())
        assert "{" not in line, event.what
        assert "None" not in line, event.what


def test_every_notice_can_be_laid_down(register: Register) -> None:
    case_id = registered(register, start_input={"organ": "jianning"}).id
    with register.writing() as session:
        record(session, case_id, EVENTS, summary(len(EVENTS)))
    with register.reading() as session:
        waiting = pending_notices(session, case_id)
    assert {n.kind for n in waiting} >= {"assigned", "overdue", "law_revised"}
    for notice in waiting:
        assert letter(notice)


def test_an_event_read_from_its_text_is_the_event() -> None:
    for event in EVENTS:
        text = json.dumps(event.model_dump(mode="json", exclude_none=True))
        assert Event.model_validate_json(text) == event
