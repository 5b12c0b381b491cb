"""No text that people give holds what can't be kept, or would not be shown as written."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.calendar.file import CalendarFile
from domain.case import facts as f
from domain.case.act import Act
from domain.case.facts import NewApplicant
from domain.words import Line, Text, shown
from register.writes.directory import Directory
from register.writes.requests import NewRequest
from tests.domain.case.every_event import GIVEN, samples

STRANGE = (
    "\x00",
    "\x1b[1A\x1b[2K",
    "\x07",
    "\x7f",
    "\x9b2K",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ud800",
)

ENTRANCES: list[Any] = [f.OfficeFact, Act, NewApplicant, NewRequest, Directory, CalendarFile]
"""Everything through which words of people come in."""

OURS = {
    "ReconsiderationReceived.reply_kind": "filled in by the case",
    "LawsuitReceived.reply_kind": "filled in by the case",
    "ComplaintReceived.reply_kind": "filled in by the case",
    "EntryRefused.proposer": "filled in by the case",
    "ExtensionTold.basis": "filled in by the case",
    **dict.fromkeys(("Grant.organ", "Grant.department", "Actor.person"), "from the register"),
    **{
        f"NewRequest.{name}": "from the register and the law"
        for name in ("person", "organ", "channel", "statute")
    },
}
"""Text that no person gives where it is checked."""

WORKED_OUT = ("Offer", "Destination", "CitedPeriod")


def models(hint: Any) -> Iterator[type[BaseModel]]:
    """Every model that a value of that type can hold; the law is data of ours."""
    if hint in GIVEN:
        return
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
        for field in hint.model_fields.values():
            yield from models(field.annotation)
    elif get_origin(hint) is not None:
        for part in get_args(hint):
            yield from models(part)


def texts() -> Iterator[tuple[type[BaseModel], dict[str, Any], str]]:
    entered = {model for entrance in ENTRANCES for model in models(entrance)}
    for model in sorted(entered, key=lambda m: m.__name__):
        if model.__name__ in WORKED_OUT:
            continue
        full = list(samples(model))[1]
        values = {name: getattr(full, name) for name in model.model_fields}
        for name, value in values.items():
            if type(value) is str and name != "kind" and f"{model.__name__}.{name}" not in OURS:
                yield model, values, name


FIELDS = list(texts())


def test_the_walk_finds_what_is_there() -> None:
    names = {f"{model.__name__}.{name}" for model, _, name in FIELDS}
    assert names >= {
        "Noted.text",
        "Evidence.text",
        "Evidence.name",
        "Document.title",
        "NewApplicant.contact",
        "NewRequest.subject",
        "OrganEntry.name",
        "UserEntry.id",
        "CalendarFile.notice",
        "Act.command_id",
        "HearingSet.place",
    }


@pytest.mark.parametrize(
    ("model", "values", "name"), FIELDS, ids=[f"{m.__name__}.{n}" for m, _, n in FIELDS]
)
def test_no_entrance_takes_what_cannot_be_kept(
    model: type[BaseModel], values: dict[str, Any], name: str
) -> None:
    for strange in STRANGE:
        with pytest.raises(ValidationError) as refused:
            model(**{**values, name: f"文{strange}字"})
        assert any(error["loc"][:1] == (name,) for error in refused.value.errors())
    with pytest.raises(ValidationError):
        model(**{**values, name: "长" * 4001})


def test_lines_and_tabs_stay_where_they_make_sense() -> None:
    text: TypeAdapter[str] = TypeAdapter(Text)
    line: TypeAdapter[str] = TypeAdapter(Line)
    assert text.validate_python("一\r\n二\t三 ") == "一\n二\t三"
    assert line.validate_python(" 䶮玥 👨‍👩‍👧 ") == "䶮玥 👨‍👩‍👧"
    for broken in ("一\n二", "一\t二"):
        with pytest.raises(ValidationError):
            line.validate_python(broken)


def test_what_is_printed_moves_no_cursor() -> None:
    for strange in STRANGE:
        assert shown(f"文{strange}字").isprintable()
    assert shown("文\x1b[1A字") == "文\\u001b[1A字"
    assert shown("一\n二\t三") == "一\n二\t三"
