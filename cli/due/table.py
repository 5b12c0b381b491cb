"""The answer for people: what is due when, what else runs, and the count as proof."""

from typing import Any

import texts
from cli.frame import show
from cli.frame.readings import print_readings
from speech.due import DueWords, answer_pairs, span_row


def print_answer(found: dict[str, Any], lang: str, *, dated: bool) -> None:
    """The answer in the reader's language, on standard output; `dated`: as of a day that was asked
    for, so that it may say that nothing is overdue."""
    words = DueWords(lang)
    show.fields(list(answer_pairs(found, words, dated=dated)))
    if found["limits"]:
        show.line(f"\n{words.say('heading.limits')}")
        rows = [[words.word("limit", name), words.day(d)] for name, d in found["limits"].items()]
        show.table(_headings(words, "limit", "last_day"), rows)
    print_readings(lang, found["readings"])
    if found["ledger"]:
        show.line(f"\n{words.say('heading.ledger')}")
        rows = [span_row(span, words) for span in found["ledger"]]
        show.table(_headings(words, "from", "to", "counted", "why", "article"), rows)
    for old in found["superseded"]:
        why = words.word("why", old["why"])
        show.line(words.say("superseded", day=old["receipt_day"], due=old["due"], why=why))


def print_period(found: dict[str, Any], lang: str) -> None:
    """The count of one period."""
    words = DueWords(lang)
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
        rows = [span_row(span, words) for span in found["ledger"]]
        show.table(_headings(words, "from", "to", "counted", "why", "article"), rows)


def _headings(words: DueWords, *columns: str) -> list[str]:
    return [texts.text(words.lang, f"cli.column.{column}") for column in columns]
