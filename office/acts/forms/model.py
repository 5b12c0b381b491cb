"""The form of an act: its fields, what each asks for, and when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from domain.case.facts import Attack, Ordering
from domain.case.people import Role


class Asks(StrEnum):
    """What a field asks for. Words are free; all else is picked, or read as what it is."""

    PERSON = "person"
    """Of the case's organ, holding the field's role."""
    DEPARTMENT = "department"
    ITEM = "item"
    LETTER = "letter"
    PROCEEDING = "proceeding"
    HEARING = "hearing"
    ROUND = "round"
    """Which reply of the case, from 1."""
    ENTRY = "entry"
    REPLY_KIND = "reply_kind"
    """One of those that the statute of the case knows."""
    ARTICLE = "article"
    """One that the statute of the case cites for what it refuses, or another the law names."""
    CHOICE = "choice"
    YES_NO = "yes_no"
    DAY = "day"
    ARRIVAL = "arrival"
    """A day, or an instant."""
    INSTANT = "instant"
    AMOUNT = "amount"
    """Yuan, two decimals."""
    COUNT = "count"
    FILE = "file"
    PAPERS = "papers"
    """Files, each with a title."""
    LINE = "line"
    TEXT = "text"
    NEW_REF = "new_ref"
    """The ref of what the act begins; nobody has to think of one."""
    SHOWN = "shown"
    """Hashes of what the person was shown: handed back as they were."""
    VALUES = "values"
    """Other values of an entry, each NAME=VALUE."""


PICKED = frozenset(
    {
        *(Asks.PERSON, Asks.DEPARTMENT, Asks.ITEM, Asks.LETTER, Asks.PROCEEDING, Asks.HEARING),
        *(Asks.ROUND, Asks.ENTRY, Asks.REPLY_KIND, Asks.ARTICLE, Asks.CHOICE),
    }
)
"""What is picked from a list; see `office.acts.forms.choosing`."""

_ABOUT = ("ref", "seq", "hearing")
_SHARED = (Attack, Ordering)
"""What many acts may say beside what is their own."""

UNASKED = frozenset({Asks.NEW_REF, Asks.SHOWN})
"""What a page hands back without asking."""


@dataclass(frozen=True, slots=True)
class Depends:
    """While the field `name` has one of `values`; none named: while it has any."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `name`: as it is given, by an option or an input; `fills`: where it stands in the
    fact; `type` of one value, of a choice its values.

    `required`: in every case; `shown`: asked for only then (None: always); `needed`: only then
    it may not be left out. `found`: left out, it follows from the case. `default`: what stands
    there first, as it would be submitted. `past`: of a day, that it has been (False: that it is
    still to come), `earliest` in a case; `least`, `most` of a number, `longest` of
    words, in characters; `terms`: the group of a choice's words; `role` of a person. `label`,
    `hint`: keys of the texts.
    """

    name: str
    asks: Asks
    fills: tuple[str, ...]
    type: Any
    label: str
    hint: str | None
    required: bool = False
    many: bool = False
    found: bool = False
    shown: Depends | None = None
    needed: Depends | None = None
    default: tuple[str, ...] = ()
    past: bool | None = None
    earliest: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = None
    terms: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class ActForm:
    """The form `name` of an act of that kind; its fields in the order of the fact. `fact`: the
    model they fill; `amends`: the entry that it puts right."""

    name: str
    kind: str
    fact: type[BaseModel]
    fields: tuple[FormField, ...]
    amends: int | None = None

    def field(self, name: str) -> FormField | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def asked(self) -> tuple[FormField, ...]:
        """The fields that a person fills in: first what the act is about."""
        found = [field for field in self.fields if field.asks not in UNASKED]
        more = set().union(
            *(base.model_fields for base in self.fact.__mro__[1:] if base in _SHARED)
        )
        return tuple(sorted(found, key=lambda f: (f.name not in _ABOUT, f.fills[0] in more)))
