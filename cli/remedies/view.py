"""The remedies of one case for people: what is open to the applicant, and its proceedings."""

from datetime import date

from cli.frame import show
from cli.frame.words import say as cli_say
from domain.case.answers.open_paths import open_paths
from domain.case.answers.path_readings import path_readings
from domain.case.state import CaseState
from domain.clock.readings import said
from domain.remedies.terms import Against
from domain.values import OFFICE_ZONE
from speech.remedies import (
    articles_of,
    bound_words,
    forum_words,
    has_a_period,
    limit_words,
    next_limit,
    order_words,
    proceeding_words,
    reading_words,
    remedy_words,
    rounds,
    say,
    stands,
    until_words,
    where_words,
)
from speech.words import cited, days, joined, spoken, term
from texts.citations import choice


def print_remedies(state: CaseState, number: str, today: date) -> None:
    """The whole page."""
    show.line(number)
    for line in rounds(state):
        show.line(line)
    show.line()
    _print_paths(state, today)
    if state.path_lapses:
        said = [
            say("view.lapse", path=limit_words(x.name, x.ref), on=x.on) for x in state.path_lapses
        ]
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
    open_now = [p for p in open_paths(state) if has_a_period(p)]
    if open_now:
        show.line()
        order = next((order_words(p) for p in open_now if p.unsettled or p.order_article), None)
        ways = [f"{remedy_words(p)} {until_words(p, today)}" for p in open_now]
        show.line(joined([say("view.open_now", ways=joined(ways)), *([order] if order else [])]))
        _print_other_readings(state, today)


# -- what is open ---------------------------------------------------------------------------------


def _print_paths(state: CaseState, today: date) -> None:
    paths = open_paths(state)
    if not paths:
        show.line(say("view.nothing_open"))
        return
    show.line(say("view.open"))
    for line in dict.fromkeys(order_words(p) for p in paths if has_a_period(p) and not p.retrial):
        show.line(line)
    _print_other_readings(state, today)
    rows = [
        [remedy_words(p), until_words(p, today), where_words(state, p), cited(articles_of(p))]
        for p in paths
    ]
    show.table([cli_say(f"column.{c}") for c in ("remedy", "until", "where", "article")], rows)
    if any(p.readings for p in paths):
        show.line(say("view.readings"))
        for path in paths:
            for reading in path.readings:
                show.line(f"  {reading_words(path, reading)}")
    for key, of_reply in (("view.bounds", True), ("view.act_bounds", False)):
        waiting = [p for p in paths if p.bounds and (p.against is Against.REPLY) is of_reply]
        if waiting:
            show.line(say(key))
        for path in waiting:
            for bound in path.bounds:
                show.line(f"  {bound_words(path, bound)}")
            if path.bounds and not any(b.kind == "longest" for b in path.bounds):
                show.line(f"  {remedy_words(path)}{say('view.no_longest')}")


def _print_other_readings(state: CaseState, today: date) -> None:
    """The paths as they would be by the other choice, where no text settles their order."""
    for reading in path_readings(state, today):
        ways = joined([f"{remedy_words(p)} {until_words(p, today)}" for p in reading.paths])
        chosen = choice(spoken(), reading.setting, said(reading.value))
        named = f"{reading.setting}={said(reading.value)}"
        show.line(say("view.other_reading", choice=chosen, setting=named, ways=ways))


# -- proceedings ----------------------------------------------------------------------------------


def print_proceedings(state: CaseState, today: date) -> None:
    """Each proceeding with where it stands and its next limit."""
    rows = []
    for p in state.proceedings:
        limit = next_limit(state, p)
        rows.append(
            [
                f"{p.ref} {proceeding_words(p.kind, p.instance, p.route)}",
                forum_words(p.organ, p.court, p.co_defendant),
                p.docket or "",
                f"{p.received}",
                stands(p),
                limit_words(limit.name, limit.ref, short=p.ref) if limit else "",
                f"{limit.due} {days(today, limit.due)}" if limit else "",
            ]
        )
    columns = ("proceeding", "forum", "docket", "received", "progress", "next_limit", "last_day")
    show.table([cli_say(f"column.{c}") for c in columns], rows)


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
