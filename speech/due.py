"""The answer to a question about a date, in words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import texts
from domain.clock.readings import said
from texts.citations import decided
from texts.words import term_in

DATES = ("due", "due_before_extension", "due_if_answered", "due_at_latest", "receipt_day")


class DueWords:
    """What is said of an answer, in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, key: str, **values: object) -> str:
        """A text of the topic."""
        return texts.text(self.lang, f"due.{key}", **values)

    def word(self, group: str, code: str) -> str:
        """The word of a code; the code where there is none."""
        key = f"{group}.{code}"
        return self.say(key) if texts.has(self.lang, f"due.{key}") else code

    def day(self, iso: str | None) -> str:
        """A day with its weekday."""
        if iso is None:
            return self.say("no_date")
        return f"{iso} {self.say('weekdays').split()[date.fromisoformat(iso[:10]).weekday()]}"


def answer_pairs(
    found: dict[str, Any], words: DueWords, *, dated: bool
) -> Iterator[tuple[str, str]]:
    """What an answer says, each with its label; `dated`: as of a day that was asked for."""

    def label(key: str) -> str:
        return words.say(f"label.{key}")

    yield label("state"), words.word("state", found["state"])
    yield from ((label(key), words.day(found[key])) for key in DATES if key in found)
    if "working_days_left" in found:
        yield label("working_days_left"), str(found["working_days_left"])
    for key in ("overdue", "reply_in_time"):
        if key in found and (found[key] or dated or key != "overdue"):
            yield label(key), words.say("yes" if found[key] else "no")
    yield label("statute"), found["statute"]
    yield from ((label("warning"), words.word("warning", code)) for code in found["warnings"])
    if "unchecked" in found:
        named = (term_in(words.lang, "figure", name) for name in found["unchecked"])
        yield label("unchecked"), texts.text(words.lang, "evidence.list").join(named)


def span_row(span: dict[str, Any], words: DueWords) -> list[str]:
    """A span of the ledger: from, to, counted, why, by what."""
    counted = f"+{span['counted']}" if span["counted"] else "0"
    settings = [(name, said(value)) for name, value in span.get("settings", {}).items()]
    source = decided(words.lang, span["article"] or "", settings)
    return [span["from"], span["to"], counted, words.word("why", span["why"]), source]
