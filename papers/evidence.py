"""The evidence sheet 计时依据 of one limit: everything that bears on its count, as plain data.

The content holds codes, days and hashes, no words: both languages and both formats are renderings
of the same content, and its hash names it. No personal data beyond the number of the request:
names of parties, reasons, points and the words of evidence stay in the register.
"""

from datetime import date
from typing import Any

from domain.case.act import Event
from domain.case.answers.day_counts import day_counts
from domain.case.answers.explain import ExplainedSpan
from domain.case.answers.proof import LimitSetting, Proof, Standing
from domain.case.facts import LawRevised
from domain.case.state import CaseState
from domain.clock import ClockEventKind as Kind
from domain.clock import due_instant
from domain.clock.receipt import receipt_rule
from domain.errors import InputError
from domain.values import OFFICE_ZONE
from papers.sheet import (
    Check,
    Chosen,
    EvidenceSheet,
    LedgerLine,
    Moment,
    OfCalendar,
    OfDays,
    OfEntry,
    OfReading,
    OfReceipt,
    OfSetting,
    OfStanding,
    OfStatute,
)

ATTACHED = "evidence.json"
"""The name under which the content goes with its PDF."""

_TOLD = ("party", "ref", "working_days", "until", "correct_by", "delivered", "channel", "cause")
"""Fields of a fact that a sheet tells: codes, days and numbers, never free text."""


def evidence_sheet(
    proof: Proof,
    *,
    organ: str,
    number: str,
    record_sha256: str,
    issued_on: date,
    unchecked: tuple[str, ...] = (),
    readings: tuple[OfReading, ...] = (),
) -> EvidenceSheet:
    """The content of the sheet of `proof`; `organ` by its name, `record_sha256` the hash of the
    last event in the chain of the case, `unchecked` as in the sheet, `readings` the last days by
    other choices of settings."""
    state, law = proof.state, proof.state.law
    statute = law.statute
    calendar = state.days(own=proof.standing.own)
    standing = _standing(proof.standing, proof)
    days = _days_of(proof, standing)
    return EvidenceSheet(
        organ=organ,
        case=state.id,
        number=number,
        training=state.training,
        issued_on=issued_on,
        seq=state.seq,
        as_of=proof.as_of,
        record_sha256=record_sha256,
        limit=proof.name,
        ref=proof.ref,
        clock_state=proof.reckoning.state,
        in_time=state.dispatch.in_time if state.dispatch and proof.name == "reply" else None,
        statute=OfStatute(
            id=statute.id,
            name=statute.name,
            source=statute.source,
            sha256=proof.start.law.statute.digest,
            n=statute.period.n,
            unit=statute.period.unit,
            article=statute.period.article,
        ),
        receipt=_receipt(proof),
        standing=standing,
        days=days,
        events=tuple(_moment(event, state) for event in proof.bearing),
        settings=tuple(_setting(setting, state) for setting in proof.settings),
        calendar=OfCalendar(version=calendar.version, sha256=calendar.digest),
        policy=tuple(
            Chosen(name=name, value=proof.readings.chosen(name)) for name in proof.deciding
        ),
        readings=readings,
        rules=law.rules,
        warnings=tuple(str(warning) for warning in proof.reckoning.warnings),
        unchecked=unchecked,
    )


def _receipt(proof: Proof) -> OfReceipt:
    state = proof.state
    # Of a reply ordered anew: the request is still the one that arrived.
    first = state.rounds[0] if state.rounds else state
    assert first.receipt is not None
    day_zero = first.receipt_day if state.rounds else proof.reckoning.receipt_day
    kinds = ("registered", "receipt_confirmed")
    files = [
        evidence.sha256
        for event in proof.bearing
        if event.what.kind in kinds
        for evidence in event.evidence
        if evidence.sha256
    ]
    return OfReceipt(
        channel=first.receipt.channel,
        arrived=first.receipt.arrived,
        day_zero=day_zero,
        article=receipt_rule(state.law.statute, first.receipt).article,
        evidence=tuple(files),
    )


def _standing(standing: Standing, proof: Proof) -> OfStanding:
    due = standing.due
    return OfStanding(
        due=due,
        instant=due_instant(due, proof.state.law.statute) if due else None,
        base=standing.base,
        cause=standing.cause,
        article=standing.article,
        provisional=standing.provisional,
        recorded=standing.recorded,
        check=Check(same=standing.recount.same, due=standing.recount.due),
        met=standing.met,
        latest=standing.latest,
        if_answered=standing.if_answered,
        lines=tuple(_line(line) for line in standing.lines),
    )


def _days_of(proof: Proof, standing: OfStanding) -> OfDays | None:
    if proof.name != "reply":
        return None
    try:
        days = day_counts(proof.reckoning, proof.state.calendar)
    except InputError:  # late into a year nobody listed
        return None
    return OfDays(unit=days.unit, taken=days.taken, left=days.left, late=days.late)


def _line(line: ExplainedSpan) -> LedgerLine:
    return LedgerLine(
        first=line.first,
        last=line.last,
        counted=line.counted,
        total=line.total,
        why=line.why,
        article=line.article,
        refs=line.refs,
        worked=line.worked,
        notice=line.notice,
        settings=tuple(Chosen(name=name, value=value) for name, value in line.settings),
    )


def _setting(setting: LimitSetting, state: CaseState) -> OfSetting:
    change = setting.change
    assert change.due is not None
    return OfSetting(
        due=change.due,
        base=change.base,
        provisional=change.provisional,
        calendar=change.calendar_version,
        calendar_sha256=setting.calendar_digest,
        set_by=_moment(setting.event, state),
        ended_by=_moment(setting.ended, state) if setting.ended else None,
        check=Check(same=setting.recount.same, due=setting.recount.due),
    )


def _moment(event: Event, state: CaseState) -> Moment:
    return Moment(
        seq=event.seq,
        kind=event.what.kind,
        on=event.effective_on,
        recorded=event.at.astimezone(OFFICE_ZONE),
        told=_told(event, state),
        entry=OfEntry(person=event.person, asked_by=event.asked_by) if event.asked_by else None,
    )


def _told(event: Event, state: CaseState) -> dict[str, str]:
    """What an event says that a count can hang on; of an answer its party, and of an extension
    its length, stand in the case."""
    what: Any = event.what
    fields = type(what).model_fields
    told = {
        name: _plain(getattr(what, name))
        for name in _TOLD
        if name in fields and getattr(what, name) is not None
    }
    if "receipt" in fields:
        told |= {"channel": what.receipt.channel.value, "arrived": what.receipt.arrived.isoformat()}
    asked = state.consultation(told["ref"]) if what.kind.startswith("consultation_") else None
    if asked is not None:
        told["party"] = asked.party.value
    for tick in state.clock if what.kind == "extension_told" else ():
        if (tick.kind, tick.at) == (Kind.EXTENSION_GRANTED, event.effective_on):
            told["working_days"] = str(tick.working_days)
    if what.kind == "law_revised":
        told |= _loaded(what)
        if what.rules is not None:
            told["rules"] = str(what.rules)
    return told


def _loaded(what: LawRevised) -> dict[str, str]:
    """Which days came: a closure is told by its own name and version, which mostly begins with
    the name, not by the national calendar that goes with it."""
    calendar = what.calendar.version if what.calendar else None
    if what.version is not None and calendar != what.version:
        named = (c.name for c in what.closures or () if c.version == what.version)
        return {"closure": " ".join((*(n for n in named if n not in what.version), what.version))}
    return {"calendar": calendar} if calendar else {}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(getattr(value, "value", value))
