"""The law as the engine knows it: every statute, figure, setting has its line; fees add up."""

import html

import pytest

from domain.policy import Policy
from law.files import load_statutes
from office.answers.statutes import statute_sheet
from speech.words import cited, speak
from tests.web.site import Browser
from texts.citations import choice, setting


@pytest.mark.parametrize("name", [law.id for law in load_statutes()])
async def test_a_statute_is_shown_with_every_source_and_period(wang: Browser, name: str) -> None:
    listed = (await wang.get("/calendar/law")).text
    assert f'href="/calendar/law/{name}"' in listed
    page = html.unescape((await wang.get(f"/calendar/law/{name}")).text)
    speak("zh")
    sheet = statute_sheet(name)
    for rule in sheet.rules:
        assert cited(rule.article) in page
        assert rule.checked is None or (rule.checked.text or "未与公开文本核对") in page
    for book in sheet.books:
        for versions in book.periods.values():
            assert all(cited(version.article) in page for version in versions)
    for one in sheet.settings:
        assert setting("zh", one.name) in page
        assert all(choice("zh", one.name, other) in page for other in one.choices)


async def test_no_code_stands_where_a_word_is_due(wang: Browser) -> None:
    page = (await wang.get("/calendar/law/cn-2019")).text
    assert not [name for name in Policy.model_fields if f">{name}<" in page]
    assert "decide_extended" not in page


async def test_a_fee_is_reckoned_part_by_part(wang: Browser) -> None:
    page = (await wang.get("/calendar/fees?items=35&pages=４０")).text
    assert "按件" in page
    assert "3000 元" in page
    assert "11–30" in page
    assert "100 元" in page
    later = (await wang.get("/calendar/fees?items=5&before=8")).text
    assert "300 元" in later


@pytest.mark.parametrize("asked", ["items=x", "items=-3", "items=99999999999999999999", "pages=0"])
async def test_nonsense_is_reckoned_as_nothing(wang: Browser, asked: str) -> None:
    answer = await wang.get(f"/calendar/fees?{asked}")
    assert (answer.status_code, "<tbody>" in answer.text) == (200, False)


async def test_a_statute_nobody_knows_is_refused_with_those_there_are(wang: Browser) -> None:
    answer = await wang.get("/calendar/law/nowhere")
    assert (answer.status_code, "cn-2019" in answer.text) == (422, True)
