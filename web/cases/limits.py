"""The limits of a case that run, as the page shows them, each with its proof."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import texts
from domain.case.answers.explain import explain
from domain.case.answers.readings import readings_if_answered
from domain.case.count import WINDOWS
from domain.clock import ClockState
from domain.clock.readings import Readings, said
from domain.errors import YishenError
from domain.periods.running import Running
from office.answers.readings import sourced
from office.cases.record import Record
from speech.ledger import SpokenSpan, ledger_lines
from speech.words import cited, spoken, term
from speech.words import limit as limit_name
from texts.citations import choice, setting
from web.frame.pages import nearness


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """A limit that runs; `key` as the evidence sheet asks for it, `nearness`: late, soon, or
    neither; for what was only allowed until then nobody is late."""

    key: str
    name: str
    base: date
    due: date
    provisional: bool
    nearness: str
    article: str
    cause: str
    spans: tuple[SpokenSpan, ...]


def limit_lines(record: Record) -> Iterator[RunningLimit]:
    """Every running limit, the soonest first."""
    for run in sorted(record.running, key=lambda run: (run.due, run.name != "reply")):
        gone = run.name in WINDOWS and run.due < record.today
        yield RunningLimit(
            key=run.name if run.ref is None else f"{run.name}:{run.ref}",
            name=limit_name(run.name, run.ref),
            base=run.base,
            due=run.due,
            provisional=run.provisional,
            nearness="soft" if gone else nearness(run.due, record.today),
            article=run.article,
            cause=texts.text(spoken(), f"evidence.cause.{run.cause}"),
            spans=_spans(record, run),
        )


@dataclass(frozen=True, slots=True)
class ReplyLedger:
    """How the reply's days are counted; `as_if`: as if all who were consulted answered that day."""

    base: date
    due: date
    spans: tuple[SpokenSpan, ...]
    as_if: date | None


def reply_ledger(record: Record) -> ReplyLedger | None:
    """That of a period that runs or stands still, or ended with the reply; None: there is none."""
    try:
        found = record.readings
        still = found is not None and found.own.state is ClockState.PAUSED
        if found is not None and still:
            found = readings_if_answered(record.state, found.own.as_of)
        if found is None or found.own.due is None or found.own.day_zero is None:
            return None
        lines = explain(found.own.ledger, record.state, found)
    except YishenError:
        return None
    as_if = found.own.as_of if still else None
    return ReplyLedger(found.own.day_zero, found.own.due, tuple(ledger_lines(lines)), as_if)


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A last day of the reply by one choice of a setting, `chosen` by the office or not."""

    due: date | None
    choice: str
    setting: str
    source: str
    chosen: bool


def other_readings(record: Record) -> Iterator[ReadingLine]:
    """The last days of the reply by other choices of settings; none where nothing can be
    counted."""
    try:
        found = record.readings
    except YishenError:
        return
    if found is not None:
        yield from reading_lines(found)


def reading_lines(found: Readings) -> Iterator[ReadingLine]:
    """The same of a count."""
    lang = spoken()
    for one in sourced(found):
        yield ReadingLine(
            due=one.due,
            choice=choice(lang, one.setting, said(one.value)),
            setting=setting(lang, one.setting),
            source=cited(one.source) if one.source else "",
            chosen=one.chosen,
        )


def unchecked(record: Record) -> str:
    """The figures of the law behind the limits that nobody compared with a public text."""
    try:
        figures = record.unchecked
    except YishenError:
        return ""
    return texts.text(spoken(), "evidence.list").join(_figure(name) for name in figures)


def _figure(name: str) -> str:
    """A figure of the statute, or a named period of another law: BOOK/NAME."""
    _, named, period = name.partition("/")
    key = f"law.period.{period}"
    return texts.text(spoken(), key) if named and texts.has(spoken(), key) else term("figure", name)


def _spans(record: Record, run: Running) -> tuple[SpokenSpan, ...]:
    try:
        readings = record.readings
    except YishenError:
        return ()
    if readings is None:
        return ()
    lines = explain(run.ledger, record.state, readings, run.name, run.ref, own=run.own)
    return tuple(ledger_lines(lines, run.name if run.name != "reply" else None))
