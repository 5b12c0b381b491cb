"""Against what replies fell, in words."""

from typing import TYPE_CHECKING

import texts
from speech.names import NameBook
from speech.words import spoken, term

if TYPE_CHECKING:
    from register.reads.outcomes import Fall


def fall_name(fall: "Fall", by: str, known: NameBook) -> str:
    """The reply kind, department (`unit`) or ground of a line; `by` says which of them."""
    nothing = texts.text(spoken(), "remedies.outcomes.not_stated")
    if by == "unit" and fall.organ:
        return f"{known.organ(fall.organ)} {known.unit(fall.organ, fall.key) or nothing}"
    if fall.key and by == "kind":
        return term("against" if fall.key == "inaction" else "reply_kind", fall.key)
    return fall.key or nothing
