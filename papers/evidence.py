"""The evidence sheet 计时依据 of one limit: everything that bears on its count, as plain data.

The content holds codes, days and hashes, no words: both languages and both formats are renderings
of the same content, and its hash names it. No personal data beyond the number of the request:
names of parties, reasons, points and the words of evidence stay in the register.
"""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from domain.case.act import Event
from domain.case.day_counts import day_counts
from domain.case.explain import Line
from domain.case.proof import Proof, Setting, Standing
from domain.case.state import CaseState
from domain.clock import ClockEventKind as Kind
from domain.clock import due_instant
from domain.clock.receipt import receipt_rule
from domain.errors import InputError
from domain.statute import Names
from domain.values import OFFICE_ZONE, Value

ATTACHED = "evidence.json"
"""The name under which the content goes with its PDF."""

FORM = 1
"""Which fields a content has; raised when one is added or changes its meaning."""

_TOLD = ("party", "ref", "working_days", "until", "correct_by", "delivered", "channel", "cause")
"""Fields of a fact that a sheet tells: codes, days and numbers, never free text."""


class OfStatute(Value):
    """The law of the count."""

    id: str
    name: Names
    source: str
    sha256: str
    n: int
    unit: str
    article: str


class OfReceipt(Value):
    """How and when the request arrived; `evidence`: hashes of the files that prove it."""

    channel: str
    arrived: date
    day_zero: date | None
    article: str
    evidence: tuple[str, ...]


class Moment(Value):
    """An event by its number: what, for which day, recorded when."""

    seq: int
    kind: str
    on: date
    recorded: datetime
    told: dict[str, str]


class LedgerLine(Value):
    """One span of the count."""

    first: date
    last: date
    counted: int
    total: int
    why: str
    article: str
    refs: tuple[str, ...]
    worked: tuple[date, ...]
    notice: str


class Check(Value):
    """Counted again: the same as recorded, or which day it would be."""

    same: bool
    due: date | None


class OfStanding(Value):
    """Where the limit stands; as in `domain.case.proof.Standing`. `instant`: its end."""

    due: date | None
    instant: datetime | None
    base: date | None
    cause: str
    article: str
    provisional: bool
    recorded: bool
    check: Check
    met: date | None
    latest: date | None
    if_answered: date | None
    lines: tuple[LedgerLine, ...]


class OfSetting(Value):
    """One setting of the limit, and the event that moved or ended it."""

    due: date
    base: date | None
    provisional: bool
    calendar: str
    calendar_sha256: str
    set_by: Moment
    ended_by: Moment | None
    check: Check


class OfDays(Value):
    """Day counts by the convention of docs/evidence.md."""

    unit: str
    taken: int | None
    left: int | None
    late: int | None


class OfCalendar(Value):
    """The working days that were counted with."""

    version: str
    sha256: str


class Chosen(Value):
    """A setting that decided a day."""

    name: str
    value: str


class EvidenceSheet(Value):
    """The content of one sheet, as of event `seq` of the case."""

    form: int = FORM
    organ: str
    case: str
    number: str
    training: bool
    issued_on: date
    seq: int
    as_of: date
    record_sha256: str
    limit: str
    ref: str | None
    clock_state: str
    in_time: bool | None
    statute: OfStatute
    receipt: OfReceipt
    standing: OfStanding
    days: OfDays | None
    events: tuple[Moment, ...]
    settings: tuple[OfSetting, ...]
    calendar: OfCalendar
    policy: tuple[Chosen, ...]
    rules: int
    warnings: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Counting again gave everything as recorded."""
        return self.standing.check.same and all(s.check.same for s in self.settings)

    @property
    def moved(self) -> tuple[OfSetting, ...]:
        """Settings that no longer stand; that under which the limit was met stands."""
        stands = self.standing
        return tuple(
            s
            for s in self.settings
            if s.ended_by and not (s is self.settings[-1] and stands.recorded and stands.due)
        )

    def canonical(self) -> bytes:
        """The content as JSON with sorted keys, no spaces, UTF-8: the bytes that are hashed."""
        plain: Any = self.model_dump(mode="json")
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return sha256(self.canonical()).hexdigest()


def evidence_sheet(
    proof: Proof, *, organ: str, number: str, record_sha256: str, issued_on: date
) -> EvidenceSheet:
    """The content of the sheet of `proof`; `organ` by its name, `record_sha256` the hash of the
    last event in the chain of the case."""
    state, law = proof.state, proof.state.law
    statute = law.statute
    calendar = state.calendar
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
            Chosen(name=name, value=_plain(getattr(law.policy, name))) for name in proof.deciding
        ),
        rules=law.rules,
        warnings=tuple(str(warning) for warning in proof.reckoning.warnings),
    )


def _receipt(proof: Proof) -> OfReceipt:
    state = proof.state
    # Of a reply ordered anew: the request is still the one that arrived.
    first = state.rounds[0] if state.rounds else state
    assert first.receipt is not None
    day_zero = first.receipt_day if state.rounds else proof.reckoning.receipt_day
    kinds = ("registered", "receipt_confirmed", "receipt_corrected")
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


def _line(line: Line) -> LedgerLine:
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
    )


def _setting(setting: Setting, state: CaseState) -> OfSetting:
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
        if what.calendar is not None:
            told["calendar"] = what.calendar.version
        if what.rules is not None:
            told["rules"] = str(what.rules)
    return told


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(getattr(value, "value", value))
