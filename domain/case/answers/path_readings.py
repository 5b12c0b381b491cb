"""The remedies of a case by the other choice of the setting that orders them where no text does."""

from dataclasses import dataclass
from datetime import date

from domain.case.answers.open_paths import OpenPath, open_paths
from domain.case.changes import replaced
from domain.case.count import count
from domain.case.count import deadline as limit_as_it_runs
from domain.case.state import CaseState
from domain.clock.readings import Choice, alternatives

UNSETTLED = "remedy_path_unsettled"
"""The setting that decides an order which no text settles."""


@dataclass(frozen=True, slots=True)
class PathReading:
    """The paths by another choice of a setting that decided their order."""

    setting: str
    value: Choice
    paths: tuple[OpenPath, ...]


def path_readings(state: CaseState, today: date) -> tuple[PathReading, ...]:
    """By each other choice of the setting that decided an order no text settles, the paths with a
    period as they would be today; none where all is settled. Raises calendar_missing."""
    if not any(path.unsettled for path in open_paths(state)):
        return ()
    found = []
    for setting, value, policy in alternatives(state.law.policy):
        if setting == UNSETTLED:
            other = replaced(state, law=replaced(state.law, policy=policy))
            running = (run for run in count(other, today).running if run.due >= today)
            other = replaced(other, deadlines=tuple(map(limit_as_it_runs, running)))
            paths = tuple(p for p in open_paths(other) if p.unsettled and (p.until or p.after_days))
            found.append(PathReading(setting, value, paths))
    return tuple(found)
