"""What is worth a question before it is recorded, in words."""

import texts
from office.acts.doubts import Doubt
from speech.dates import as_said
from speech.words import spoken, term


def doubted(doubt: Doubt) -> str:
    """One thing to think about before one goes on."""
    values = {name: as_said(value) for name, value in doubt.values.items()}
    if "kind" in values:
        values["act"] = term("kind", values["kind"])
    if "limit" in values:
        values["limit"] = term("limit", values["limit"])
    return texts.text(spoken(), f"ask.{doubt.code}", **values)
