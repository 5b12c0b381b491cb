"""The law as the engine knows it: every statute, figure, setting has its line; fees add up."""

import html
from datetime import timedelta

import pytest

from domain.policy import Policy
from law.files import load_statutes
from office.answers.statutes import statute_sheet
from office.due.line import answer
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
        if rule.checked is not None:
            text = rule.checked.text
            assert (text.zh if text else "未与公开文本核对") in page
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


# -- try a date ---------------------------------------------------------------------------------


async def test_a_date_is_counted_as_the_command_line_counts_it(wang: Browser) -> None:
    line = {
        "received": "2022-09-30",
        "channel": "in_person",
        "events": [{"kind": "extension_granted", "at": "2022-10-28", "working_days": 20}],
    }
    found = answer(line)
    query = "received=2022.9.30&channel=in_person&kind0=extension_granted&at0=2022-10-28&more0=20"
    page = html.unescape((await wang.get(f"/calendar/try?{query}")).text)
    assert found["due"] in page.split("</h1>")[0]
    for span in found["ledger"]:
        assert f'<td class="number">{span["from"]}</td>' in page
    assert '<li class="counted' in page
    assert 'value="2022.9.30"' in page


async def test_a_choice_of_a_setting_moves_the_day_and_is_told_beside_others(
    wang: Browser,
) -> None:
    path = "/calendar/try?received=2026-10-3&channel=email"
    own = await wang.get(path)
    other = await wang.get(f"{path}&p_electronic_receipt=submission")
    speak("zh")
    assert setting("zh", "electronic_receipt") in own.text
    titles = [page.text.split("<h1>")[1].split("</h1>")[0] for page in (own, other)]
    assert titles == ["试算日期", "最迟 2026-11-03 周二"]


async def test_a_period_is_counted_by_its_name(wang: Browser) -> None:
    found = answer({"period": "cn-litigation/defence", "from": "2026-03-02"})
    page = await wang.get("/calendar/try?period=cn-litigation/defence&from=2026年3月2日")
    assert found["due"] in page.text.split("</h1>")[0]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("received=x&channel=email", 422),
        ("received=2026-1-5&channel=pigeon", 422),
        ("received=2026-1-5&channel=email&kind0=nonsense&at0=2026-1-6", 422),
        ("received=2026-1-5&channel=email&kind0=paused&at0=x", 422),
        ("received=1850-1-5&channel=email", 422),
        ("received=9999-12-31&channel=in_person", 422),
        ("received=2026-1-5&channel=in_person&p_electronic_receipt=no", 422),
        ("received=2026-1-5&channel=in_person&as_of=2026-1-1&statute=nowhere", 422),
        ("period=cn-litigation/nothing&from=2026-1-1", 422),
        ("period=nonsense&from=", 422),
        ("kind0=paused", 200),
    ],
)
async def test_what_cannot_be_counted_says_so(wang: Browser, asked: str, status: int) -> None:
    page = await wang.get(f"/calendar/try?{asked}")
    assert (page.status_code, 'role="alert"' in page.text) == (status, status == 422)


async def test_the_reason_of_a_pause_is_offered_and_taken_by_its_word(wang: Browser) -> None:
    law = next(law for law in load_statutes() if "clarification" in (law.pause or {}))
    day = law.in_force_from + timedelta(days=400)
    asked = f"statute={law.id}&channel=email&received={day}&kind0=paused&at0={day}&more0="
    pages = [
        (await wang.get(f"/calendar/try?{asked}{w}")).text for w in ("clarification", "明确内容")
    ]
    answers = [page.partition("<main")[2].partition('<h2 id="ask">')[0] for page in pages]
    assert "<h1>" in answers[0]
    assert answers[0] == answers[1]
    assert '<option value="明确内容">' in pages[0]
    assert (await wang.get(f"/calendar/try?{asked}别的")).status_code == 422
