"""A form as one case needs it: what stands there first, which days and numbers are possible, and
without what the case has nothing of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.case.answers.refs import NEW, meant
from domain.case.state import CaseState
from domain.errors import YishenError
from domain.periods.ledger import ONE_DAY
from office.acts.forms.deriving import written
from office.acts.forms.model import ActForm, Asks, Depends, FormField

REPLY_FIELDS = ("ground", "location", "search_record", "right_agency")
"""Fields of a reply that its kind asks for or not; the statute says which."""


def fitted(form: ActForm, state: CaseState, today: date) -> ActForm:
    """The form for a case at a day."""
    fields = (
        _limited(form.kind, _filled(form.kind, field, state), state, today)
        for field in form.fields
        if _has(field, state)
    )
    return replace(form, fields=tuple(fields))


def _has(field: FormField, state: CaseState) -> bool:
    """Whether the case has anything that the field could be about."""
    if field.required:
        return True
    match field.asks:
        case Asks.ITEM:
            return bool(state.items)
        case Asks.PROCEEDING:
            return bool(state.proceedings)
        case Asks.LETTER:
            return bool(state.consultations or any(r.consultations for r in state.rounds))
        case Asks.ROUND:
            return state.round > 1
    return True


def _filled(kind: str, field: FormField, state: CaseState) -> FormField:
    """With what stands there first, and what depends on the case."""
    known = _known(kind, field, state)
    if known:
        field = replace(field, default=known)
    if kind == "reply_drafted" and field.name in REPLY_FIELDS:
        when = Depends("reply_kind", _kinds_with(state, field.name))
        field = replace(field, shown=when, needed=when)
    return field


def _kinds_with(state: CaseState, name: str) -> tuple[str, ...]:
    """The kinds of reply that need that field."""
    kinds = state.law.statute.replies
    return tuple(code for code, kind in kinds.items() if name in kind.needs_fields)


def _known(kind: str, field: FormField, state: CaseState) -> tuple[str, ...]:
    if field.name == "ref" and (field.required or kind in NEW):
        return _only_one(kind, state)
    if field.asks is Asks.HEARING and kind == "hearing_cancelled":
        called = [h.hearing for p in state.proceedings for h in p.hearings]
        return (called[0],) if len(called) == 1 else ()
    if field.asks is Asks.SHOWN and kind == "signed":
        return tuple(f"{one.ref}:{one.sha256}" for one in state.released)
    values: Mapping[tuple[str, str], object] = {
        ("reassigned", "department"): state.department,
        ("reassigned", "handler"): state.handler,
        ("assigned", "department"): state.department,
        ("fee_paid", "amount"): state.fee.amount if state.fee else None,
    }
    return written(values.get((kind, field.name)))


def _only_one(kind: str, state: CaseState) -> tuple[str, ...]:
    try:
        return (meant(kind, state),)
    except YishenError:
        return ()


def _limited(kind: str, field: FormField, state: CaseState, today: date) -> FormField:
    """With the days and numbers that are possible."""
    if field.past is False:
        return replace(field, earliest=_floor(kind, state, today) + ONE_DAY)
    rule = state.law.statute.extension
    if (kind, field.name) == ("extension_asked", "working_days") and rule is not None:
        return replace(field, most=Decimal(rule.n))
    return field


def _floor(kind: str, state: CaseState, today: date) -> date:
    """A later limit lies after the one there is."""
    reply = state.deadline("reply")
    return max(today, reply.due) if reply and kind == "limit_set" else today
