"""Statutes with every figure's source, settings with their choices, what a fee comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.checked import check_of
from domain.clock.readings import said
from domain.tariff import FeePart
from law.files import load_sources, load_statutes, load_tariff
from office.answers.statutes import Setting, statute_sheet
from office.legal_time import legal_now
from office.written import written_count
from speech import law as words
from speech.words import spoken
from texts.citations import choice, setting
from web.frame.gate import ByWhom
from web.frame.pages import page
from web.law import trying

router = APIRouter()
router.include_router(trying.router)

MOST = 1_000_000
"""Items or pages of one fee."""


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting in words; `choices`: each in words, its source, whether it is the office's."""

    name: str
    code: str
    choices: tuple[tuple[str, str, bool], ...]


@router.get("/calendar/law")
async def statutes(request: Request, who: ByWhom) -> Response:
    """Every statute there is, those in force first."""
    del who
    today = legal_now().date()
    known = sorted(
        load_statutes(), key=lambda law: (law.jurisdiction != "cn", not law.in_force(today), law.id)
    )
    return page(request, "statutes/list.html", statutes=known, words=words)


@router.get("/calendar/law/{name}")
async def statute(request: Request, who: ByWhom, name: str) -> Response:
    """One statute. InputError(no_statute)."""
    del who
    sheet = statute_sheet(name)
    sources = load_sources().get(sheet.law.id, {})
    return page(
        request,
        "statutes/statute.html",
        sheet=sheet,
        law=sheet.law,
        words=words,
        check_of=check_of,
        settings=[_setting(one, sources.get(one.name, {})) for one in sheet.settings],
    )


@router.get("/calendar/fees")
async def fees(
    request: Request, who: ByWhom, items: str = "", before: str = "", pages: str = ""
) -> Response:
    """The tariff, and what a number of items or pages comes to by it."""
    del who
    tariff = load_tariff(legal_now().date())
    asked = {"item": _count(items), "page": _count(pages)}
    came_before = _count(before) or 0
    found: dict[str, tuple[FeePart, ...]] = {}
    if asked["item"]:
        found["item"] = tariff.item.parts(asked["item"], came_before)
    if asked["page"]:
        found["page"] = tariff.page.parts(asked["page"])
    return page(
        request,
        "statutes/fees.html",
        tariff=tariff,
        scales={"item": tariff.item, "page": tariff.page},
        asked=asked,
        before=came_before,
        found=found,
        words=words,
    )


def _choice(line: Setting, value: str) -> str:
    return words.chosen(None) if line.chosen is None else choice(spoken(), line.name, value)


def _count(written: str) -> int | None:
    """What was typed as a number; what is none, or beyond all fees, asks nothing."""
    found = written_count(written)
    return found if found is not None and found <= MOST else None


def _setting(line: Setting, sources: Mapping[str, str]) -> SettingLine:
    values = line.choices or (said(line.chosen),)
    return SettingLine(
        name=setting(spoken(), line.name),
        code=line.name,
        choices=tuple(
            (_choice(line, value), sources.get(value, ""), value == said(line.chosen))
            for value in values
        ),
    )
