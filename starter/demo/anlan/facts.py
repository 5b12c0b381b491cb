"""What a step of a plan says: the fact with its fields filled."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

import texts
from domain.case.facts import OfficeFact
from domain.case.state import Validity
from domain.remedies.proceeding import Proceeding
from domain.values import OFFICE_ZONE
from starter.demo.anlan.county_case import CountyCase
from starter.demo.anlan.words import PlanStep

FACT: TypeAdapter[OfficeFact] = TypeAdapter(OfficeFact)

OF_THE_PLAN = ("n", "late", "alone", "by", "of", "days", "nofile", "papers", "by_side")
"""Options that are no field of a fact."""

DAYS = ("until", "filed", "accepted", "at")
"""Fields of days, in working days from the act."""

Fields = dict[str, Any]


def facts(case: CountyCase, step: PlanStep) -> Iterator[OfficeFact]:
    """What is done at a step, one after the other; each rests on the case as it is by then."""
    many = _waiting(case) if step.kind == "item_reviewed" else step.number(case.pen.rng)
    for n in range(many):
        fields = {"kind": step.kind} | case.pen.said(step.kind) | _options(case, step, n)
        more = SPECIAL.get(step.kind)
        yield FACT.validate_python(_needed(fields | (more(case, step) if more else {}), step))


def _options(case: CountyCase, step: PlanStep, number: int) -> Fields:
    found: Fields = {}
    for name, value in step.options.items():
        if name in OF_THE_PLAN:
            continue
        several = value.split(",")
        chosen = case.pen.rng.choice(several[number % len(several)].split("|"))
        found[name] = _day(case, name, chosen) if name in DAYS else chosen
    return found


def _day(case: CountyCase, name: str, value: str) -> date | datetime:
    day = case.state.calendar.add_working_days(case.now.date(), int(value))
    return datetime.combine(day, time(9, 30), OFFICE_ZONE) if name == "at" else day


def _needed(fields: Fields, step: PlanStep) -> Fields:
    """Without words for what is not said here."""
    kind = step.kind
    if kind == "item_reviewed":
        withheld = fields["decision"] == "withhold"
        drop = {"ground"} - ({"ground"} if withheld else set())
        drop |= set() if step.options.get("public_interest") else {"public_interest"}
        return _but(fields, drop)
    if kind == "consultation_answered" and fields["answer"] == "consents":
        return _but(fields, {"reason"})
    return fields


def _but(fields: Mapping[str, Any], names: set[str]) -> Fields:
    return {name: value for name, value in fields.items() if name not in names}


# -- what only the case knows -------------------------------------------------------------------


def _waiting(case: CountyCase) -> int:
    return sum(item.review is None for item in case.state.items)


def _hands(case: CountyCase, step: PlanStep) -> Fields:
    return case.tools.people.hands(case.state.organ, case.pen.rng, case.state.handler)


def _item(case: CountyCase, step: PlanStep) -> Fields:
    before = len(case.state.items) + sum(len(past.items) for past in case.state.rounds)
    title = case.pen.title()
    if "nofile" in step.options:
        return {"ref": f"a{before + 1}", "title": title}
    return {"ref": f"a{before + 1}", "title": title, **_file(case, title)}


def _file(case: CountyCase, title: str) -> Fields:
    ending = case.pen.rng.choice(("pdf", "pdf", "pdf", "txt", "png"))
    return {"sha256": case.tools.paper(title, ending), "pages": case.pen.rng.randint(1, 24)}


def _replacing(case: CountyCase, step: PlanStep) -> Fields:
    item = next(i for i in case.state.items if i.review is None)
    return {"ref": item.ref, **_file(case, f"{case.pen.title()}（第二稿）")}


def _reviewed(case: CountyCase, step: PlanStep) -> Fields:
    item = next(i for i in case.state.items if i.review is None)
    known = {"ref": item.ref, "sha256": item.sha256}
    reviewed = len(case.state.items) - _waiting(case)
    decisions = step.options["decision"].split(",")
    decision = case.pen.rng.choice(decisions[reviewed % len(decisions)].split("|"))
    if decision == "withhold":
        ground = case.pen.said("item_reviewed")["ground"]
        return known | {"decision": decision, "ground": ground}
    if decision == "release_deidentified":
        cleaned = case.tools.paper(f"{case.pen.title()}（已区分处理）", "pdf")
        return known | {"decision": decision, "released_sha256": cleaned}
    reason = case.pen.said("item_reviewed")["public_interest"]
    return known | {"decision": decision, "public_interest": reason}


def _letter(case: CountyCase, step: PlanStep) -> Fields:
    party = step.option("party", case.pen.rng)
    name = case.pen.name("third" if party == "third_party" else "agency")
    return {"ref": f"t{len(case.state.consultations) + 1}", "party": party, "name": name}


def _open_letter(case: CountyCase, step: PlanStep) -> Fields:
    return {"ref": next(c.ref for c in case.state.consultations if c.answered is None)}


def _answered_letter(case: CountyCase, step: PlanStep) -> Fields:
    return {"ref": next(c.ref for c in case.state.consultations if c.answer is not None)}


def _paid(case: CountyCase, step: PlanStep) -> Fields:
    return {"amount": case.state.fee.amount if case.state.fee else Decimal(0)}


def _reply(case: CountyCase, step: PlanStep) -> Fields:
    """Only the fields that its kind asks for."""
    code = step.option("reply_kind", case.pen.rng)
    needs = case.state.law.statute.replies[str(code)].needs_fields
    words = {n: case.pen.said("reply_drafted").get(n) for n in ("ground", "location")}
    words |= {n: case.pen.said("reply_drafted").get(n) for n in ("search_record", "right_agency")}
    return {"reply_kind": code} | {n: w if n in needs else None for n, w in words.items()}


def _seq(case: CountyCase, of: str) -> int:
    return max(e.seq for e in case.state.timeline if e.kind == of)


def _amended(case: CountyCase, step: PlanStep) -> Fields:
    """The entry of that kind on another day, or with another subject."""
    seq = _seq(case, step.options["of"])
    said: Any = case.said[seq]
    if said.kind == "registered":
        return {"seq": seq, "what": said.changed(subject=case.pen.subject())}
    on = case.state.entry(seq).effective_on
    moved = case.state.calendar.add_working_days(on, int(step.options["days"]))
    return {"seq": seq, "what": said, "on": moved}


def _annulled(case: CountyCase, step: PlanStep) -> Fields:
    return {"seq": _seq(case, step.options["of"])}


def _conflict(case: CountyCase, step: PlanStep) -> Fields:
    return {"seq": next(e.seq for e in case.state.timeline if e.validity is Validity.SET_ASIDE)}


def _proposal(case: CountyCase, step: PlanStep) -> Fields:
    return {"seq": _seq(case, "entry_proposed")}


def _opening(stem: str, *names: str) -> "Special":
    def fields(case: CountyCase, step: PlanStep) -> Fields:
        number = 1 + sum(p.ref.startswith(stem) for p in case.state.proceedings)
        named = {n: case.pen.name(w) for n, w in map(_pair, names)}
        return {"ref": f"{stem}{number}", "document": _served(case, step.kind), **named}

    return fields


def _pair(text: str) -> tuple[str, str]:
    name, _, words = text.partition(":")
    return name, words


def _last(case: CountyCase) -> Proceeding:
    running = [p for p in case.state.proceedings if p.outcome is None]
    return (running or list(case.state.proceedings))[-1]


def _served(case: CountyCase, kind: str) -> str:
    """What a court or a reconsideration organ served, as a file."""
    return case.tools.paper(texts.text("zh", f"terms.kind.{kind}"), "pdf")


def _of_last(case: CountyCase, step: PlanStep) -> Fields:
    fields: Fields = {"ref": _last(case).ref}
    if step.kind in SERVED:
        fields["document"] = _served(case, step.kind)
    if "papers" in step.options:
        fields["documents"] = [
            {"title": title, "sha256": case.tools.paper(title, "pdf")}
            for title in (case.pen.title() for _ in range(int(step.options["papers"])))
        ]
    if "by_side" in step.options:
        fields["by"] = step.options["by_side"]
    return fields


SERVED = ("reconsideration_decided", "judgment_received", "complaint_decided")

Special = Callable[[CountyCase, PlanStep], Fields]

SPECIAL: dict[str, Special] = {
    "assigned": _hands,
    "reassigned": _hands,
    "item_added": _item,
    "item_replaced": _replacing,
    "item_reviewed": _reviewed,
    "consultation_sent": _letter,
    "consultation_delivered": _open_letter,
    "consultation_answered": _open_letter,
    "override_told": _answered_letter,
    "fee_paid": _paid,
    "reply_drafted": _reply,
    "dispatched": lambda case, step: {
        "channel": case.pen.rng.choice(("post", "post", "handed_over", "email", "web"))
    },
    "entry_amended": _amended,
    "entry_annulled": _annulled,
    "conflict_kept": _conflict,
    "entry_approved": _proposal,
    "entry_refused": _proposal,
    "reconsideration_received": _opening("r", "organ:higher"),
    "lawsuit_received": _opening("s", "court:court"),
    "complaint_received": _opening("c", "organ:higher"),
    **dict.fromkeys(
        (
            *("reconsideration_extended", "reconsideration_decided", "judgment_received"),
            *("appeal_filed", "answer_submitted", "evidence_listed", "mediation_held"),
            *("proceeding_suspended", "hearing_set", "complaint_decided"),
        ),
        _of_last,
    ),
    "accountability_recorded": lambda case, step: {"ref": case.state.proceedings[-1].ref},
}
