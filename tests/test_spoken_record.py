"""The record and the papers are read in their language: every kind of event with every value it may
have, and every paper, as people see them."""

import re
from datetime import date

import pytest

import texts
from domain.case.act import Event
from domain.remedies.organ import OrganProfile
from law.files import load_statutes
from papers.page import evidence_page
from papers.remedy_notice import notice_lines
from speech import words
from speech.dates import days_in_words
from speech.detail import detail
from speech.names import NameBook
from tests.domain.case.every_event import WORDS, every_event
from tests.papers.test_evidence import ORGAN, sheet, standings, words_of
from tests.starter.test_remedy_notice import offered
from tests.test_spoken import ALLOWED, CODE, strange

WRITTEN = (WORDS, "".join(WORDS.split()), ORGAN, "依申〔2024〕1号", "依申")
"""What somebody wrote, in whatever language; a citation as its reader drops its spaces."""

CHINESE = re.compile("[\u4e00-\u9fff]+")
HASHES = re.compile(r"\b[0-9a-f]{32,}\b|https?://\S+")


def foreign(said: str, lang: str) -> list[str]:
    """Codes, names of fields and words of the other language."""
    for word in WRITTEN:
        said = said.replace(word, " ")
    said = HASHES.sub(" ", said)
    if lang == "zh":
        return strange(said)
    return CODE.findall(ALLOWED.sub(" ", said)) + CHINESE.findall(said)


def test_days_of_tables_are_said_in_words_and_nothing_else_is_touched() -> None:
    words.speak("zh")
    said = days_in_words(
        "截至 2026-03-09（暂定）；2026-02-31；12026-03-09；2027-01-04", date(2026, 5, 6)
    )
    assert said == "截至 3月9日（周一）（暂定）；2026-02-31；12026-03-09；2027年1月4日（周一）"


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_line_of_a_timeline_is_in_its_language(lang: str) -> None:
    words.speak(lang)
    office = {"zh": ("李明", "自然资源和规划局"), "en": ("Li Ming", "planning")}[lang]
    names = NameBook(people={"li": office[0]}, departments={("qinghe", "zfb"): office[1]})
    events = every_event()
    assert len({event.what.kind for event in events}) > 50
    left = {
        (event.what.kind, said): found
        for event in events
        if (found := foreign(said := detail(_told(event), "qinghe", names), lang))
    }
    assert left == {}


def _told(event: Event) -> Event:
    """Limits belong to letters and proceedings with short refs, not to words."""
    moved = tuple(change.changed(ref="t1") for change in event.deadlines)
    return event.changed(deadlines=moved)


def test_a_day_is_called_a_limit_only_where_it_is_one() -> None:
    words.speak("zh")
    for event in every_event():
        what = event.what
        if what.kind in ("consultation_sent", "fee_notice_sent") and what.delivered:
            assert "2026-03-09 送达" in detail(event, "qinghe", NameBook())
        if what.kind == "registered" and what.confirmed_on:
            assert "2026-03-09 确认收到" in detail(event, "qinghe", NameBook())
        if what.kind == "limit_set":
            assert "截至 2026-03-09" in detail(event, "qinghe", NameBook())


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_sheet_is_in_its_language(lang: str) -> None:
    for case in standings():
        assert foreign(words_of(evidence_page(sheet(*case), lang)), lang) == [], case[1:]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_notice_of_remedies_is_in_its_language(lang: str) -> None:
    for kind in next(s for s in load_statutes() if s.id == "cn-2019").replies:
        offer = offered(kind, OrganProfile())
        assert foreign("\n".join(notice_lines(offer, lang)), lang) == [], kind
