"""The law of remedies as it goes into a case: rules, periods, and what the register knows of the
organ."""

from functools import cache
from importlib.resources import files

from domain.errors import Code, InputError
from domain.periods.book import PeriodBook
from domain.remedies.law import RemedyLaw, RemedyRules
from domain.remedies.organ import OrganProfile
from law.files import load_period_book, parse_toml


def load_remedy_law(organ: OrganProfile | None = None, jurisdiction: str = "cn") -> RemedyLaw:
    """For a case of `organ`, only what it can come to need. Raises bad_law_file."""
    whole = RemedyLaw(
        rules=_rules(jurisdiction),
        reconsideration=_book(f"{jurisdiction}-reconsideration"),
        litigation=_book(f"{jurisdiction}-litigation"),
        organ=organ or OrganProfile(),
    )
    return whole.trimmed()


def remedy_rules(jurisdiction: str) -> RemedyRules | None:
    """Where remedies go in a jurisdiction; None where there is no such file. Raises
    bad_law_file."""
    there = files("law").joinpath("remedies").joinpath(f"{jurisdiction}.toml").is_file()
    return _rules(jurisdiction) if there else None


@cache
def _rules(jurisdiction: str) -> RemedyRules:
    file = files("law").joinpath("remedies").joinpath(f"{jurisdiction}.toml")
    return parse_toml(RemedyRules, file.read_text(encoding="utf-8"), file.name)


def _book(name: str) -> PeriodBook:
    book = load_period_book(name)
    if book is None:
        raise InputError(Code.BAD_LAW_FILE, file=f"{name}.toml", field="file", detail="no_file")
    return book
