"""The one extension (art 33), and a later limit for an excessive request (art 35)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Text, Unless
from domain.values import Value


class ExtensionAsked(Value):
    """The handler asks for more time; n working days."""

    kind: Literal["extension_asked"] = "extension_asked"
    working_days: Annotated[int, Field(ge=1, le=366)]
    reason: Text


class ExtensionGranted(Value):
    """The head of the disclosure office consents (art 33)."""

    kind: Literal["extension_granted"] = "extension_granted"


class ExtensionRefused(Value):
    """The head of the disclosure office does not consent."""

    kind: Literal["extension_refused"] = "extension_refused"
    reason: Text


class ExtensionTold(Value):
    """The applicant is told: only now the extension has effect, if in time. `last_day`: that of the
    period as it stood then; `basis`: the fingerprint of what it was counted from."""

    kind: Literal["extension_told"] = "extension_told"
    last_day: Annotated[date | None, Unless] = None
    basis: Annotated[str | None, Unless] = None


class LimitSet(Value):
    """A reasonable later limit for an excessive but reasonable request (art 35)."""

    kind: Literal["limit_set"] = "limit_set"
    until: date
    reason: Text


ByOffice = ExtensionAsked | ExtensionGranted | ExtensionRefused | ExtensionTold | LimitSet
