"""The readings of a count with what each rests on, as every way out tells them."""

from dataclasses import dataclass
from datetime import date

from domain.clock.readings import Choice, Readings, said
from law.files import load_sources


@dataclass(frozen=True, slots=True)
class SourcedReading:
    """A last day of the reply by `setting` = `value`, and `source`: what speaks for that, or the
    text that leaves it open; None where nobody looked. `due` None: no period has an end yet by
    it; `chosen`: the office's own choice."""

    due: date | None
    setting: str
    value: Choice
    source: str | None
    chosen: bool


def sourced(readings: Readings) -> tuple[SourcedReading, ...]:
    """Where a setting gives another last day: each choice of it, the earliest day first."""
    of_statute = load_sources().get(readings.own.statute.id, {})
    return tuple(
        SourcedReading(
            r.due,
            r.setting,
            r.value,
            of_statute.get(r.setting, {}).get(said(r.value)),
            r.chosen,
        )
        for r in readings.days
    )
