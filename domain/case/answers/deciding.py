"""Which settings decided the days of a limit: what no text settles is said on the proof."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args, get_origin

from domain.case.answers.whatif import last_day
from domain.case.changes import replaced
from domain.case.count import count
from domain.case.state import CaseState
from domain.errors import YishenError
from domain.policy import Policy


def deciding(state: CaseState, as_of: date, name: str, ref: str | None) -> Iterator[str]:
    """The settings that decided the days of a limit: another choice would give other days, or
    the limit cites the setting."""
    here = _where(state, as_of, name, ref)
    article = here[2] if here else ""
    for setting, field in Policy.model_fields.items():
        if f"setting {setting}" in article:
            yield setting
            continue
        chosen = getattr(state.law.policy, setting)
        others = [choice for choice in _choices(field.annotation) if choice != chosen]
        for other in others:
            policy = state.law.policy.changed(**{setting: other})
            law = replaced(state.law, policy=policy)
            if _where(replaced(state, law=law), as_of, name, ref) != here:
                yield setting
                break


def _choices(annotation: object) -> tuple[object, ...]:
    if annotation is bool:
        return (False, True)
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _where(
    state: CaseState, as_of: date, name: str, ref: str | None
) -> tuple[date | None, date | None, str] | None:
    try:
        reckoning = count(state, as_of).reckoning
    except YishenError:
        return None
    if name == "reply":
        return reckoning.day_zero, last_day(reckoning), reckoning.article
    found = next((x for x in reckoning.limits if (x.name, x.ref) == (name, ref)), None)
    return (found.base, found.due, found.article) if found else None
