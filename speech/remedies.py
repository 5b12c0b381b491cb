"""The remedies of a case in words: what is open to the applicant, and its proceedings."""

from datetime import date

import texts
from domain.case.answers.open_paths import OpenPath
from domain.case.standing import lapse_rule
from domain.case.state import CaseState, Deadline
from domain.clock.readings import DatedReading, said
from domain.periods.period import Unit
from domain.remedies.paths import Bound, Destination
from domain.remedies.proceeding import Proceeding
from domain.remedies.progress import Progress, in_proceeding, progress
from domain.remedies.terms import Against, NoticeOfRemedy, Place, ProceedingKind
from speech.words import cited, days, joined, ref_words, spoken, term
from speech.words import limit as limit_name
from speech.words import say as told
from texts.citations import choice

MONTHS = 12
"""Of a year."""


def say(key: str, /, **values: object) -> str:
    """The text of `remedies.KEY`."""
    return texts.text(spoken(), f"remedies.{key}", **values)


def rounds(state: CaseState) -> list[str]:
    """The replies so far, each with what became of it."""
    lines = []
    if state.law.remedies is None:
        lines.append(say("view.no_law"))
    for past in state.rounds:
        by = _ordering(state, past.number)
        if past.dispatch is None:
            lines.append(say("view.round_silent", n=past.number, by=by))
            continue
        kind = term("reply_kind", past.reply.reply_kind) if past.reply else ""
        lines.append(
            say("view.round", n=past.number, kind=kind, on=past.dispatch.on, by=by),
        )
    if state.opened_by is not None and state.receipt is not None:
        by, on = _ordering(state, len(state.rounds)), state.receipt_day
        lines.append(say("view.ordered", by=by, on=on))
    dispatch = state.dispatch
    if dispatch is not None and state.reply is not None:
        notice = ""
        if dispatch.notice is not NoticeOfRemedy.GIVEN:
            notice = say("view.notice_not_given", notice=term("remedy_notice", dispatch.notice))
            notice += say("view.told", on=dispatch.told) if dispatch.told else ""
        kind = term("reply_kind", state.reply.reply_kind)
        lines.append(say("view.replied", kind=kind, on=dispatch.on, notice=notice))
    elif state.ending is not None and lapse_rule(state) is not None:
        told = say("view.told", on=state.ending.told) if state.ending.told else ""
        lines.append(say("view.lapsed_request", on=state.ending.on, told=told))
    elif state.silence is not None:
        lines.append(say("view.silence", due=state.silence.due))
    return lines


def _ordering(state: CaseState, number: int) -> str:
    """The proceeding that ended round `number`: its ref and docket number."""
    after = [r.opened_by for r in state.rounds[number:]]
    ref = after[0] if after else state.opened_by
    found = state.proceeding(ref) if ref else None
    return " ".join(part for part in (ref and ref_words(ref), found and found.docket) if part)


def has_a_period(path: OpenPath) -> bool:
    """Whether the path runs, or would from some day on."""
    return bool(path.until or path.after_days or path.bounds)


