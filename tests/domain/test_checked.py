"""Every file of the law says who compared which figure with which text, and when."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import law
from domain.case.count import count
from domain.checked import FigureCheck, check_of
from domain.clock import Channel
from domain.errors import Code, InputError
from domain.periods.book import PeriodBook
from domain.remedies.law import RemedyRules
from law.files import load_period_book, load_statutes, parse_toml
from law.remedy_law import remedy_rules
from office.answers.checked import of_limits
from office.due.line import answer
from tests.domain.case.desk import Desk
from tests.domain.case.desk import law as law_of_a_case

LAW = Path(law.__file__).parent
BOOKS = sorted(path.stem for path in (LAW / "periods").glob("*.toml"))
REMEDIES = sorted(path.stem for path in (LAW / "remedies").glob("*.toml"))
STATUTES = {statute.id: statute for statute in load_statutes()}
SAY = (
    "say in [checked] of the file who compared it with which text, and when (without a text: none)"
)


@pytest.mark.parametrize("name", STATUTES)
def test_a_statute_answers_for_each_of_its_figures(name: str) -> None:
    statute = STATUTES[name]
    missing = set(statute.figures) - set(statute.checked)
    assert not missing, f"{missing}: {SAY}"
    assert "[checked]" in (LAW / "statutes" / f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_answers_for_each_version_of_its_periods(name: str) -> None:
    book = load_period_book(name)
    assert book is not None
    missing = [
        f"{period} {version.in_force_from}"
        for period, versions in book.periods.items()
        for version in versions
        if check_of(book.checked, period, version.in_force_from) is None
    ]
    assert not missing, f"{missing}: {SAY}"


@pytest.mark.parametrize("name", REMEDIES)
def test_the_rules_of_remedies_answer_for_theirs(name: str) -> None:
    rules = remedy_rules(name)
    assert rules is not None
    assert {"first", "places", "courts"} <= set(rules.checked)


def test_who_and_when_are_needed_and_no_figure_is_made_up() -> None:
    text = (LAW / "periods" / "de-ifg.toml").read_text(encoding="utf-8")
    for wrong in (
        text.replace("on = ", "at = "),
        text.replace("by = ", "bye = "),
        text.replace("[checked]\nthird_party", "[checked]\nfourth_party"),
    ):
        assert wrong != text
        with pytest.raises(InputError) as error:
            parse_toml(PeriodBook, wrong, "de-ifg.toml")
        assert error.value.code is Code.BAD_LAW_FILE


def test_a_case_carries_the_law_and_not_who_checked_it() -> None:
    statute = STATUTES["cn-2019"]
    assert statute.checked
    assert not statute.pinned().checked
    assert statute.pinned().model_dump(exclude={"checked"}) == statute.model_dump(
        exclude={"checked"}
    )


def test_an_answer_says_which_of_its_figures_nobody_checked() -> None:
    line = {"channel": "email", "received": "2024-03-01"}
    assert "unchecked" not in answer({**line, "channel": "in_person"})
    assert "extension" not in answer({**line, "statute": "ca-bc-foippa"})["unchecked"]
    extended = {"kind": "extension_granted", "at": "2024-03-20", "working_days": 10}
    found = answer({**line, "statute": "ca-bc-foippa", "events": [extended]})
    assert "extension" in found["unchecked"]
    assert answer({**line, "statute": "hk-code"})["unchecked"] == [
        "in_force_from", "receipt", "period", "inner"
    ]  # fmt: skip


def test_the_limit_of_payment_is_a_figure_of_its_own() -> None:
    notice = {"kind": "fee_notice_sent", "at": "2024-03-05"}
    line = {"channel": "in_person", "received": "2024-03-01", "events": [notice]}
    assert answer(line)["unchecked"] == ["fee_payment"]


def test_an_answer_of_a_named_period_says_so_of_its_version() -> None:
    today = {"period": "cn-litigation/sue", "from": "2024-03-01"}
    assert "unchecked" not in answer(today)
    then = {"period": "cn-litigation/sue", "from": "2012-03-01"}
    assert answer(then)["unchecked"] == ["cn-litigation/sue"]


def test_a_limit_of_a_case_says_which_of_its_figures_nobody_checked() -> None:
    older = Desk.open(date(2018, 3, 1), Channel.WEB_FORM, case_law=law_of_a_case("cn-2008"))
    pinned = older.state.law.statute
    reckoning = count(older.state, older.day).reckoning
    assert not pinned.checked
    article = pinned.period.article
    assert of_limits(pinned, reckoning, [("reply", article)]) == ("receipt",)
    silence = ("sue", "litigation interpretation 2018 art 66")
    assert of_limits(pinned, reckoning, [silence]) == ("cn-litigation/sue_inaction",)
    newer = Desk.open(date(2024, 3, 1), Channel.IN_PERSON)
    statute, reckoning = newer.state.law.statute, count(newer.state, newer.day).reckoning
    assert of_limits(statute, reckoning, [("reply", statute.period.article)]) == ()


def test_no_check_lies_in_the_future_of_its_file() -> None:
    for path in sorted(LAW.glob("*/*.toml")):
        checks = tomllib.loads(path.read_text(encoding="utf-8")).get("checked", {})
        assert all(check["on"] >= date(2026, 11, 1) for check in checks.values()), path.name


def test_a_text_is_named_in_both_languages_but_for_plain_addresses() -> None:
    for path in sorted(LAW.glob("*/*.toml")):
        checks = tomllib.loads(path.read_text(encoding="utf-8")).get("checked", {})
        for name, check in checks.items():
            text = FigureCheck.model_validate(check).text
            if text is not None and " " in text.en:
                assert not text.zh.isascii(), (path.name, name)
                assert text.en.isascii(), (path.name, name)


def test_rules_of_remedies_know_their_versions() -> None:
    rules = remedy_rules("cn")
    assert isinstance(rules, RemedyRules)
    old = check_of(rules.checked, "places", date(1999, 10, 1))
    new = check_of(rules.checked, "places", date(2024, 1, 1))
    assert old is not None
    assert new is not None
    assert (old.text, bool(new.text)) == (None, True)
