"""One line of the timeline in words: what an event says beside its kind."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from domain.case.act import Event
from domain.periods.period import Unit
from domain.values import OFFICE_ZONE, legal_day
from speech.dates import day
from speech.names import NameBook
from speech.words import cited, joined, ref_words, say, term
from speech.words import limit as limit_name

CODES = {
    "party": "party",
    "answer": "answer",
    "decision": "decision",
    "reply_kind": "reply_kind",
    "cause": "cause",
    "step": "step",
    "delivery": "delivery",
    "to": "role",
    "standard": "standard",
    "against": "against",
    "instance": "instance",
    "route": "route",
    "procedure": "procedure",
    "outcome": "outcome",
    "form": "form",
    "by": "side",
    "costs_borne_by": "side",
    "measure": "measure",
    "remedy_notice": "remedy_notice",
    "notice": "remedy_notice",
}
"""Fields that are codes, with the group of their words."""

HIDDEN = (
    "kind",
    "sha256",
    "released_sha256",
    "instant",
    "late",
    "since",
    "in_time",
    "calendar",
    "items",
    "offer",
    "document",
    "within_unit",
    "statute",
    "policy",
    "code",
    "applicant",
    "subject",
    "form_wished",
    "basis",
)
"""Fields that say nothing on a line, or are said otherwise."""

PLAIN_DAYS = (
    *("filed", "accepted", "decided", "served_applicant", "served_other"),
    *("delivered", "confirmed_on", "receipt_day", "to", "last_day"),
)
"""Days that are no limits."""

SAID = ("secrecy", "simplified", "orders_reply", "agreed", "full")
"""Yes or no, said where it is yes."""

WIDTH = 60


SayDay = Callable[[date | str], str]
"""How a day is said."""


def detail(event: Event, organ: str, names: NameBook, today: date | None = None) -> str:
    """What is worth knowing of an event; its days in words, with their year where that isn't the
    one of `today` (None: as they stand in tables)."""

    def said(value: date | str) -> str:
        if today is None:
            return str(value)
        return day(date.fromisoformat(value) if isinstance(value, str) else value, today)

    fields = [*_fields(event.what, organ, names, said), *_of_entries(event)]
    parts = [*fields, *_moved(event, said), *_warned(event)]
    return joined([*parts, *_proof(event)])


def _of_entries(event: Event) -> Iterator[str]:
    """What it does to other entries, and by which it came."""
    if event.found_by is not None:
        yield say("detail.found_by", seq=event.found_by)
    if event.proposal is not None:
        yield say("detail.proposal", seq=event.proposal)
    found = event.consequences
    if found is None:
        return
    aside = tuple(one.seq for one in found.set_aside)
    for key, seqs in (
        ("revoked", found.revoked),
        ("set_aside", aside),
        ("taken_up", found.taken_up),
        ("unfounded", found.unfounded),
    ):
        if seqs:
            yield say(f"detail.{key}", entries=_numbers(seqs))


def _numbers(seqs: Sequence[int]) -> str:
    """Numbers of entries, those that follow each other as one: 4, 7–9."""
    runs: list[list[int]] = []
    for seq in sorted(seqs):
        if runs and seq == runs[-1][-1] + 1:
            runs[-1].append(seq)
        else:
            runs.append([seq])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return say("detail.comma").join(words)


def _fields(what: Any, organ: str, names: NameBook, said: SayDay) -> Iterator[str]:
    for name in type(what).model_fields:
        value = getattr(what, name)
        if name in HIDDEN or value is None:
            continue
        if name == "seq":
            yield say("detail.entry", seq=value)
        elif name == "what":
            yield joined([term("kind", value.kind), *_fields(value, organ, names, said)])
        elif name == "on":
            yield say("detail.on", day=said(value))
        elif name == "receipt":
            yield f"{term('receipt_channel', value.channel)} {said(value.arrived)}"
        elif name == "channel":
            yield term("dispatch_channel", value)
        elif name == "limit":
            yield limit_name(value, getattr(what, "ref", None))
        elif name == "ref" and hasattr(what, "limit"):
            continue  # said with its limit
        elif name in ("ref", "hearing"):
            yield ref_words(value)
        elif name in PLAIN_DAYS and isinstance(value, date):
            yield say(f"detail.{name}", day=said(value))
        elif name in CODES:
            yield term(CODES[name], value)
        elif name == "department":
            yield names.unit(organ, value)
        elif name == "article":
            yield cited(value)
        elif name in ("handler", "person", "proposer"):
            yield names.short(value)
        elif name == "working_days":
            yield say("detail.working_days", n=value)
        elif name in ("reconsideration_days", "lawsuit_months"):
            yield say(f"detail.{name}", n=value)
        elif name == "days":
            yield say("detail.advanced", n=value)
        elif name == "items_before":
            yield say("detail.fee_items", first=value + 1, last=value + (what.items or 1))
        elif name == "pages" and what.kind == "fee_notice_sent":
            yield say("detail.fee_pages", n=value)
        elif name == "by_tariff":
            if value != what.amount:
                yield say("detail.by_tariff", amount=value)
        elif name in ("amount", "costs"):
            yield say(f"detail.{name}", amount=value)
        elif isinstance(value, datetime):
            local = value.astimezone(OFFICE_ZONE)
            yield f"{said(local.date())} {local:%H:%M}"
        elif name == "passed":
            if value:
                yield say("detail.passed", n=value, day=said(legal_day(what.since)))
        elif name == "within":
            yield say("detail.within", n=value, unit=term("unit", _unit(what)))
        elif name == "period":
            yield say("detail.period", n=value.n, unit=term("unit", value.unit))
        elif name == "documents":
            yield from (paper.title for paper in value)
        elif isinstance(value, bool):
            if value and name in SAID:
                yield say(f"detail.{name}")
        elif isinstance(value, date) or name in ("due", "until", "correct_by"):
            yield say("detail.until", day=said(value))
        elif isinstance(value, str | Enum):
            yield _short(str(value))
    if getattr(what, "in_time", None) is not None:
        yield say("detail.in_time" if what.in_time else "detail.late")


def _unit(what: Any) -> str:
    """Unit of an ordered period; calendar days unless said otherwise."""
    return str(what.within_unit or Unit.CALENDAR_DAY)


def _moved(event: Event, said: SayDay) -> Iterator[str]:
    """Limits that were moved, with the old and the new day; a new one only in the table."""
    for change in event.deadlines:
        if change.due is not None and change.was is not None and change.due != change.was:
            limit = limit_name(change.name, change.ref)
            yield say("detail.moved", limit=limit, was=said(change.was), due=said(change.due))


def _warned(event: Event) -> Iterator[str]:
    for warning in event.warnings:
        yield term("warning", warning)


def _proof(event: Event) -> Iterator[str]:
    told = [e.text or e.name or (e.sha256 or "")[:12] for e in event.evidence]
    if told:
        yield say("detail.evidence", words=say("detail.comma").join(map(_short, told)))


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= WIDTH else flat[: WIDTH - 1] + "…"
