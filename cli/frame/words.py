"""The words of the command line itself."""

import texts
from speech.words import spoken


def say(key: str, /, **values: object) -> str:
    """The text of `cli.KEY`."""
    return texts.text(spoken(), f"cli.{key}", **values)
