"""Walks by the rules alone: hundreds of acts, every field and every value among them."""

import types
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest

from domain.case.table import TABLE
from tests.walk.holds import problems
from tests.walk.pen import Pen
from tests.walk.pure import PureWalk
from tests.walk.steps import ALL_FORMS
from tests.walk.year import FIRST_DAYS

WALKS = 24
ACTS = 40
FILLINGS = 400
DERIVED = {("dispatched", "in_time"), ("dispatched", "offer"), ("registered", "receipt")}
DERIVED |= {("entry_amended", name) for name in ("statute", "calendar", "policy")}
DERIVED |= {("registered", name) for name in ("applicant", "subject", "form_wished")}
DERIVED |= {("registered", "confirmed_on"), ("entry_refused", "proposer")}
"""Filled in when the act is decided."""
DERIVED |= {(f"{kind}_received", "reply_kind") for kind in ("reconsideration", "complaint")}
DERIVED |= {("lawsuit_received", "reply_kind")}
DERIVED |= {("extension_told", "last_day"), ("extension_told", "basis")}
DERIVED |= {("remedy_notice_faulty", "of_round")}


def walked(seed: int) -> PureWalk:
    rng = Random(seed)
    return PureWalk.begin(rng, FIRST_DAYS[seed % len(FIRST_DAYS)]).walk(ACTS)


@pytest.fixture(scope="module")
def walks() -> list[PureWalk]:
    """The same ones at every run."""
    return [walked(seed) for seed in range(WALKS)]


def test_every_walk_holds(walks: list[PureWalk]) -> None:
    found = {
        seed: [*map(str, problems(walk.lived())), *walk.script()]
        for seed, walk in enumerate(walks)
        if any(problems(walk.lived()))
    }
    assert not found, "\n".join(f"{seed}: {line}" for seed, all_ in found.items() for line in all_)


def test_there_is_a_form_for_every_act() -> None:
    assert set(ALL_FORMS) == {*TABLE, "registered"}


def test_every_field_is_filled_and_left_out_and_has_each_of_its_values(
    walks: list[PureWalk],
) -> None:
    rng = Random("fields")
    seen: dict[tuple[str, str], set[Any]] = defaultdict(set)
    models = {}
    for kind, form in ALL_FORMS.items():
        for number in range(FILLINGS):
            walk = walks[number % len(walks)]
            what = form(Pen(rng, walk.state, walk.now.date(), walk.now.date()))
            models[kind] = type(what)
            for name in type(what).model_fields:
                value = getattr(what, name)
                seen[kind, name].add(value if isinstance(value, Enum | bool | None) else "filled")
    for kind, model in models.items():
        for name, field in model.model_fields.items():
            if name == "kind" or (kind, name) in DERIVED:
                continue
            wanted = set(values(field.annotation))
            assert wanted <= seen[kind, name], f"{kind}.{name}: never {wanted - seen[kind, name]}"


def values(hint: Any) -> Iterator[Any]:
    """What a field has to have been: each value of a closed set, nothing where it may be left
    out, else anything."""
    if hint is types.NoneType:
        yield None
    elif get_origin(hint) is Annotated:
        yield from values(get_args(hint)[0])
    elif get_origin(hint) in (Union, types.UnionType):
        for part in get_args(hint):
            yield from values(part)
    elif hint is bool:
        yield from (True, False)
    elif isinstance(hint, type) and issubclass(hint, Enum):
        yield from hint
    elif get_origin(hint) is not Literal:
        yield "filled"
