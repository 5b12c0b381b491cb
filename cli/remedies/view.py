"""The remedies of one case for people: what is open to the applicant, and its proceedings."""

from datetime import date

import texts
from cli.frame import show
from cli.frame.words import say as cli_say
from domain.case.answers.open_paths import OpenPath, open_paths
from domain.case.answers.path_readings import path_readings
from domain.case.standing import lapse_rule
from domain.case.state import CaseState, Deadline
from domain.clock.readings import DatedReading, said
from domain.periods.period import Unit
from domain.remedies.paths import Bound, Destination
from domain.remedies.proceeding import Proceeding
from domain.remedies.progress import Progress, in_proceeding, progress
from domain.remedies.terms import Against, NoticeOfRemedy, Place, ProceedingKind
from domain.values import OFFICE_ZONE
from speech.words import cited, days, joined, spoken, term
from speech.words import limit as limit_name
from speech.words import say as told
from texts.citations import choice

MONTHS = 12
"""Of a year."""


def say(key: str, /, **values: object) -> str:
    """The text of `remedies.KEY`."""
    return texts.text(spoken(), f"remedies.{key}", **values)


def print_remedies(state: CaseState, number: str, today: date) -> None:
    """The whole page."""
    show.line(number)
    for line in _rounds(state):
        show.line(line)
    show.line()
    _print_paths(state, today)
    if state.path_lapses:
        said = [say("view.lapse", path=_limit(x.name, x.ref), on=x.on) for x in state.path_lapses]
        show.line(say("view.lapsed", paths=joined(said)))
    show.line()
    if not state.proceedings:
        show.line(say("view.no_proceedings"))
    else:
        show.line(say("view.proceedings"))
        print_proceedings(state, today)
        _print_hearings(state)
    for fact in state.accountability:
        show.line(
            say(
                "view.accountability",
                on=fact.on,
                measure=term("measure", fact.measure),
                article=cited(fact.article),
                text=fact.text,
            )
        )
    _print_notice(state)


def print_briefly(state: CaseState, today: date) -> None:
    """A few lines for the page of the case: the paths that are open, the proceedings."""
    if state.proceedings:
        show.line()
        print_proceedings(state, today)
    open_now = [p for p in open_paths(state) if _has_a_period(p)]
    if open_now:
        show.line()
        order = next((_order(p) for p in open_now if p.unsettled or p.order_article), None)
        ways = [f"{_remedy(p)} {_until(p, today)}" for p in open_now]
        show.line(joined([say("view.open_now", ways=joined(ways)), *([order] if order else [])]))
        _print_other_readings(state, today)


def _rounds(state: CaseState) -> list[str]:
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
    return " ".join(part for part in (ref, found and found.docket) if part)


# -- what is open ---------------------------------------------------------------------------------


def _print_paths(state: CaseState, today: date) -> None:
    paths = open_paths(state)
    if not paths:
        show.line(say("view.nothing_open"))
        return
    show.line(say("view.open"))
    for line in dict.fromkeys(_order(p) for p in paths if _has_a_period(p) and not p.retrial):
        show.line(line)
    _print_other_readings(state, today)
    rows = [[_remedy(p), _until(p, today), _where(state, p), cited(_articles(p))] for p in paths]
    show.table([cli_say(f"column.{c}") for c in ("remedy", "until", "where", "article")], rows)
    if any(p.readings for p in paths):
        show.line(say("view.readings"))
        for path in paths:
            for reading in path.readings:
                show.line(f"  {_reading(path, reading)}")
    for key, of_reply in (("view.bounds", True), ("view.act_bounds", False)):
        waiting = [p for p in paths if p.bounds and (p.against is Against.REPLY) is of_reply]
        if waiting:
            show.line(say(key))
        for path in waiting:
            for bound in path.bounds:
                show.line(f"  {_bound(path, bound)}")
            if path.bounds and not any(b.kind == "longest" for b in path.bounds):
                show.line(f"  {_remedy(path)}{say('view.no_longest')}")


def _print_other_readings(state: CaseState, today: date) -> None:
    """The paths as they would be by the other choice, where no text settles their order."""
    for reading in path_readings(state, today):
        ways = joined([f"{_remedy(p)} {_until(p, today)}" for p in reading.paths])
        chosen = choice(spoken(), reading.setting, said(reading.value))
        named = f"{reading.setting}={said(reading.value)}"
        show.line(say("view.other_reading", choice=chosen, setting=named, ways=ways))


def _has_a_period(path: OpenPath) -> bool:
    return bool(path.until or path.after_days or path.bounds)


