"""The form by which an entry is put right: that of its own act, with what stands in it."""

from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from domain.case.facts import Registered
from domain.case.reading import CasePart, Sight, readers
from domain.errors import Code, Refusal
from domain.words import TEXT_LENGTH, Text
from office.acts.correcting import standing
from office.acts.forms.deriving import form_of, written
from office.acts.forms.model import ActForm, Asks, FormField

_KEPT = (Asks.FILE, Asks.PAPERS, Asks.SHOWN, Asks.NEW_REF)
"""What no amendment changes: another file is another act, and a ref stays."""

REASON = "amend_reason"
"""Why it was wrong; its own name, as many acts have a reason of theirs."""


def amending(session: Session, case: str, seq: int, sight: Sight) -> tuple[ActForm, date]:
    """The form for entry `seq` of the case, filled with what stands, and its day as it stands;
    `sight`: what whoever fills it in may read of the case.
    InputError(no_such_entry, unknown_case), Refusal(not_your_role)."""
    event, stands = standing(session, case, seq)
    own = form_of(stands.kind)
    if tells_applicant(own) and CasePart.APPLICANT not in sight:
        roles = ", ".join(sorted(readers(CasePart.APPLICANT)))
        raise Refusal(Code.NOT_YOUR_ROLE, act=CasePart.APPLICANT, roles=roles)
    fields = [
        replace(field, default=written(value_of(stands, field)), found=False)
        for field in own.fields
        if field.asks not in _KEPT
    ]
    why = FormField(
        name=REASON,
        asks=Asks.TEXT,
        fills=(REASON,),
        type=Text,
        label="forms.label.amend_reason",
        hint=None,
        required=True,
        longest=TEXT_LENGTH,
    )
    form = ActForm("entry_amended", "entry_amended", own.fact, (*fields, why), amends=seq)
    return form, event.effective_on


def tells_applicant(form: ActForm) -> bool:
    """Whether it shows who asked, where it is filled with what stands."""
    return form.fact is Registered


def value_of(stands: BaseModel, field: FormField) -> Any:
    """What a fact says in that field; None: nothing."""
    found: Any = stands
    for name in field.fills:
        found = getattr(found, name, None)
    return found