def bound_words(path: OpenPath, bound: Bound) -> str:
    """Until when a path that does not run yet is open at most."""
    years = bound.unit == Unit.MONTH and bound.n % MONTHS == 0
    if years:
        period = say("view.years", n=bound.n // MONTHS)
    else:
        period = say("notice.months" if bound.unit == Unit.MONTH else "notice.days", n=bound.n)
    of_reply = path.against is Against.REPLY
    kind = bound.kind if of_reply else f"act_{bound.kind}"
    words = say(f"view.{kind}", period=period, day=_last(bound))
    return say("view.bound", remedy=remedy_words(path), words=words, article=cited(bound.article))


def reading_words(path: OpenPath, reading: DatedReading) -> str:
    """The last day of a path by one reading of a notice that was wrong."""
    words = choice(spoken(), reading.setting, said(reading.value))
    if reading.chosen:
        words = texts.text(spoken(), "evidence.reading.chosen", choice=words)
    return say("view.reading", remedy=remedy_words(path), day=reading.due, choice=words)


def _last(bound: Bound) -> str:
    mark = told("due.provisional") if bound.provisional else ""
    return f"{bound.until}{mark}" if bound.until else ""


def order_words(path: OpenPath) -> str:
    """Which remedy goes first."""
    order = term("remedy_order", path.order)
    if path.unsettled:
        return say("view.unsettled", order=order)
    article = path.order_article and say("view.article", article=cited(path.order_article))
    return say("view.order", order=order, article=article)


def remedy_words(path: OpenPath) -> str:
    """The path, with what it is against."""
    if path.retrial or path.final:
        return say("view.retrial" if path.retrial else "view.ruling", ref=ref_words(path.ref or ""))
    words = term("proceeding_kind", path.remedy)
    if path.ref is not None:
        return words + say("view.after_ref", ref=ref_words(path.ref or ""))
    match path.against:
        case Against.INACTION:
            return words + say("view.silence_ref")
        case Against.LAPSE:
            return words + say("view.lapse_ref")
        case Against.RELEASE:
            return words + say("view.third_party_ref", ref=ref_words(path.third_party or ""))
    return words


def until_words(path: OpenPath, today: date) -> str:
    """Its last day, or from what it will be counted."""
    if path.after_days is not None:
        return say("view.after_decision", n=path.after_days)
    if path.bounds:
        outer = next((b for b in path.bounds if b.kind == "longest"), None)
        word = "not_running" if path.against is Against.REPLY else "act_not_running"
        return say(f"view.{word}_until", day=_last(outer)) if outer else say(f"view.{word}")
    if path.until is None:
        return say("view.no_period")
    mark = told("due.provisional") if path.provisional else ""
    return f"{path.until}{mark} {days(today, path.until)}"


def where_words(state: CaseState, path: OpenPath) -> str:
    """Before whom it goes."""
    notice = "remedies.notice"
    lang = spoken()
    if path.remedy is ProceedingKind.RECONSIDERATION:
        found = [_organ(o) for o in path.organs]
        return texts.text(lang, f"{notice}.or").join(found) or texts.text(
            lang, f"{notice}.unknown_place"
        )
    if path.retrial:
        return say("view.higher_court")
    if path.remedy is ProceedingKind.LITIGATION:
        if path.court:
            return path.court
        if path.court_level is None:
            return texts.text(lang, f"{notice}.unknown_level")
        return texts.text(
            lang, f"{notice}.unknown_court", level=term("court_level", path.court_level)
        )
    law = state.law.remedies
    superior = law and (law.organ.superior or law.organ.government)
    return superior or say("view.own_organ_unknown")


def _organ(organ: Destination) -> str:
    place = term("place", organ.place)
    if organ.place is Place.STATE_COUNCIL:
        return place
    return organ.name or texts.text(spoken(), "remedies.notice.unknown_organ", place=place)


def articles_of(path: OpenPath) -> str:
    """What it rests on."""
    where = path.organs_article or path.court_article
    return "; ".join(a for a in (path.article, where) if a)


def proceeding_words(kind: str, instance: str | None, route: str | None) -> str:
    """Reconsideration; litigation with instance and route; complaint."""
    parts = [term("proceeding_kind", kind)]
    if instance:
        parts.append(term("instance", instance))
    if route and instance == "first":
        parts.append(term("route", route))
    return " ".join(parts)


def forum_words(organ: str | None, court: str | None, co_defendant: str | None = None) -> str:
    """Who decides."""
    name = court or organ or ""
    return name + (say("view.co_defendant", name=co_defendant) if co_defendant else "")


def next_limit(state: CaseState, p: Proceeding) -> Deadline | None:
    """The limit of the proceeding that ends first; not the applicant's path after it."""
    mine = [d for d in state.deadlines if in_proceeding(d.name, d.ref, p.ref)]
    return min(mine, key=lambda d: d.due, default=None)


def stands(p: Proceeding) -> str:
    """How far a proceeding is, with what is wrong about it."""
    warnings = joined([term("warning", code) for code in p.warnings])
    return _stage(p) + (say("view.warned", warnings=warnings) if warnings else "")


def _stage(p: Proceeding) -> str:
    stage = progress(p)
    if p.outcome is None:
        return term("progress", stage)
    words = say("view.ended", outcome=term("outcome", p.outcome), on=p.served)
    if p.overturned:
        words += say("view.overturned")
    elif p.effective and p.effective != p.served:
        words += say("view.effective", on=p.effective)
    elif stage is Progress.APPEALABLE:
        words += told("joiner") + term("progress", stage)
    if p.order is not None:
        n, unit = p.order.n, term("unit", p.order.unit)
        words += say("view.order_reply", n=n, unit=unit) if n else say("view.order_full")
    return words


def limit_words(name: str, ref: str | None, short: str | None = None) -> str:
    """A limit of a proceeding, without its ref where that is `short`."""
    own = None if ref in (None, short) else (ref or "").removeprefix(f"{short}/")
    return limit_name(name, own)