def _bound(path: OpenPath, bound: Bound) -> str:
    years = bound.unit == Unit.MONTH and bound.n % MONTHS == 0
    if years:
        period = say("view.years", n=bound.n // MONTHS)
    else:
        period = say("notice.months" if bound.unit == Unit.MONTH else "notice.days", n=bound.n)
    of_reply = path.against is Against.REPLY
    kind = bound.kind if of_reply else f"act_{bound.kind}"
    words = say(f"view.{kind}", period=period, day=_last(bound))
    return say("view.bound", remedy=_remedy(path), words=words, article=cited(bound.article))


def _reading(path: OpenPath, reading: DatedReading) -> str:
    words = choice(spoken(), reading.setting, said(reading.value))
    if reading.chosen:
        words = texts.text(spoken(), "evidence.reading.chosen", choice=words)
    return say("view.reading", remedy=_remedy(path), day=reading.due, choice=words)


def _last(bound: Bound) -> str:
    mark = told("due.provisional") if bound.provisional else ""
    return f"{bound.until}{mark}" if bound.until else ""


def _order(path: OpenPath) -> str:
    order = term("remedy_order", path.order)
    if path.unsettled:
        return say("view.unsettled", order=order)
    article = path.order_article and say("view.article", article=cited(path.order_article))
    return say("view.order", order=order, article=article)


def _remedy(path: OpenPath) -> str:
    if path.retrial or path.final:
        return say("view.retrial" if path.retrial else "view.ruling", ref=path.ref)
    words = term("proceeding_kind", path.remedy)
    if path.ref is not None:
        return words + say("view.after_ref", ref=path.ref)
    match path.against:
        case Against.INACTION:
            return words + say("view.silence_ref")
        case Against.LAPSE:
            return words + say("view.lapse_ref")
        case Against.RELEASE:
            return words + say("view.third_party_ref", ref=path.third_party)
    return words


def _until(path: OpenPath, today: date) -> str:
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


def _where(state: CaseState, path: OpenPath) -> str:
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


def _articles(path: OpenPath) -> str:
    where = path.organs_article or path.court_article
    return "; ".join(a for a in (path.article, where) if a)


# -- proceedings ----------------------------------------------------------------------------------


def print_proceedings(state: CaseState, today: date) -> None:
    """Each proceeding with where it stands and its next limit."""
    rows = []
    for p in state.proceedings:
        limit = next_limit(state, p)
        rows.append(
            [
                f"{p.ref} {what(p.kind, p.instance, p.route)}",
                forum(p.organ, p.court, p.co_defendant),
                p.docket or "",
                f"{p.received}",
                _stands(p),
                _limit(limit.name, limit.ref, short=p.ref) if limit else "",
                f"{limit.due} {days(today, limit.due)}" if limit else "",
            ]
        )
    columns = ("proceeding", "forum", "docket", "received", "progress", "next_limit", "last_day")
    show.table([cli_say(f"column.{c}") for c in columns], rows)


def what(kind: str, instance: str | None, route: str | None) -> str:
    """Reconsideration; litigation with instance and route; complaint."""
    parts = [term("proceeding_kind", kind)]
    if instance:
        parts.append(term("instance", instance))
    if route and instance == "first":
        parts.append(term("route", route))
    return " ".join(parts)


def forum(organ: str | None, court: str | None, co_defendant: str | None = None) -> str:
    """Who decides."""
    name = court or organ or ""
    return name + (say("view.co_defendant", name=co_defendant) if co_defendant else "")


def next_limit(state: CaseState, p: Proceeding) -> Deadline | None:
    """The limit of the proceeding that ends first; not the applicant's path after it."""
    mine = [d for d in state.deadlines if in_proceeding(d.name, d.ref, p.ref)]
    return min(mine, key=lambda d: d.due, default=None)


def _stands(p: Proceeding) -> str:
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


def _print_hearings(state: CaseState) -> None:
    called = [(p, h) for p in state.proceedings for h in p.hearings]
    if not called:
        return
    show.line()
    show.line(say("view.hearings"))
    for p, h in sorted(called, key=lambda pair: pair[1].at):
        at = f"{h.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        show.line(say("view.hearing", ref=p.ref, hearing=h.hearing, at=at, place=h.place or ""))


def _print_notice(state: CaseState) -> None:
    offer = state.dispatch.offer if state.dispatch else None
    if offer is None:
        return
    from papers.remedy_notice import notice_lines

    show.line()
    show.line(say("view.notice_title"))
    for line in notice_lines(offer, spoken()):
        show.line(f"  {line}")


def _limit(name: str, ref: str | None, short: str | None = None) -> str:
    own = None if ref in (None, short) else (ref or "").removeprefix(f"{short}/")
    return limit_name(name, own)
