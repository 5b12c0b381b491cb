"""An act as its form is opened: what may be filled in, in this case, by this person, now."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.case.answers.open_acts import OpenAct, acts_open, effect
from domain.case.answers.prospect import Prospect
from domain.case.people import Actor
from domain.case.table import permitted
from office.acts.forms import form_of
from office.acts.forms.amending import amending, tells_applicant
from office.acts.forms.choosing import Pick, choices, people_of
from office.acts.forms.fitting import fitted
from office.acts.forms.model import ActForm
from office.cases.record import Record
from office.desk import Reading
from speech.names import NameBook, names
from speech.words import spoken


@dataclass(frozen=True, slots=True)
class OpenedAct:
    """`act` as the rules have it; `form` None: an amendment, whose entry is still to be picked.
    `effect`: what it does to the case, where that is known before anything is filled in;
    `tells_applicant`: the form shows who asked, so that it counts as read."""

    record: Record
    act: OpenAct
    form: ActForm | None
    picks: Mapping[str, tuple[Pick, ...]]
    people: tuple[Pick, ...]
    known: NameBook
    effect: Prospect | None
    tells_applicant: bool = False


def opened_act(
    session: Reading, record: Record, actor: Actor, kind: str, amends: int | None = None
) -> OpenedAct:
    """The form of an act. Refusal where the person may not do it in this state,
    InputError(no_such_entry), Unreachable(key_…)."""
    permitted(record.state, kind, actor)
    act = next(a for a in acts_open(record.state, actor, record.now) if a.kind == kind)
    form: ActForm | None = None
    if kind != "entry_amended":
        form = form_of(kind)
    elif amends is not None:
        form, _ = amending(session, record.state.id, amends, record.sight)
    if form is not None:
        form = fitted(form, record.state, record.today)
    picked = form or form_of("entry_amended")
    return OpenedAct(
        record=record,
        act=act,
        form=form,
        picks=choices(picked, record, session, actor, spoken()),
        people=tuple(Pick(p.id, p.name) for p in people_of(session, record.state.organ)),
        known=names(session),
        effect=effect(record.state, act, actor, record.now),
        tells_applicant=form is not None and form.amends is not None and tells_applicant(form),
    )
