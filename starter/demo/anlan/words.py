"""The county as it is written down in `starter/data/demo-anlan.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Literal

from domain.statute import Channel
from domain.values import Value
from register.writes.directory import Directory, GrantEntry, OrganEntry, UserEntry
from starter.demo.data import read

FILE = "demo-anlan.toml"


class ApplicantGroup(Value):
    """One of the kinds of applicants; `weight` its share."""

    group: str
    kind: Literal["natural", "legal"]
    weight: int
    names: tuple[str, ...]


class CasePlan(Value):
    """How some cases went. `ago`: working days from the last step to today, from and to;
    `last_year`: it was done in the year before; `training`: days by which the case's own time is
    behind; `confirm`: a receipt that needs it is confirmed."""

    name: str
    cases: int
    steps: tuple[str, ...]
    ago: tuple[int, int] = (0, 0)
    channels: tuple[Channel, ...] = ()
    confirm: bool = True
    last_year: bool = False
    training: int = 0


class County(Value):
    """All of the file."""

    mark: str
    name_mark: str
    mail: str
    people: tuple[str, ...]
    organs: tuple[OrganEntry, ...]
    applicants: tuple[ApplicantGroup, ...]
    words: dict[str, tuple[str, ...]]
    subjects: dict[str, tuple[str, ...]]
    titles: dict[str, tuple[str, ...]]
    said: dict[str, dict[str, tuple[str, ...]]]
    evidence: dict[str, str]
    parts: dict[str, tuple[str, ...]]
    plan: tuple[CasePlan, ...]

    def steps(self, plan: CasePlan) -> list["PlanStep"]:
        """The steps of a plan, its parts written out."""
        return [PlanStep.read(line) for line in self._written(plan.steps)]

    def _written(self, lines: tuple[str, ...]) -> list[str]:
        out: list[str] = []
        for line in lines:
            name = line.removeprefix("@")
            out += self._written(self.parts[name]) if name != line else [line]
        return out


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One act of a plan: its kind, working days after the one before (from and to), options."""

    kind: str
    gap: tuple[int, int]
    options: dict[str, str]

    @classmethod
    def read(cls, line: str) -> "PlanStep":
        """A line of the file: `kind gap name=value …`; a name alone is a yes."""
        kind, gap, *options = line.split()
        return cls(kind, span(gap), {n: v.replace("~", " ") for n, v in map(_option, options)})

    def option(self, name: str, rng: Random) -> str | None:
        """One of the values of an option."""
        value = self.options.get(name)
        return None if value is None else rng.choice(value.split("|"))

    def number(self, rng: Random) -> int:
        """How often it is done."""
        return rng.randint(*span(self.options.get("n", "1")))


def _option(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value or "true"


def span(text: str) -> tuple[int, int]:
    """`a-b`, or one number."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)


@cache
def county() -> County:
    """The invented county."""
    return County.model_validate(tomllib.loads(read(FILE)))


def directory() -> Directory:
    """Its organs and people, as an office file says them."""
    found = county()
    return Directory(organs=found.organs, users=tuple(_user(line) for line in found.people))


def _user(line: str) -> UserEntry:
    user, name, *roles = line.split()
    return UserEntry(
        id=user,
        name=f"{name}{county().name_mark}",
        email=f"{user}@{county().mail}",
        roles=tuple(_grant(role) for role in roles),
    )


def _grant(text: str) -> GrantEntry:
    role, _, place = text.partition("@")
    organ, _, department = place.partition("/")
    return GrantEntry.model_validate(
        {"role": role, "organ": organ, "department": department or None}
    )


@dataclass(frozen=True, slots=True)
class Pen:
    """Picks words: the same for the same case, whatever day it is."""

    rng: Random
    organ: str
    year: int

    def one(self, choices: tuple[str, ...]) -> str:
        """One of them, its blanks filled."""
        return self.fill(self.rng.choice(choices))

    def fill(self, text: str) -> str:
        """`text` with a word for each of its blanks."""
        values: dict[str, Any] = {n: self.rng.choice(w) for n, w in county().words.items()}
        return text.format(
            year=self.year - self.rng.randint(0, 2), number=self.rng.randint(3, 180), **values
        )

    def name(self, of: str) -> str:
        """Somebody outside, marked as invented."""
        return f"{self.rng.choice(county().words[of])}{county().name_mark}"

    def said(self, kind: str) -> dict[str, str]:
        """Words for the fields of an act."""
        return {name: self.one(choices) for name, choices in county().said.get(kind, {}).items()}

    def title(self) -> str:
        """Name of a document."""
        return f"{county().mark}{self.rng.choice(county().titles['any'])}"

    def subject(self) -> str:
        """What is asked for."""
        return county().mark + self.one(county().subjects[self.organ])

    def applicant(self) -> dict[str, str]:
        """Who asks."""
        groups = county().applicants
        [group] = self.rng.choices(groups, [g.weight for g in groups])
        name = f"{self.one(group.names)}{county().name_mark}"
        return {"kind": group.kind, "name": name, **self.said("registered")}
