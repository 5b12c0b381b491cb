"""What is wrong with an input is said at once, at each field, in the reader's words."""

import pytest
from pydantic import ValidationError

import texts
from cli.acts.fact_options import build
from domain.case.facts import ItemAdded, NewApplicant
from domain.errors import Code, InputError
from register.writes.directory import Directory
from speech import words
from speech.refusals import messages
from texts.problems import dotted, problems

WRONG_OFFICE = {
    "organs": [
        {"id": "", "name": "甲", "level": "county", "departments": [{"id": "a"}]},
        {"id": "b", "name": 3, "level": "department", "committed_working_days": 0, "colour": 1},
    ],
    "users": [{"id": "u", "name": "乙", "roles": [{"role": "king", "organ": "b"}]}],
}


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_problem_of_a_file_is_said_at_its_field(lang: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Directory.model_validate(WRONG_OFFICE)
    error = InputError(Code.BAD_OFFICE_FILE, problems=problems(caught.value), file="office.toml")
    words.speak(lang)
    said = messages(error)
    fields = (
        *("organs[0].id", "organs[0].level", "organs[0].departments[0].name", "organs[1].name"),
        *("organs[1].committed_working_days", "organs[1].colour", "users[0].roles[0].role"),
    )
    assert [next(f for f in fields if f" {f}" in line) for line in said] == list(fields)
    assert not any("nput should" in line or "{" in line for line in said)


def test_an_option_is_named_as_it_is_given() -> None:
    words.speak("zh")
    with pytest.raises(InputError) as caught:
        build(NewApplicant, {"name": "", "kind": "natural"})
    assert messages(caught.value)[0] == "字段“--name”不正确：不能为空"


def test_a_place_reads_as_it_is_written() -> None:
    assert dotted(("organs", 0, "departments", 2, "id")) == "organs[0].departments[2].id"
    assert dotted(()) == ""


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_word_of_the_wrong_form_is_told_which_form(lang: str) -> None:
    words.speak(lang)
    with pytest.raises(InputError) as caught:
        build(ItemAdded, {"ref": "第一 件", "title": "规划图", "sha256": "ab"})
    said = messages(caught.value)
    wanted = ("连字符", "哈希值") if lang == "zh" else ("hyphens", "SHA-256 of 64")
    assert [word in line for word, line in zip(wanted, said, strict=True)] == [True, True]
