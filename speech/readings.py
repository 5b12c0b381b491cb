"""The last days by other choices of settings, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.clock.readings import DatedReading, said
from speech.dates import day
from speech.words import spoken
from texts.citations import choice, setting


@dataclass(frozen=True, slots=True)
class OtherReading:
    """By another choice of one setting; `last_day` empty where none would run."""

    setting: str
    choice: str
    last_day: str


def other_readings(readings: Iterable[DatedReading]) -> Iterator[OtherReading]:
    """Those that the office has not chosen, the earliest last day first."""
    for reading in readings:
        if not reading.chosen:
            yield OtherReading(
                setting(spoken(), reading.setting),
                choice(spoken(), reading.setting, said(reading.value)),
                day(reading.due) if reading.due else "",
            )
