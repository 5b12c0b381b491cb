"""The words of this run: its language, the catalogue's texts, the terms of enum values."""

from datetime import date

import texts

_spoken = texts.LANGUAGES[0]


def speak(lang: str) -> None:
    """Use `lang` from now on; one command line speaks one language."""
    global _spoken  # noqa: PLW0603
    _spoken = lang


def spoken() -> str:
    """The language in use."""
    return _spoken


def say(key: str, /, **values: object) -> str:
    """The text of `cli.KEY`."""
    return texts.text(_spoken, f"cli.{key}", **values)


def term(group: str, value: object) -> str:
    """The word for an enum value or code. What the catalogue doesn't know is shown as it is:
    a list must not fail over a policy's own step."""
    key = f"terms.{group}.{value}"
    if texts.has(_spoken, key):
        return texts.text(_spoken, key)
    if group == "step" and "_" in str(value):
        stem, _, number = str(value).rpartition("_")
        if number.isdigit() and texts.has(_spoken, f"terms.step.{stem}"):
            return texts.text(_spoken, f"terms.step.{stem}", n=number)
    return str(value)


def days(today: date, due: date) -> str:
    """How far a last day is away, in the reader's words."""
    distance = (due - today).days
    if distance == 0:
        return say("days.today")
    import pendulum

    words = pendulum.duration(days=abs(distance)).in_words(
        locale="zh" if _spoken == "zh" else "en", separator=" "
    )
    return say("days.left" if distance > 0 else "days.over", words=words)


def joined(parts: list[str]) -> str:
    """Several things in one line."""
    return say("joiner").join(parts)
