"""What is filled in is what is recorded: facts of every kind, written into the form of their act as
a browser would send them, come out as they were."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.table import TABLE
from office.acts.forms import form_of
from office.acts.forms.deriving import written
from office.acts.forms.filling import Filled, GivenFile, fill
from office.acts.forms.model import ActForm, Asks
from tests.walk.pen import Pen
from tests.walk.pure import PureWalk
from tests.walk.steps import ALL_FORMS
from tests.walk.year import FIRST_DAYS

FILLINGS = 60
APART = ("entry_amended", "signed")
"""Filled in by another form, or shown and handed back."""

ONLY_IN_FORMS = frozenset({"only_with", "not_after", "not_before"})
"""What a form does not let anybody say, and an act may."""


def sent(form: ActForm, fact: Any, today: Any) -> Filled:
    values: dict[str, tuple[str, ...]] = {}
    files: dict[str, list[GivenFile]] = {}
    for field in form.fields:
        value = fact
        for name in field.fills:
            value = getattr(value, name, None)
        if field.asks is Asks.FILE:
            files[field.name] = [GivenFile(value, "文件.pdf")] if value else []
        elif field.asks is Asks.PAPERS:
            files[field.name] = [GivenFile(paper.sha256, paper.title) for paper in value]
        elif value is not None:
            values[field.name] = ("false",) if value is False else written(value)
    return fill(form, values, today, files)


@pytest.mark.parametrize("kind", sorted(set(TABLE) - set(APART)))
def test_a_fact_comes_out_of_its_form_as_it_went_in(kind: str) -> None:
    walk = PureWalk.begin(Random(kind), FIRST_DAYS[0]).walk(25)
    rng, form, outcomes = Random(kind), form_of(kind), Counter[str]()
    for _ in range(FILLINGS):
        today = walk.now.date()
        fact = ALL_FORMS[kind](Pen(rng, walk.state, today, today))
        found = sent(form, fact, today)
        wrong = {problem.expected for problem in found.problems}
        if wrong:
            outcomes[" ".join(sorted(wrong))] += 1
            known = wrong <= ONLY_IN_FORMS | {"missing", "one_of"}
            assert known, (fact, found.problems)
            continue
        outcomes["same"] += 1
        made: f.OfficeFact = form.fact.model_validate(found.values)  # type: ignore[assignment]
        skipped = {"by_tariff"}
        assert made.model_dump(exclude=skipped) == fact.model_dump(exclude=skipped)
    assert outcomes["same"], outcomes
