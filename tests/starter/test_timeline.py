"""What a line of the timeline says beside its kind."""

from datetime import date, datetime

from cli.case.detail import detail
from cli.frame import words
from cli.frame.names import NameBook
from domain.case.act import Event
from domain.case.facts import RemedyLapsed
from domain.case.people import Role
from domain.values import OFFICE_ZONE


def test_a_limit_that_silence_began_is_said_in_words() -> None:
    words.speak("zh")
    event = Event(
        seq=9,
        at=datetime(2026, 12, 1, tzinfo=OFFICE_ZONE),
        effective_on=date(2026, 11, 30),
        person="system",
        role=Role.SYSTEM,
        what=RemedyLapsed(limit="remedy_reconsideration", ref="silence", due=date(2026, 11, 30)),
    )
    said = detail(event, "qinghe", NameBook())
    assert "不作为" in said
    assert "silence" not in said
