"""An act as its form is opened: what may be filled in, in this case, by this person, now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.case.answers.late_acts import LateAct, acts_entered_late
from domain.case.answers.open_acts import (
    OTHERWISE,
    ActGroup,
    OpenAct,
    acts_open,
    approved_on,
    effect,
)
from domain.case.answers.prospect import Prospect, prospect
from domain.case.answers.trying import as_act
from domain.case.facts import EntryApproved
from domain.case.people import Actor
from domain.case.table import permitted
from domain.errors import Refusal, YishenError
from domain.signing_in import WITH_FACTOR
from office.acts.forms import form_of
from office.acts.forms.amending import amending, tells_applicant
from office.acts.forms.choosing import Pick, choices, people_of, places_of
from office.acts.forms.fitting import fitted
from office.acts.forms.model import ActForm, Asks
from office.cases.record import Record
from office.desk import Reading
from office.signing_in.sessions import wants_code
from speech.dates import day, days_in_words
from speech.detail import detail
from speech.names import NameBook, names
from speech.refusals import messages
from speech.words import cited, spoken, term
from web.acts.fields import SPOKEN_FIELDS, Given, labels_of
from web.acts.proposed import SECONDING, ProposedEntry, proposed
from web.acts.standing_under import stands_under
from web.frame.gate import Who
from web.frame.pages import say

SEEN = "_seen"
"""What a form of an act carries beside its fields and its id: the last entry its page showed."""


@dataclass(frozen=True, slots=True)
class OpenedAct:
    """`act` as the rules have it; `form` None: an amendment, whose entry is still to be picked.
    `effect`: what it does to the case, where that is known before anything is filled in;
    `tells_applicant`: the form shows who asked, so that it counts as read; `day_within`: the day
    of the entry that is put right is one of its fields; `waits`: what is to be approved; `late`:
    it is open no more, and entered with a day on which it was; `places`: entries after which it
    may have happened; `stands_on`: the day of the entry that is put right, as it stands;
    `other_way`: the act that settles the same the other way; `wants_code`: it takes a second
    factor first, which the person has (`has_factor`) or not."""

    record: Record
    act: OpenAct
    form: ActForm | None
    picks: Mapping[str, tuple[Pick, ...]]
    people: tuple[Pick, ...]
    known: NameBook
    effect: Prospect | None
    tells_applicant: bool = False
    day_within: bool = False
    waits: tuple[ProposedEntry, ...] = ()
    late: LateAct | None = None
    places: tuple[Pick, ...] = ()
    other_way: str | None = None
    stands_on: date | None = None
    wants_code: bool = False
    has_factor: bool = False


def opened_act(
    session: Reading, record: Record, actor: Actor, kind: str, amends: int | None = None
) -> OpenedAct:
    """The form of an act. Refusal where the person may not do it in this state, and could not have
    before; InputError(no_such_entry), Unreachable(key_…)."""
    act, late = _act(record, actor, kind)
    form: ActForm | None = None
    stands_on: date | None = None
    if kind != "entry_amended":
        form = form_of(kind)
    elif amends is not None:
        form, stands_on = amending(session, record.state.id, amends, record.sight)
    if form is not None:
        form = fitted(form, record.state, record.today)
    picked = form or form_of("entry_amended")
    known = names(session)
    within = form is not None and form.amends is not None and tells_applicant(form)
    waits = tuple(proposed(session, record, actor, known)) if kind in SECONDING else ()
    return OpenedAct(
        record=record,
        act=act,
        form=form,
        picks=_picks(picked, record, session, actor, known),
        people=tuple(Pick(p.id, p.name) for p in people_of(session, record.state.organ)),
        known=known,
        effect=_effect(record, act, actor, waits),
        tells_applicant=within or any(one.applicant for one in waits),
        day_within=within,
        waits=waits,
        late=late,
        places=_said(places_of(record.state, late.first, late.last, spoken()), record.today)
        if late
        else (),
        other_way=_other_way(record, actor, kind),
        stands_on=stands_on,
    )


def _effect(
    record: Record, act: OpenAct, actor: Actor, waits: tuple[ProposedEntry, ...]
) -> Prospect | None:
    """What the act does, where that is known before anything is filled in: of an approval, where
    one entry alone waits for it."""
    state, now = record.state, record.now
    if act.kind != "entry_approved" or act.refused is not None or len(waits) != 1:
        return effect(state, act, actor, now)
    with suppress(YishenError):  # said once it is sent
        return prospect(state, as_act(EntryApproved(seq=waits[0].seq), actor), now)
    return None


def _other_way(record: Record, actor: Actor, kind: str) -> str | None:
    for other, settles in OTHERWISE.items():
        with suppress(Refusal):
            if settles == kind:
                permitted(record.state, other, actor)
                return other
    return None


def _picks(
    form: ActForm, record: Record, session: Reading, actor: Actor, known: NameBook
) -> Mapping[str, tuple[Pick, ...]]:
    found = choices(form, record, session, actor, spoken())
    for field in form.fields:
        if field.asks is Asks.ENTRY:
            found[field.name] = tuple(_told(found[field.name], record, known))
        elif field.asks is Asks.HEARING:
            found[field.name] = _said(found[field.name], record.today)
    return found


def _told(picks: tuple[Pick, ...], record: Record, known: NameBook) -> Iterator[Pick]:
    """Entries with what they say: many are of the same kind and day."""
    organ, today = record.row.line.organ, record.today
    told = {str(e.seq): detail(e, organ, known, today) for e in record.events}
    for pick in _said(picks, today):
        words = (pick.label, told.get(pick.value, ""))
        yield replace(pick, label=" · ".join(filter(None, words)))


def _said(picks: tuple[Pick, ...], today: date) -> tuple[Pick, ...]:
    """With their days as people say them."""
    return tuple(replace(pick, label=days_in_words(pick.label, today)) for pick in picks)


def _act(record: Record, actor: Actor, kind: str) -> tuple[OpenAct, LateAct | None]:
    state, now = record.state, record.now
    try:
        permitted(state, kind, actor)
    except Refusal:
        late = next(iter(acts_entered_late(state, actor, now, (kind,))), None)
        if late is None:
            raise
        return OpenAct(kind, late.role, ActGroup.OTHER), late
    return next(a for a in acts_open(state, actor, now) if a.kind == kind), None


async def opened_for(who: Who, case: str, kind: str, seq: int | None = None) -> OpenedAct:
    """The form, in a case that the person may see. Raises what `opened_act` and `Who.read_case`
    raise."""
    found = await who.read_case(case, lambda s, record: opened_act(s, record, who.actor, kind, seq))
    return await asking_code(who, found)


async def asking_code(who: Who, opened: OpenedAct) -> OpenedAct:
    """The form as this session needs it: with a second factor where one is due."""
    kind, organ, register = opened.act.kind, opened.record.state.organ, who.process.register
    if kind not in WITH_FACTOR:
        return opened
    wanted = await who.process.look(lambda: wants_code(register, who.session, organ, kind))
    return replace(opened, wants_code=wanted, has_factor=who.session.has_factor)


def about(opened: OpenedAct, command: str) -> dict[str, Any]:
    """What every page of an act shows of it."""
    record = opened.record
    refused = opened.act.refused
    return {
        "record": record,
        "line": record.row.line,
        "kind": opened.act.kind,
        "late": opened.late,
        "places": opened.places,
        "form": opened.form,
        "picks": opened.picks,
        "people": opened.people,
        "known": opened.known,
        "seen": None,
        **SPOKEN_FIELDS,
        "labels": labels_of(opened.form),
        "one_waits": len(opened.waits) == 1,
        "command": command,
        "amended": _amended(opened),
        "stands_on": opened.stands_on,
        "day_within": opened.day_within,
        "waits": opened.waits,
        "wants_code": opened.wants_code,
        "has_factor": opened.has_factor,
        "other_way": opened.other_way,
        "once_told": approved_on(record.state, opened.act, record.today),
        "uploads": f"/cases/{record.row.line.id}/uploads",
        "under": stands_under(record, opened.act.kind, opened.known),
        "refused": messages(refused) if refused else [],
        "refused_by": cited(refused.article) if refused and refused.article else None,
    }


def _amended(opened: OpenedAct) -> str:
    """Which entry is put right, in words; empty: none is."""
    form, record = opened.form, opened.record
    if form is None or form.amends is None or opened.stands_on is None:
        return ""
    entry = record.state.entry(form.amends)
    return say(
        "act.amends",
        n=form.amends,
        act=term("kind", getattr(entry.what, "what", entry.what).kind),
        day=day(opened.stands_on, record.today),
        person=opened.known.short(entry.doer),
    )


def seen_in(given: Given) -> int | None:
    """The last entry that the page had shown."""
    seen = given.one(SEEN)
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
