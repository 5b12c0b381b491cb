"""The remedies of one case for machines."""

from dataclasses import asdict
from datetime import date
from typing import Any

from domain.case.answers.open_paths import OpenPath, open_paths
from domain.case.answers.path_readings import path_readings
from domain.case.state import CaseState
from domain.remedies.proceeding import Proceeding
from domain.remedies.progress import in_proceeding, progress
from speech.words import spoken


def as_json(state: CaseState, today: date) -> dict[str, Any]:
    """The same as data."""
    offer = state.dispatch.offer if state.dispatch else None
    notice: list[str] = []
    if offer is not None:
        from papers.remedy_notice import notice_lines

        notice = notice_lines(offer, spoken())
    return {
        "round": state.round,
        "opened_by": state.opened_by,
        "silence": state.silence and state.silence.due,
        "open": [_path_json(p) for p in open_paths(state)],
        "readings": [
            {
                "setting": reading.setting,
                "value": reading.value,
                "open": [_path_json(p) for p in reading.paths],
            }
            for reading in path_readings(state, today)
        ],
        "lapsed": [x.model_dump(mode="json") for x in state.path_lapses],
        "proceedings": [_proceeding_json(state, p) for p in state.proceedings],
        "accountability": [x.model_dump(mode="json") for x in state.accountability],
        "notice": notice,
    }


def _path_json(path: OpenPath) -> dict[str, Any]:
    body = asdict(path) | {
        "organs": [o.model_dump(mode="json") for o in path.organs],
        "bounds": [b.model_dump(mode="json") for b in path.bounds],
        "readings": [asdict(r) | {"due": str(r.due)} for r in path.readings],
    }
    return {k: str(v) if isinstance(v, date) else v for k, v in body.items()}


def _proceeding_json(state: CaseState, p: Proceeding) -> dict[str, Any]:
    mine = [d for d in state.deadlines if in_proceeding(d.name, d.ref, p.ref)]
    return p.model_dump(mode="json") | {
        "progress": progress(p),
        "open": p.open,
        "limits": [d.model_dump(mode="json") for d in sorted(mine, key=lambda d: d.due)],
    }
