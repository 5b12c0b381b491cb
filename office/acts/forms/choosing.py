"""What may be picked in a form, with its words: people, departments, items, letters, entries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from sqlalchemy.orm import Session

import texts
from domain.case.answers.refs import eligible
from domain.case.answers.trial_facts import entries
from domain.case.answers.trying import correctable
from domain.case.people import Actor
from domain.case.state import CaseState
from domain.case.topics.reply import LAWFUL_CHANNELS
from domain.statute import Party
from office.acts.forms.model import PICKED, ActForm, Asks, FormField
from office.cases.record import Record
from register.reads import roster
from register.reads.people import PersonLine, all_people
from register.reads.roster import OrganLine
from texts.citations import cited
from texts.words import term_in


@dataclass(frozen=True, slots=True)
class Pick:
    """One value that may be picked, and its words."""

    value: str
    label: str


def choices(
    form: ActForm, record: Record, session: Session, actor: Actor, lang: str
) -> dict[str, tuple[Pick, ...]]:
    """What may be picked in each field of the form that is picked; without any, nothing can be."""
    picker = _Picker(form, record, session, actor, lang)
    return {
        field.name: _apart(tuple(picker.of(field))) for field in form.fields if field.asks in PICKED
    }


def _apart(picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """With the value behind the words of those that read alike."""
    often = Counter(pick.label for pick in picks)
    return tuple(
        replace(pick, label=f"{pick.label} ({pick.value})") if often[pick.label] > 1 else pick
        for pick in picks
    )


def people_of(session: Session, organ: str) -> list[PersonLine]:
    """Everyone in service who holds a role in that organ: who may have done what is recorded."""
    everyone = all_people(session)
    return [p for p in everyone if p.active and any(g.organ == organ for g in p.grants)]


def places_of(state: CaseState, first: date, last: date, lang: str) -> tuple[Pick, ...]:
    """The entries of these days, after one of which something may have happened; the newest
    first."""
    return tuple(
        _entry(state, seq, lang)
        for seq in reversed(state.order)
        if first <= state.entry(seq).effective_on <= last
    )


def _entry(state: CaseState, seq: int, lang: str) -> Pick:
    entry = state.entry(seq)
    act = term_in(lang, "kind", getattr(entry.what, "what", entry.what).kind)
    day = entry.effective_on.isoformat()
    return Pick(str(seq), texts.text(lang, "forms.choice.entry", seq=seq, day=day, act=act))


@dataclass(frozen=True, slots=True)
class _Picker:
    form: ActForm
    record: Record
    session: Session
    actor: Actor
    lang: str

    @property
    def state(self) -> CaseState:
        return self.record.state

    def of(self, field: FormField) -> Iterator[Pick]:
        match field.asks:
            case Asks.PERSON:
                yield from self._people(field)
            case Asks.DEPARTMENT:
                yield from (Pick(unit, name) for unit, name in self._organ().present_units.items())
            case Asks.ITEM:
                about = field.name == "ref" and self.form.amends is None
                refs = eligible(self.form.kind, self.state) if about else None
                if self.form.kind == "consultation_answered":
                    refs = self._asked_about()
                yield from self._items(refs)
            case Asks.LETTER:
                yield from self._letters(field)
            case Asks.PROCEEDING:
                yield from self._proceedings(field)
            case Asks.HEARING:
                yield from self._hearings()
            case Asks.ROUND:
                yield from (
                    Pick(str(n), self._say("round", n=n)) for n in range(1, self.state.round + 1)
                )
            case Asks.ENTRY:
                yield from self._entries()
            case Asks.REPLY_KIND:
                yield from (
                    Pick(code, term_in(self.lang, "reply_kind", code))
                    for code, kind in self.state.law.statute.replies.items()
                    if kind.dispatchable
                )
            case Asks.ARTICLE:
                yield from self._articles()
            case _:
                for value in values_of(field):
                    yield Pick(value, term_in(self.lang, field.terms or "", value))

    def _say(self, key: str, **values: object) -> str:
        return texts.text(self.lang, f"forms.choice.{key}", **values)

    def _organ(self) -> OrganLine:
        organs = {organ.id: organ for organ in roster.organs(self.session)}
        return organs[self.state.organ]

    def _people(self, field: FormField) -> Iterator[Pick]:
        """Whoever holds the role, with the departments it is held in where that isn't all."""
        units = self._organ().departments
        for person in people_of(self.session, self.state.organ):
            held = [
                g for g in person.grants if g.organ == self.state.organ and g.role == field.role
            ]
            if held:
                within = [units.get(str(g.department), "") for g in held if g.department]
                only = len(within) == len(held)
                yield Pick(person.id, " · ".join((person.name, *within)) if only else person.name)

    def _asked_about(self) -> list[str]:
        """The items that an answer which is still to come can be about."""
        may = eligible(self.form.kind, self.state)
        letters = [c for c in self.state.consultations if c.ref in may]
        return [i.ref for i in self.state.items if any(c.concerns(i.ref) for c in letters)]

    def _items(self, refs: Iterable[str] | None) -> Iterator[Pick]:
        for ref in [item.ref for item in self.state.items] if refs is None else refs:
            item = self.state.item(ref)
            if item is not None:
                yield Pick(ref, item.title)

    def _letters(self, field: FormField) -> Iterator[Pick]:
        state = self.state
        if field.name == "ref" and self.form.amends is None:
            may = eligible(self.form.kind, state)
            letters = [c for c in state.consultations if c.ref in may]
        elif field.name == "third_party":
            past = [c for r in state.rounds for c in r.consultations]
            letters = [c for c in (*past, *state.consultations) if c.party is Party.THIRD_PARTY]
        else:
            letters = list(state.consultations)
        for letter in letters:
            party = term_in(self.lang, "party", letter.party)
            label = self._say("letter", party=party, name=letter.name)
            yield Pick(letter.ref, label)

    def _proceedings(self, field: FormField) -> Iterator[Pick]:
        refs = [p.ref for p in self.state.proceedings]
        if field.name == "ref" and field.required and self.form.amends is None:
            refs = eligible(self.form.kind, self.state)
        for ref in refs:
            found = self.state.proceeding(ref)
            if found is not None:
                kind = term_in(self.lang, "proceeding_kind", found.kind)
                where = found.court or found.organ or ""
                yield Pick(ref, self._say("proceeding", kind=kind, organ=where))

    def _hearings(self) -> Iterator[Pick]:
        for p in self.state.proceedings:
            for called in p.hearings:
                at = f"{called.at:%Y-%m-%d %H:%M}"
                yield Pick(called.hearing, at)

    def _entries(self) -> Iterator[Pick]:
        kind, state = self.form.kind, self.state
        if kind in ("entry_amended", "entry_annulled"):
            seqs = correctable(state, self.actor, self.record.now, kind)
        else:
            seqs = tuple(entries(kind, state))
        for seq in reversed(seqs):
            yield _entry(state, seq, self.lang)

    def _articles(self) -> Iterator[Pick]:
        """Those the statute cites for its kinds of reply; of a review, for what is withheld, with
        what each protects."""
        review = self.form.kind == "item_reviewed"
        named: dict[str, list[str]] = {}
        for code, kind in self.state.law.statute.replies.items():
            if kind.dispatchable and kind.article and (kind.needs_withheld or not review):
                named.setdefault(kind.article, []).append(term_in(self.lang, "reply_kind", code))
        for article, words in named.items():
            label = cited(self.lang, article)
            yield Pick(article, f"{label} {' / '.join(words)}" if review else label)


def values_of(field: FormField) -> Iterator[str]:
    """The values of a choice, but for what the law lets nobody choose."""
    if field.terms == "dispatch_channel":
        yield from LAWFUL_CHANNELS
    elif field.terms == "applicant_kind":
        yield from (kind for kind in get_args(field.type) if kind != "legal")
    else:
        yield from get_args(field.type) or tuple(one.value for one in field.type)
