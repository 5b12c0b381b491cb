"""The words of the calendar's topic, in the language of this run."""

import texts
from speech.words import spoken


def say(key: str, /, **values: object) -> str:
    """A text of the calendar's topic."""
    return texts.text(spoken(), f"calendar.{key}", **values)
