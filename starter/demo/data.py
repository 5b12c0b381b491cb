"""The files of the demonstration. The county's figures are real; everything else is invented."""

from functools import cache
from importlib.resources import files
from typing import Any

from domain.values import Value
from register.writes.directory import Directory


class ByLevel(Value):
    """Requests by the level of the organ that received them."""

    governments: int
    departments: int


class Received(Value, extra="ignore"):
    """Requests of the year."""

    by_level: ByLevel
    in_person: int
    online: int
    letter_or_fax: int
    total: int


class Annex(Value):
    """The published table: name, unit, this year, since 2008."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, str | None, int, int], ...]


class Proactive(Value, extra="ignore"):
    """Documents published on the office's own initiative."""

    documents: int
    on_website: int
    in_gazette: int


class PublishedReport(Value, extra="ignore"):
    """What the county published of one year."""

    organ: str
    year: int
    statute: str
    requests_received: Received
    proactive: Proactive
    annex: Annex


class Docket(Value):
    """Words from which a docket is made up."""

    mark: str
    applicant_mark: str
    surnames: str
    given: tuple[str, ...]
    towns: tuple[str, ...]
    villages: tuple[str, ...]
    subjects: dict[str, tuple[str, ...]]
    note: str
    reasons: str
    item_title: str
    form_wished: str
    location: str
    opening_source: str
    entered_source: str


def read(name: str) -> str:
    """A file of `starter/data`."""
    return files("starter").joinpath("data", name).read_text(encoding="utf-8")


@cache
def report() -> PublishedReport:
    """The published report of 2018."""
    return PublishedReport.model_validate_json(read("jianning-2018.json"))


@cache
def docket_words() -> Docket:
    """The words of the docket."""
    return Docket.model_validate_json(read("demo-docket.json"))


def office() -> Directory:
    """The invented office."""
    return Directory.model_validate_json(read("demo-office.json"))


Content = dict[str, Any]
"""One case as a history file has it (see `office.cases.moving_in`)."""
