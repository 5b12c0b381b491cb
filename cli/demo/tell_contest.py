"""Part 4 as text: a refusal fought over to the end, its counts, and the figures of the years."""

from dataclasses import dataclass

from cli.demo.screen import Screen, say
from cli.demo.tell import day, ledger, limits, timeline
from cli.remedies.outcomes import results_table
from domain.case.facts import Dispatched
from domain.periods.ledger import spans_from_json
from domain.remedies.paths import Offer
from office.desk import Reading
from papers.remedy_notice import notice_lines
from register.reads.outcomes import TABLE, Outcomes, outcomes_of
from speech.names import NameBook
from speech.remedies import say as said
from speech.words import cited, spoken, term
from speech.words import limit as limit_name
from starter.demo import expected_contest as expected
from starter.demo.story import Lived


@dataclass(frozen=True, slots=True)
class ReplySent:
    """A reply that left: kind, day, in time, and what it said about remedies."""

    kind: str
    on: str
    in_time: bool
    offer: Offer | None


def figures(session: Reading) -> tuple[Outcomes, ...]:
    """The results of both years, of training cases alone."""
    return tuple(outcomes_of(session, year, training=True) for year in expected.FIGURES)


def contest(
    screen: Screen, lived: Lived, organ: str, names: NameBook, years: tuple[Outcomes, ...]
) -> None:
    """The whole of part 4."""
    screen.line(say("story.case", number=lived.number, subject=lived.subject))
    screen.line(say("contest.intro"))
    timeline(screen, lived, organ, names)
    _replies(screen, lived)
    limits(screen, lived, expected.LIMITS, expected.ALARMS)
    for name, days in expected.PROVED:
        _proof(screen, lived, name, days)
    for year in years:
        _figures(screen, year)


def _replies(screen: Screen, lived: Lived) -> None:
    """What each reply said about remedies; both reviewed and signed."""
    screen.title(say("contest.open"))
    replies = _sent(lived)
    for n, reply in enumerate(replies, 1):
        kind = term("reply_kind", reply.kind)
        screen.line(say("contest.reply", n=n, on=reply.on, kind=kind, order=_order(reply.offer)))
        for line in notice_lines(reply.offer, spoken()) if reply.offer else ():
            screen.line(f"  [dim]{line}[/]")
    reviews = [e.seq for e in lived.events if e.what.kind == "item_reviewed"]
    signed = [e.seq for e in lived.events if e.what.kind == "signed"]
    again = next(e.seq for e in lived.events if e.what.kind == "case_reopened")
    screen.check(
        [r.kind for r in replies] == ["refused_internal", "partly_granted"]
        and all(r.in_time for r in replies)
        and min(reviews) < again < max(reviews)
        and len([seq for seq in signed if seq > again]) == 2,
        say("contest.signed_again"),
    )


def _sent(lived: Lived) -> list[ReplySent]:
    kinds = [e.what.reply_kind for e in lived.events if e.what.kind == "reply_drafted"]
    out = [(e.effective_on, e.what) for e in lived.events if isinstance(e.what, Dispatched)]
    return [
        ReplySent(kind, str(on), bool(fact.in_time), fact.offer)
        for kind, (on, fact) in zip(kinds, out, strict=True)
    ]


def _order(offer: Offer | None) -> str:
    if offer is None:
        return ""
    order = term("remedy_order", offer.order)
    if offer.unsettled:
        return said("view.unsettled", order=order)
    return said(
        "view.order",
        order=order,
        article=said("view.article", article=cited(offer.order_article)),
    )


def _proof(screen: Screen, lived: Lived, name: str, days: int) -> None:
    """The last setting of a limit, span by span."""
    kept = [d for d in lived.deadlines if d.name == name and d.base and d.due][-1]
    assert kept.base is not None
    assert kept.due is not None
    limit = limit_name(name, kept.ref)
    screen.title(say("contest.proof", limit=limit, base=day(kept.base), due=day(kept.due)))
    counted = ledger(screen, spans_from_json(kept.ledger), name)
    screen.check(counted == days, say("contest.proof_sum", n=counted))


def _figures(screen: Screen, found: Outcomes) -> None:
    screen.title(say("contest.figures", year=found.year))
    for part in results_table(found):
        if isinstance(part, str):
            screen.check(False, part)
        else:
            headings, rows = part
            screen.table(headings, rows, right=range(2, len(headings)))
    counted = {p.code: tuple(p.figures[c] for c in TABLE) for p in found.parts}
    holds = all(part.holds for part in found.parts)
    well = holds and counted == expected.FIGURES[found.year]
    screen.check(well, say("contest.figures_checked", year=found.year))
