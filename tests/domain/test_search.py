"""What a case is found by: names however they are dotted, numbers however they are grouped,
subjects by two characters and more."""

import pytest

from domain.search import CaseWords, SearchField, matches, sought, terms

CASE = CaseWords(
    applicant="阿依古丽·买买提",
    contact="手机 138 0013 8000，座机010-12345678 转 12；"
    "证件 11010519491231002X；Wang.Fang@example.cn",
    subject="2025年度部门预算、决算及ＧＤＰ增长\n的说明",
    consulted=("青禾（集团）有限公司", "John O'Neill"),
    dockets=("（2026）京01行初12号",),
)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ("阿依古丽·买买提", "applicant"),
        ("阿依古丽•买买提", "applicant"),
        ("阿依古丽・买买提", "applicant"),
        ("阿依古丽 买买提", "applicant"),
        ("阿依古丽买买提", "applicant"),
        ("阿依古丽", "applicant_part"),
        ("青禾(集团)有限公司", "third_party"),
        ("集团", "third_party"),
        ("JOHN O’NEILL", "third_party"),
        ("ｊｏｈｎ", "third_party"),
        ("13800138000", "number"),
        ("138-0013-8000", "number"),
        ("+86 138 0013 8000", "number"),
        ("01012345678", "number"),
        ("12345678", "number"),
        ("１１０１０５１９４９１２３１００２ｘ", "number"),
        ("wang.fang@EXAMPLE.cn", "number"),
        ("(2026)京01行初12号", "docket"),
        ("预算", "subject"),
        ("部门预算", "subject"),
        ("决算 2025 部门", "subject"),
        ("gdp", "subject"),
        ("增长的说明", "subject"),
        ("2025年", "subject"),
    ],
)
def test_a_case_is_found_by(wanted: str, field: str) -> None:
    assert [found.value for found in matches(CASE, wanted)] == [field]


@pytest.mark.parametrize(
    "wanted",
    [
        "阿依",  # half a part of a name
        "買買提",  # traditional characters are others
        "1380013800",  # not all of a number
        "12",  # an extension is no number of anybody
        "門預",
        "年",  # one character
        "预算 绩效",  # both have to be there
        "算部",
        "gd",  # words of an alphabet are found whole
        "、",
        "",
    ],
)
def test_a_case_is_not_found_by(wanted: str) -> None:
    assert list(matches(CASE, wanted)) == []


def test_neighbours_that_lie_apart_find_nothing() -> None:
    """All pairs are there, the words are not: what the index takes for a find is looked at."""
    spread = CaseWords(subject="城市规划，市规 划图和图城")
    terms_of = {term for field, term in terms(spread) if field is SearchField.SUBJECT}
    assert sought("规划图城市")[SearchField.SUBJECT] <= terms_of
    assert list(matches(spread, "规划图城市")) == []


def test_what_was_forgotten_is_found_by_nothing() -> None:
    gone = "〔…〕"
    assert terms(CaseWords(applicant=gone, contact=gone, subject=gone, consulted=(gone,))) == set()
