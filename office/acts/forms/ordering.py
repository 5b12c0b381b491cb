"""From a form that was filled in to the order of its act."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.answers.refs import hearing_meant, meant
from domain.case.facts import OfficeFact
from domain.case.state import CaseState
from domain.errors import Code, InputError
from office.acts.correcting import amended_as
from office.acts.fees import charge, offered
from office.acts.forms.amending import REASON
from office.acts.forms.filling import Filled
from office.acts.forms.model import ActForm, Asks, FormField
from office.acts.order import Order, said_by_command
from office.desk import Desk
from office.legal_time import legal_now
from register.reads import queries
from texts.problems import FieldPath, problems


async def ordered(
    desk: Desk,
    state: CaseState,
    user: str,
    filled: Filled,
    command_id: str,
    expected_seq: int | None = None,
) -> Order:
    """The order that the form means; `state`: the case as the person saw it. What was left out and
    follows from the case is found; of a command that is on record, it is what it was.

    InputError(bad_field, which_ref, …) with its problems at the fields of the form;
    Refusal(nothing_open, amends_nothing, …).
    """
    if filled.problems:
        raise InputError(Code.BAD_FIELD, problems=filled.problems)
    form, given = filled.form, filled.values
    on = filled.on
    if form.amends is not None:
        what: OfficeFact = await amended_as(
            desk, state.id, form.amends, _all_fields(form, given), on, given[REASON]
        )
        on = None
    else:

        async def seen() -> CaseState:
            return state

        await complete(desk, form, state.id, given, on, command_id, seen)
        if form.kind == "signed":
            given["items"] = [_shown(word) for word in given.get("items", ())]
        what = _fact(form, given)
    return Order(
        case=state.id,
        user=user,
        what=what,
        command_id=command_id,
        effective_on=on,
        done_by=filled.done_by,
        after=filled.after,
        evidence=filled.evidence,
        expected_seq=expected_seq,
    )


async def complete(
    desk: Desk,
    form: ActForm,
    case: str,
    given: dict[str, Any],
    on: date | None,
    command_id: str | None,
    seen: Callable[[], Awaitable[CaseState]],
) -> None:
    """Put into `given` what was left out and follows from the case, which is asked for by `seen`
    where it is needed; of a command that is on record, what it was (None: a new one).

    InputError(which_ref), Refusal(nothing_open, fee_amount_missing, no_fee_due, not_in_force).
    """
    for field in form.fields:
        if not field.found or given.get(field.name) is not None:
            continue
        known: Any = await said_by_command(desk, command_id, field.name) if command_id else None
        if known is None and field.asks is Asks.AMOUNT:
            known = await _amount(desk, case, given, on)
        given[field.name] = known or _ref(form, field, await seen(), given)


def _ref(form: ActForm, field: FormField, state: CaseState, given: Mapping[str, Any]) -> str:
    """The ref, or the hearing, that was left out."""
    if field.asks is Asks.HEARING:
        return hearing_meant(form.kind, state, str(given["ref"]))
    return meant(form.kind, state)


async def _amount(desk: Desk, case: str, given: Mapping[str, Any], on: date | None) -> Decimal:
    """What the tariff comes to for a notice that states no amount."""

    def query(session: Session) -> Decimal:
        day = on or legal_now(queries.case(session, case).clock_offset).date()
        items, pages = given.get("items"), given.get("pages")
        before, by = given.get("items_before"), given["standard"]
        return offered(charge(session, case, day, by, items=items, before=before, pages=pages))

    return await desk.read(query)


def _all_fields(form: ActForm, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows, None where it was emptied: what is not given does not stay."""
    found: dict[str, Any] = {}
    for field in form.fields:
        *outer, last = field.fills
        place, source = found, given
        for name in outer:
            place = place.setdefault(name, {})
            source = source.get(name, {})
        empty: Any = () if field.many else False if field.asks is Asks.YES_NO else None
        place[last] = source.get(last, empty)
    found.pop(REASON)
    if found.get("applicant", {}).get("name") is None:
        found.pop("applicant", None)
    return found


def _shown(word: str) -> dict[str, str]:
    """A file that goes out, as the page handed it back: its item and its hash."""
    ref, _, sha256 = word.partition(":")
    return {"ref": ref, "sha256": sha256}


def _fact(form: ActForm, given: Mapping[str, Any]) -> OfficeFact:
    try:
        return cast(OfficeFact, form.fact.model_validate(given))
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error, _named(form))) from error


def _named(form: ActForm) -> Any:
    """The field of the form that fills a place of the fact."""

    def name(place: FieldPath) -> str:
        fits = (f.name for f in form.fields if f.fills == place[: len(f.fills)])
        return next(fits, str(place[0]) if place else "?")

    return name
