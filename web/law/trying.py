"""Try a date: what a receipt and what happened since come to, nothing of it on record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.answers.day_strip import strip_of_count
from domain.clock import Channel
from domain.clock import ClockEventKind as Kind
from domain.clock.readings import said
from domain.errors import Code, InputError, YishenError
from domain.policy import Policy
from law.files import load_calendar, load_period_books, load_policy, load_statutes
from office.answers.calendars import packaged
from office.due import period as period_line
from office.due.in_words import in_words
from office.due.request import counted
from office.legal_time import legal_now
from office.written import written_count, written_day
from register.reads.calendars import held_days
from speech import law as words
from speech.due import DueWords, answer_pairs, span_row
from speech.refusals import messages
from speech.words import spoken, term
from texts.citations import choice, setting
from web.cases.strip import StripView, view_of
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()

ROWS, MOST = 3, 20
"""Empty lines for what happened, beside those that were filled in; lines at most."""

DAY_OF = {
    Kind.CORRECTION_NOTICE_SENT: "correct_by",
    Kind.THIRD_PARTY_CONSULTED: "delivered",
    Kind.COPRODUCER_CONSULTED: "delivered",
    Kind.AGENCY_CONSULTED: "delivered",
    Kind.FEE_NOTICE_SENT: "delivered",
    Kind.LIMIT_SET: "until",
    Kind.ACKNOWLEDGED: "until",
    Kind.EXTENSION_GRANTED: "until",
}
"""What a further day of an event says."""


@dataclass(frozen=True, slots=True)
class TriedEvent:
    """One line: what happened, when, and a further day or number."""

    kind: str
    at: str
    more: str


@dataclass(frozen=True, slots=True)
class TriedAnswer:
    """What it comes to, in words; `readings`: the day by other choices of settings."""

    due: str
    pairs: list[tuple[str, str]]
    limits: list[tuple[str, str]]
    strip: StripView | None
    ledger: list[list[str]]
    readings: list[tuple[str, str, str, bool]]


@router.get("/calendar/try")
async def form(request: Request, who: ByWhom) -> Response:
    """The form with what was asked, and its answer below."""
    asked = request.query_params
    today = legal_now().date()
    events = [
        TriedEvent(*(asked.get(f"{name}{n}", "") for name in ("kind", "at", "more")))
        for n in range(MOST)
    ]
    events = [event for event in events if event.kind]
    answer, lines = None, []
    if asked.get("received"):
        held = await who.process.read(lambda session: held_days(session).calendar)
        try:
            line = _line(asked, events, today)
            found = counted(line, held)
            days = held if held and held.name == found.own.statute.calendar else None
            strip = strip_of_count(found.own, days or load_calendar(found.own.statute.calendar))
            seen = view_of(strip, found.own.as_of) if strip else None
            answer = _answer(in_words(found), seen, dated="as_of" in line)
        except YishenError as error:
            lines = messages(error)
        except OverflowError:
            lines = messages(InputError(Code.BAD_FIELD, field="received", detail="date_range"))
    elif asked.get("period"):
        try:
            begun = written_day(asked.get("from", ""), today).isoformat()
            found_period = period_line.answer({"period": asked["period"], "from": begun})
            answer = _answer_of_period(found_period)
        except YishenError as error:
            lines = messages(error)
    return page(
        request,
        "statutes/try.html",
        status=422 if lines else 200,
        asked=asked,
        events=[*events, *([TriedEvent("", "", "")] * ROWS)][:MOST],
        answer=answer,
        lines=lines,
        channels=[(str(channel), term("receipt_channel", channel)) for channel in Channel],
        kinds=[(str(kind), term("kind", kind)) for kind in Kind],
        statutes=[(law.id, words.named(law.name)) for law in load_statutes()],
        variants=[(name, words.law_word("name", name)) for name in _variants()],
        reasons=list(_reasons()),
        settings=list(_settings(asked)),
        books=load_period_books(packaged().name),
        words=words,
    )


def _names() -> dict[str, str]:
    return {law.id: words.named(law.name) for law in load_statutes()}


def _variants() -> list[str]:
    return sorted({name for law in load_statutes() for name in law.variants})


def _reasons() -> dict[str, str]:
    """Why the clock may pause, by its word."""
    found = sorted({reason for law in load_statutes() for reason in law.pause or ()})
    return {words.law_word("name", reason): reason for reason in found}


def _line(asked: Mapping[str, str], events: list[TriedEvent], today: date) -> dict[str, Any]:
    """The question as `yishen due` takes it. InputError(bad_date, bad_field)."""
    line: dict[str, Any] = {
        "received": written_day(asked["received"], today).isoformat(),
        "channel": asked.get("channel") or None,
        "statute": asked.get("statute") or None,
        "variant": asked.get("variant") or None,
        "events": [_event(event, today) for event in events],
        "policy": {
            name: _value(asked[f"p_{name}"])
            for name in Policy.model_fields
            if asked.get(f"p_{name}")
        },
    }
    if asked.get("as_of", "").strip():
        line["as_of"] = written_day(asked["as_of"], today).isoformat()
    return line


def _event(event: TriedEvent, today: date) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": event.kind, "at": written_day(event.at, today).isoformat()}
    more = event.more.strip()
    if not more:
        return found
    if event.kind in (Kind.PAUSED, Kind.RESUMED):
        return found | {"reason": _reasons().get(more, more)}
    number = written_count(more)
    if event.kind == Kind.EXTENSION_GRANTED and number is not None and number < 1000:
        return found | {"working_days": number}
    name = DAY_OF.get(Kind(event.kind), "until") if event.kind in list(Kind) else "until"
    return found | {name: written_day(more, today).isoformat()}


def _value(text: str) -> str | bool:
    return {"true": True, "false": False}.get(text, text)


def _settings(asked: Mapping[str, str]) -> Iterator[tuple[str, str, list[tuple[str, str]], str]]:
    """Those with named choices: name, words, each choice, the one asked for."""
    policy = load_policy()
    for name, field in Policy.model_fields.items():
        own = said(getattr(policy, name))
        if field.annotation is bool:
            values = ["true", "false"]
        else:
            values = [
                str(v) for v in getattr(field.annotation, "__args__", ()) if isinstance(v, str)
            ]
        if values:
            pairs = [(value, choice(spoken(), name, value)) for value in values]
            yield name, setting(spoken(), name), pairs, asked.get(f"p_{name}") or own


def _answer(found: dict[str, Any], strip: StripView | None, *, dated: bool) -> TriedAnswer:
    said_in = DueWords(spoken())
    return TriedAnswer(
        due=said_in.day(found["due"]) if found["due"] else "",
        pairs=[
            (label, _names().get(said_of, said_of))
            for label, said_of in answer_pairs(found, said_in, dated=dated)
        ],
        limits=[
            (said_in.word("limit", name), said_in.day(d)) for name, d in found["limits"].items()
        ],
        strip=strip,
        ledger=[span_row(span, said_in) for span in found["ledger"]],
        readings=[
            (
                said_in.day(str(r["due"]) if r["due"] else None),
                setting(spoken(), r["setting"]),
                choice(spoken(), r["setting"], said(r["value"])),
                r["chosen"],
            )
            for r in found["readings"]
        ],
    )


def _answer_of_period(found: dict[str, Any]) -> TriedAnswer:
    said_in = DueWords(spoken())
    return TriedAnswer(
        due=said_in.day(found["due"]),
        pairs=[
            (said_in.say("label.start"), said_in.day(found["start"])),
            (said_in.say("label.last_day"), said_in.day(found["due"])),
        ],
        limits=[],
        strip=None,
        ledger=[span_row(span, said_in) for span in found["ledger"]],
        readings=[],
    )
