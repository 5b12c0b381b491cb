"""What thousands of cases carry alike takes the memory of one."""

import gc
import weakref
from datetime import date

from domain.case.facts import LawRevised
from domain.case.state import Law
from domain.statute import Statute
from law.files import load_calendar, load_ladder, load_policy, load_statutes
from law.remedy_law import load_remedy_law


def law(**changes: object) -> str:
    """A law as the message that starts a case brings it."""
    content = {
        "statute": load_statutes()[0].pinned(),
        "calendar": load_calendar("cn").slice([2026, 2027]),
        "policy": load_policy(),
        "ladder": load_ladder(),
        "rules": 1,
        "remedies": load_remedy_law(),
    }
    return Law.model_validate(content | changes).model_dump_json()


def test_the_laws_of_two_cases_are_one_object_part_by_part() -> None:
    text = law()
    one, other = Law.model_validate_json(text), Law.model_validate_json(text)
    for part in ("statute", "calendar", "policy", "ladder", "remedies"):
        assert getattr(one, part) is getattr(other, part), part


def test_what_differs_stays_apart() -> None:
    one, other = load_statutes()[0].pinned(), load_statutes()[1].pinned()
    revised = load_calendar("cn").slice([2026])
    first, second = (Law.model_validate_json(law(statute=s)) for s in (one, other))
    assert (first.statute, second.statute) == (one, other)
    assert first.calendar is second.calendar
    assert LawRevised(calendar=revised).calendar != first.calendar


def test_a_revision_brings_the_same_object_to_every_case() -> None:
    text = LawRevised(calendar=load_calendar("cn").slice([2026])).model_dump_json()
    brought = [LawRevised.model_validate_json(text).calendar for _ in range(2)]
    assert brought[0] is brought[1]


def test_a_law_that_no_case_has_any_more_is_forgotten() -> None:
    changed = load_statutes()[0].model_copy(update={"in_force_to": date(2999, 1, 1)})
    case = Law.model_validate_json(law(statute=changed))
    held: weakref.ref[Statute] = weakref.ref(case.statute)
    del case, changed
    gc.collect()
    assert held() is None
