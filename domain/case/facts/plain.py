"""What people do in a case; corrections of what was recorded stand in `correcting`."""

from typing import Annotated

from pydantic import Field

from domain.case.facts import (
    consultation,
    correction,
    extension,
    fee,
    items,
    lapse,
    outcomes,
    proceedings,
    receipt,
    reply,
    work,
)

PlainFact = Annotated[
    receipt.ByOffice
    | work.ByOffice
    | correction.ByOffice
    | lapse.ByOffice
    | consultation.ByOffice
    | extension.ByOffice
    | fee.ByOffice
    | items.ByOffice
    | reply.ByOffice
    | proceedings.ByOffice
    | outcomes.ByOffice,
    Field(discriminator="kind"),
]
"""Of any kind but a correction."""
