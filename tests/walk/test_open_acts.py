"""Along walks by the rules alone: what a person is offered the rules take, and what they take today
was offered."""

from random import Random

import pytest

from domain.case.act import Evidence
from domain.case.answers.late_acts import acts_entered_late
from domain.case.answers.open_acts import OpenAct, acts_open
from domain.case.decide import decide
from domain.case.table import acts_open_to
from tests.walk.office import PEOPLE
from tests.walk.pure import PureWalk
from tests.walk.steps import Step
from tests.walk.year import FIRST_DAYS

WALKS = 5
PROOF = Evidence(text="凭据", sha256="0" * 64)


def offered(walk: PureWalk, person: str) -> dict[str, OpenAct]:
    return {act.kind: act for act in acts_open(walk.state, PEOPLE[person], walk.now)}


@pytest.mark.parametrize("seed", range(WALKS))
def test_what_the_rules_take_today_was_offered(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    walk = PureWalk.begin(Random(seed), FIRST_DAYS[seed % len(FIRST_DAYS)])
    do = PureWalk.do

    def watched(self: PureWalk, number: int) -> None:
        before = {person: offered(self, person) for person in PEOPLE}
        permitted = {person: set(acts_open_to(self.state, PEOPLE[person])) for person in PEOPLE}
        assert {person: set(acts) for person, acts in before.items()} == permitted
        state, now = self.state, self.now
        done = len(self.taken)
        do(self, number)
        step: Step = self.steps[-1][1]
        kind = step.what.kind
        if len(self.taken) > done and step.on is None and kind in permitted[step.person]:
            assert before[step.person][kind].refused is None, step
            seen.append(kind)
        elif len(self.taken) > done and kind not in permitted[step.person]:
            late = {one.kind: one for one in acts_entered_late(state, PEOPLE[step.person], now)}
            assert kind in late, step
            assert step.on is not None
            assert late[kind].first <= step.on <= late[kind].last, step

    monkeypatch.setattr(PureWalk, "do", watched)
    walk.walk(30)
    assert seen


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_trial_that_is_offered_is_taken(seed: int) -> None:
    walk = PureWalk.begin(Random(seed), FIRST_DAYS[seed % len(FIRST_DAYS)]).walk(25)
    for person in PEOPLE:
        for act in offered(walk, person).values():
            if act.trial is not None:
                step = Step(person, act.trial, act.on, (PROOF,), None, None)
                assert decide(walk.state, step.act(f"try-{act.kind}"), walk.now).events
