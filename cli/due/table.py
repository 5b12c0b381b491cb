"""The answer for people: what is due when, what else runs, and the count as proof."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import texts
from cli.frame import show
from cli.frame.readings import print_readings
from domain.clock.readings import said
from texts.citations import decided
from texts.words import term_in

DATES = ("due", "due_before_extension", "due_if_answered", "due_at_latest", "receipt_day")


class _Words:
    """What is said of an answer, in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, key: str, **values: object) -> str:
        return texts.text(self.lang, f"due.{key}", **values)

    def word(self, group: str, code: str) -> str:
        key = f"{group}.{code}"
        return self.say(key) if texts.has(self.lang, f"due.{key}") else code

    def day(self, iso: str | None) -> str:
        if iso is None:
            return self.say("no_date")
        return f"{iso} {self.say('weekdays').split()[date.fromisoformat(iso[:10]).weekday()]}"

    def headings(self, *columns: str) -> list[str]:
        return [texts.text(self.lang, f"cli.column.{column}") for column in columns]


def print_answer(found: dict[str, Any], lang: str, *, dated: bool) -> None:
    """The answer in the reader's language, on standard output; `dated`: as of a day that was asked
    for, so that it may say that nothing is overdue."""
    words = _Words(lang)
    show.fields(list(_pairs(found, words, dated=dated)))
    if found["limits"]:
        show.line(f"\n{words.say('heading.limits')}")
        rows = [[words.word("limit", name), words.day(d)] for name, d in found["limits"].items()]
        show.table(words.headings("limit", "last_day"), rows)
    print_readings(lang, found["readings"])
    if found["ledger"]:
        show.line(f"\n{words.say('heading.ledger')}")
        rows = [_span(span, words) for span in found["ledger"]]
        show.table(words.headings("from", "to", "counted", "why", "article"), rows)
    for old in found["superseded"]:
        why = words.word("why", old["why"])
        show.line(words.say("superseded", day=old["receipt_day"], due=old["due"], why=why))


def print_period(found: dict[str, Any], lang: str) -> None:
    """The count of one period."""
    words = _Words(lang)
    pairs = [(words.say("label.start"), words.day(found["start"]))]
    if found["raw"] != found["due"]:
        pairs.append((words.say("label.raw"), words.day(found["raw"])))
    pairs.append((words.say("label.last_day"), words.day(found["due"])))
    if found["provisional"]:
        pairs.append((words.say("label.warning"), words.word("warning", "calendar_incomplete")))
    if "unchecked" in found:
        pairs.append((words.say("label.unchecked"), ", ".join(found["unchecked"])))
    show.fields(pairs)
    if found["ledger"]:
        show.line(f"\n{words.say('heading.ledger')}")
        rows = [_span(span, words) for span in found["ledger"]]
        show.table(words.headings("from", "to", "counted", "why", "article"), rows)


def _pairs(found: dict[str, Any], words: _Words, *, dated: bool) -> Iterator[tuple[str, str]]:
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


def _span(span: dict[str, Any], words: _Words) -> list[str]:
    counted = f"+{span['counted']}" if span["counted"] else "0"
    settings = [(name, said(value)) for name, value in span.get("settings", {}).items()]
    source = decided(words.lang, span["article"] or "", settings)
    return [span["from"], span["to"], counted, words.word("why", span["why"]), source]
