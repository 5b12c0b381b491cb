"""The form by which a request is registered: how and when it came, who asks for what."""

from dataclasses import replace

from domain.case.facts import Registered
from domain.errors import Code, InputError
from office.acts.forms.deriving import form_of
from office.acts.forms.filling import Filled
from office.acts.forms.model import ActForm
from office.cases.application import Application

_NEEDED = ("channel", "received", "applicant", "subject")


def registering() -> ActForm:
    """The form at the counter."""
    form = form_of("registered")
    fields = (
        replace(field, required=field.name in _NEEDED)
        for field in form.fields
        if field.name != "confirmed_on"
    )
    return replace(form, fields=tuple(fields))


def application(
    filled: Filled, user: str, command_id: str, organ: str | None = None
) -> Application:
    """What the filled form asks for. InputError(bad_field) with its problems."""
    if filled.problems:
        raise InputError(Code.BAD_FIELD, problems=filled.problems)
    said = Registered.model_validate(filled.values)
    assert said.applicant is not None
    assert said.subject is not None
    return Application(
        user=user,
        command_id=command_id,
        receipt=said.receipt,
        applicant=said.applicant,
        subject=said.subject,
        form_wished=said.form_wished,
        organ=organ,
    )
