"""Statute files: complete, cited, without gap or overlap, and plain data."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

import texts
from domain.errors import Code, InputError
from domain.in_force import check_validity, in_force
from domain.policy import Policy
from domain.statute import Channel, Statute
from law.files import load_calendar, load_policy, load_statutes, parse, parse_toml

STATUTES = {statute.id: statute for statute in load_statutes()}


def content(name: str) -> dict[str, Any]:
    text = files("law").joinpath("statutes", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(InputError) as error:
        parse(Statute, data, "x.toml")
    assert error.value.code is Code.BAD_LAW_FILE
    assert error.value.params["file"] == "x.toml"
    assert error.value.params["detail"]
    return error.value.params["field"]


@pytest.mark.parametrize(
    ("day", "statute"),
    [
        (date(2008, 5, 1), "cn-2008"),
        (date(2019, 5, 14), "cn-2008"),
        (date(2019, 5, 15), "cn-2019"),
        (date(2026, 1, 1), "cn-2019"),
    ],
)
def test_the_law_of_a_day(day: date, statute: str) -> None:
    assert in_force(load_statutes(), "cn", day).id == statute


def test_before_the_regulation_there_was_no_law() -> None:
    with pytest.raises(InputError) as error:
        in_force(load_statutes(), "cn", date(2008, 4, 30))
    assert error.value.code is Code.NO_STATUTE


@pytest.mark.parametrize("name", STATUTES)
def test_a_statute_survives_json_and_hashes_by_content(name: str) -> None:
    statute = STATUTES[name]
    again = Statute.model_validate_json(statute.model_dump_json())
    assert again == statute
    assert again.digest == statute.digest
    assert len({s.digest for s in STATUTES.values()}) == len(STATUTES)


@pytest.mark.parametrize("name", STATUTES)
def test_a_statute_knows_every_channel_and_its_calendar(name: str) -> None:
    assert set(STATUTES[name].receipt) == set(Channel)
    assert load_calendar(STATUTES[name].calendar).name == STATUTES[name].calendar


@pytest.mark.parametrize("name", ["cn-2008", "cn-2019"])
def test_a_figure_without_source_is_refused(name: str) -> None:
    data = content(name)
    del data["period"]["article"]
    assert refused(data) == "period.article"
    data = content(name)
    data["extension"]["article"] = ""
    assert refused(data) == "extension.article"


def test_an_unknown_unit_field_or_channel_is_refused() -> None:
    data = content("cn-2019")
    data["period"]["unit"] = "fortnight"
    assert refused(data) == "period.unit"
    data = content("cn-2019")
    data["consultations"]["third_party"]["limits"] = 3
    assert refused(data) == "consultations.third_party.limits"
    data = content("cn-2019")
    data["receipt"]["pigeon"] = data["receipt"]["fax"]
    assert refused(data).startswith("receipt.pigeon")


@pytest.mark.parametrize("ends", [date(2019, 5, 13), date(2019, 5, 15), None])
def test_a_gap_or_an_overlap_between_statutes_is_refused(ends: date | None) -> None:
    earlier = STATUTES["cn-2008"].model_copy(update={"in_force_to": ends})
    with pytest.raises(InputError) as error:
        check_validity([STATUTES["cn-2019"], earlier])
    assert error.value.params["file"] == "cn-2008.toml"
    assert error.value.params["field"] == "in_force_to"


def test_the_reply_kinds_carry_their_report_rows_and_needs() -> None:
    replies = STATUTES["cn-2019"].replies
    rows = [kind.report_row for kind in replies.values()]
    assert {f"refused_{i}" for i in range(1, 9)} <= set(rows)
    assert {f"not_processed_{i}" for i in range(1, 6)} <= set(rows)
    assert rows.count("cannot_provide_1") == 2
    assert replies["granted"].needs_signatures
    assert not replies["refused_internal"].needs_signatures
    assert replies["refused_internal"].needs_review
    undispatched = {code for code, kind in replies.items() if not kind.dispatchable}
    assert undispatched == {"correction_lapsed", "fee_unpaid", "withdrawn"}
    assert {kind.county_row for kind in STATUTES["cn-2008"].replies.values()} == {
        "granted",
        "partly",
        "refused",
        "other",
    }


def test_the_default_policy_file_says_what_the_model_defaults_to() -> None:
    assert load_policy() == Policy()


def test_a_bad_policy_file_is_refused_by_field() -> None:
    with pytest.raises(InputError) as error:
        parse_toml(Policy, 'confirmation_days = "soon"', "p.toml")
    assert error.value.params["field"] == "confirmation_days"
    with pytest.raises(InputError) as error:
        parse_toml(Policy, "confirmation_days = ", "p.toml")
    assert error.value.params["field"] == "file"


def test_a_reply_is_named_by_its_article_and_its_row_by_the_form() -> None:
    kind = STATUTES["cn-2019"].replies["does_not_exist"]
    assert (kind.article, kind.name.zh) == ("art 36(4)", "政府信息不存在")
    assert texts.text("zh", "terms.reply_kind.does_not_exist") == kind.name.zh
    row = texts.text("zh", f"figures.national.{kind.report_row}")
    assert row.endswith("本机关不掌握相关政府信息")
