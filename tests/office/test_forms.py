"""Every act has one form: what may only be picked is picked, and every field has its name."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

import texts
from domain.case.facts.common import Ref, Sha256, Text
from domain.case.table import TABLE
from domain.values import Value
from domain.words import Label, Line
from office.acts.forms import Asks, every_form, form_of
from office.acts.forms.deriving import derived
from office.acts.forms.model import PICKED

WORDS = (Asks.LINE, Asks.TEXT)
FORMS = {form.name: form for form in every_form()}
FREE_LABELS = {("accountability_recorded", "article")}
"""An article of whichever law a measure rests on."""


def inner(hint: Any) -> Any:
    """The type of one value."""
    if hint in (Text, Line, Label, Ref, Sha256):
        return hint
    if get_origin(hint) in (Annotated, tuple):
        return inner(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return inner(get_args(hint)[0])
    return hint


def test_every_act_of_the_table_has_a_form() -> None:
    assert {form.kind for form in FORMS.values()} == {*TABLE, "registered"}


@pytest.mark.parametrize("name", FORMS)
def test_no_field_is_free_text_where_only_some_values_are_valid(name: str) -> None:
    form = FORMS[name]
    hints = get_type_hints(form.fact, include_extras=True)
    for field in form.fields:
        of = inner(hints[field.fills[0]])
        for part in field.fills[1:]:
            of = inner(get_type_hints(of, include_extras=True)[part])
        if field.asks in WORDS:
            assert of in (Text, Line) or (name, field.name) in FREE_LABELS, field.name
            assert field.longest is not None
        elif of in (Ref, Label) or get_origin(of) is Literal:
            assert field.asks in (*PICKED, Asks.NEW_REF), field.name
        elif isinstance(of, type) and issubclass(of, Enum):
            assert (field.asks, field.terms is not None) == (Asks.CHOICE, True), field.name


def test_a_name_that_nothing_says_the_meaning_of_is_no_field() -> None:
    class Urged(Value):
        kind: Literal["urged"] = "urged"
        channel_of_urging: Label

    with pytest.raises(TypeError, match="channel_of_urging"):
        derived("urged", Urged)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_field_has_its_name_and_every_choice_its_words(lang: str) -> None:
    for form in FORMS.values():
        for field in form.asked:
            assert texts.has(lang, field.label), (form.name, field.name)
            for value in get_args(field.type) if get_origin(field.type) is Literal else ():
                assert texts.has(lang, f"terms.{field.terms}.{value}"), (form.name, field.name)
            if isinstance(field.type, type) and issubclass(field.type, Enum):
                for one in field.type:
                    assert texts.has(lang, f"terms.{field.terms}.{one}"), (form.name, field.name)


def test_a_condition_names_a_field_and_values_it_may_have() -> None:
    for form in FORMS.values():
        for field in form.fields:
            for when in filter(None, (field.shown, field.needed)):
                asked = form.field(when.name)
                assert asked is not None, (form.name, field.name)
                if when.values:  # else: once anything stands there
                    known = {"true"} if asked.asks is Asks.YES_NO else set(allowed(asked.type))
                    assert set(when.values) <= known, (form.name, field.name)


def allowed(of: Any) -> tuple[str, ...]:
    return get_args(of) if get_origin(of) is Literal else tuple(one.value for one in of)


def test_bounds_and_defaults_are_those_of_the_fact() -> None:
    asked = form_of("extension_asked").field("working_days")
    assert asked is not None
    assert (asked.asks, str(asked.least), str(asked.most)) == (Asks.COUNT, "1", "366")
    paid = form_of("fee_paid").field("amount")
    assert paid is not None
    assert (paid.asks, paid.least) == (Asks.AMOUNT, Decimal("0.01"))
    notice = form_of("dispatched").field("remedy_notice")
    assert notice is not None
    assert (notice.default, notice.required) == (("given",), False)


def test_days_say_whether_they_have_been() -> None:
    ahead = {
        (form.name, field.name)
        for form in FORMS.values()
        for field in form.fields
        if field.past is False
    }
    assert ahead == {
        ("correction_notice_sent", "correct_by"),
        ("reinstated", "until"),
        ("limit_set", "until"),
        ("complaint_received", "answer_by"),
        ("training_advanced", "to"),
    }
    assert {date, datetime} >= {
        field.type
        for form in FORMS.values()
        for field in form.fields
        if field.asks in (Asks.DAY, Asks.INSTANT)
    }


def test_nobody_is_asked_for_a_ref_or_a_hash() -> None:
    for form in FORMS.values():
        for field in form.asked:
            assert field.asks not in (Asks.NEW_REF, Asks.SHOWN)
            assert field.type != Sha256 or field.asks is Asks.FILE
    assert [field.name for field in form_of("item_added").asked] == ["title", "document", "pages"]
    first = form_of("judgment_received").asked[0]
    assert (first.name, first.asks) == ("ref", Asks.PROCEEDING)
