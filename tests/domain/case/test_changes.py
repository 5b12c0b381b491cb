"""Folds can only change what is there, to what it may be.

Each line that is marked `type: ignore` is a mistake that the type check has to find: where it no
longer does, the check itself fails, as an ignored error that is none is one.
"""

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_overloads, get_type_hints

import pytest
from pydantic import BaseModel

from domain.case.changes import Changes, replaced
from domain.case.parts import Consultation, Fee, Item
from domain.case.state import CaseState
from domain.case.topics.base import retick, tick
from domain.case.topics.proceedings import change
from domain.clock import ClockEvent, ClockEventKind
from domain.remedies.proceeding import Proceeding

DAY = date(2024, 9, 2)
CASE = Path(__file__).parents[3] / "domain" / "case"


def mistaken_name(state: CaseState) -> Changes:
    return {"endng": None}  # type: ignore[typeddict-unknown-key]


def mistaken_value(state: CaseState) -> Changes:
    return {"receipt_day": "2024-09-02"}  # type: ignore[typeddict-item]


def mistaken_beside(state: CaseState) -> Changes:
    ticked = tick(state, ClockEvent(ClockEventKind.WITHDRAWN, DAY))
    return ticked | {"endng": None}  # type: ignore[return-value]


def mistaken_copies(state: CaseState, item: Item, letter: Consultation, p: Proceeding) -> None:
    replaced(item, titel="预算")  # type: ignore[call-overload]
    replaced(letter, answered="yes")  # type: ignore[call-overload]
    replaced(p, effectiv=DAY)  # type: ignore[call-overload]
    change(state, "r1", overturnd=True)  # type: ignore[call-arg]
    change(state, "r1", overturned=DAY)  # type: ignore[arg-type]


def mistaken_ticks(state: CaseState) -> None:
    tick(state, ClockEvent(ClockEventKind.FEE_PAID, DAY, untill=DAY))  # type: ignore[call-arg]
    retick(state, lambda e: e.until, ClockEventKind.FEE_PAID)  # type: ignore[arg-type,return-value]


def mistaken_models() -> None:
    Fee(amount="40", sent=DAY, delivered=DAY)  # type: ignore[arg-type]
    Fee(amout=40, sent=DAY, delivered=DAY)  # type: ignore[call-arg]


def test_every_change_names_fields_of_its_model_with_their_types() -> None:
    found = get_overloads(replaced)
    assert len(found) > 5
    for overload in found:
        model, changes = _model_and_changes(overload)
        hints = get_type_hints(model)
        assert {n: hints.get(n) for n in changes} == changes, model


def test_everything_of_a_case_but_its_identity_can_change() -> None:
    assert set(Changes.__annotations__) == set(CaseState.model_fields) - {"id", "organ"}


@pytest.mark.parametrize("path", sorted(CASE.rglob("*.py")), ids=lambda p: p.stem)
def test_no_other_way_to_change_a_model_is_used(path: Path) -> None:
    """`model_copy(update=…)` takes any name and any value."""
    if path.name == "changes.py":
        return
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    copies = [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "model_copy"
    ]
    assert copies == []


def _model_and_changes(overload: Callable[..., Any]) -> tuple[type[BaseModel], dict[str, Any]]:
    hints = get_type_hints(overload)
    (changes,) = hints["changes"].__args__
    return hints["value"], get_type_hints(changes)
