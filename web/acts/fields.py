"""What stands in the fields of a form, and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import texts
from domain.errors import Problem, YishenError
from office.acts.forms.choosing import Pick
from office.acts.forms.filling import COMMON, meant, problem_in
from office.acts.forms.model import ActForm, Asks, FormField
from office.uploads import Upload
from speech.dates import day, instant, plain_day
from speech.refusals import messages
from speech.words import cited, spoken, term
from web.frame.errors import status_of

COMMAND, STEP = "_command", "_step"
"""What a form carries beside its fields: the id of what it asks for, and which button was
pressed."""

SEND, EDIT, KEEP, DROP = "send", "edit", "keep", "drop"

INPUTS: Mapping[Asks, str] = {
    Asks.DAY: "day",
    Asks.ARRIVAL: "day",
    Asks.INSTANT: "moment",
    Asks.AMOUNT: "number",
    Asks.COUNT: "number",
    Asks.YES_NO: "yes_no",
    Asks.LINE: "line",
    Asks.TEXT: "text",
    Asks.ARTICLE: "article",
    Asks.FILE: "file",
    Asks.PAPERS: "file",
    Asks.VALUES: "text",
}
"""How a field is asked for; all others are picked."""

ELSE_NEW = frozenset({("hearing_set", "hearing")})
"""Left empty, it is a new one."""

ANY_ACT = ("done_by", "after_entry", "evidence", "files")
"""What every act may say beside its own and its day."""

DATED = frozenset({Asks.DAY, Asks.ARRIVAL, Asks.INSTANT})
"""Where a day is typed, in any habit."""


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in each field, as it was submitted, and the files that came with it."""

    submitted: Mapping[str, Sequence[str]]
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)

    @classmethod
    def first(
        cls, form: ActForm | None, picks: Mapping[str, Sequence[Pick]] | None = None
    ) -> "Given":
        """What stands there before anybody has touched it; where one of one has to be picked, it
        is."""
        found = {one.name: one.default for one in form.fields} if form else {}
        for one in form.fields if form and form.amends is None else ():
            only = (picks or {}).get(one.name, ())
            if len(only) == 1 and one.required and not one.many and not one.default:
                found[one.name] = (only[0].value,)
        return cls(found)

    def one(self, name: str) -> str:
        """The value of a field that has one."""
        found = self.submitted.get(name, ())
        return found[-1] if found else ""

    def all(self, name: str) -> Sequence[str]:
        """The values of a field that has many."""
        return self.submitted.get(name, ())


def one_file_each(form: ActForm, given: Given) -> Given:
    """With the last file of each field that has one: another takes the place of that before."""
    one = {f.name for f in form.fields if f.asks is Asks.FILE and not f.many}
    files = {name: came[-1:] if name in one else came for name, came in given.files.items()}
    return replace(given, files=files)


def input_of(asked: FormField) -> str:
    """How the field is asked for."""
    return INPUTS.get(asked.asks, "pick_many" if asked.many else "pick")


def label_of(asked: FormField) -> str:
    """What it is called."""
    return texts.text(spoken(), asked.label)


def labels_of(form: ActForm | None) -> dict[str, str]:
    """What each field is called, those of all acts too, by its name."""
    if form is None:
        return {}
    on = f"desk.act.on_{form.kind}"
    found = {name: texts.text(spoken(), f"desk.act.{name}") for name in ANY_ACT}
    found["on"] = texts.text(spoken(), on if texts.has(spoken(), on) else "desk.act.on")
    return found | {asked.name: label_of(asked) for asked in form.asked}


def hint_of(asked: FormField) -> str | None:
    """What helps to fill it in."""
    key = asked.hint
    if key and texts.has(spoken(), key):
        return texts.text(spoken(), key)
    return texts.text(spoken(), "desk.form.most", n=asked.most) if asked.most else None


def left_out(asked: FormField, form: ActForm) -> bool | str:
    """Whether it may be left empty; where that hangs on what another field says, the words for
    it."""
    if (form.kind, asked.name) in ELSE_NEW:
        return True
    if asked.found:
        return True
    if asked.required or asked.default or (asked.needed and asked.needed == asked.shown):
        return False
    other = form.field(asked.needed.name) if asked.needed else None
    if asked.needed is None or other is None:
        return True
    if not asked.needed.values:
        return texts.text(spoken(), "desk.form.needed_with", other=label_of(other))
    values = [term(other.terms or "", value) for value in asked.needed.values]
    comma = texts.text(spoken(), "speech.detail.comma")
    return texts.text(spoken(), "desk.form.needed_for", values=comma.join(values))


def sends(kind: str) -> str:
    """The words of the button that records an act; what is a confirming by its own name is
    confirmed once."""
    name = term("kind", kind)
    alone = texts.text(spoken(), "desk.act.send", act="")
    return name if name.startswith(alone) else f"{alone}{name}"


def words_of(asked: FormField, given: Given, picks: Sequence[Pick], today: date) -> list[str]:
    """What stands in a field, for its reader: of what was picked, its words; of what was typed as
    a day, the day it is taken for."""
    named = {pick.value: pick.label for pick in picks}
    yes = texts.text(spoken(), "desk.act.yes")
    if asked.name in given.files:
        return [upload.name for upload in given.files[asked.name]]
    values = [value for value in given.all(asked.name) if value.strip()]
    if asked.asks is Asks.YES_NO:
        return [yes for value in values if value == "true"]
    if asked.asks in DATED:
        return [day_meant(asked, value, today) for value in values]
    return [named.get(value, value) for value in values]


def day_meant(asked: FormField, value: str, today: date) -> str:
    """The day or instant that was typed, with the year and weekday it is taken for."""
    found = meant(asked, value, today)
    if isinstance(found, datetime):
        return instant(found)
    return day(found) if isinstance(found, date) else value


def on_meant(value: str, today: date) -> str:
    """The same of the day on which an act happened."""
    return day_meant(COMMON[0], value, today)


def was_of(asked: FormField, picks: Sequence[Pick], today: date) -> list[str]:
    """What stood in a field before anybody touched it, for its reader."""
    return words_of(asked, Given({asked.name: asked.default}), picks, today)


def problems_of(form: ActForm, problems: Iterable[Problem]) -> dict[str, str]:
    """What is wrong with each field, in words."""
    return {p.field: problem_in(spoken(), form, _said(p)) for p in problems}


def _said(problem: Problem) -> Problem:
    """With its days as people say them."""
    values = {n: plain_day(v) if isinstance(v, date) else v for n, v in problem.values.items()}
    return replace(problem, values=values)


def wrong(problems: Mapping[str, str] | None, error: YishenError | None) -> dict[str, Any]:
    """What a page says of a form that was not taken: its status, what is wrong with which field,
    or with the whole, and by which article."""
    return {
        "status": status_of(error) if error else 422 if problems else 200,
        "problems": problems or {},
        "lines": messages(error) if error and not problems else [],
        "article": cited(error.article) if error and error.article else None,
    }


def pairs(picks: Iterable[Pick]) -> list[tuple[str, str]]:
    """Values with their words."""
    return [(pick.value, pick.label) for pick in picks]


SPOKEN_FIELDS: Mapping[str, object] = {
    "input_of": input_of,
    "label_of": label_of,
    "hint_of": hint_of,
    "left_out": left_out,
    "sends": sends,
    "words_of": words_of,
    "was_of": was_of,
    "on_meant": on_meant,
    "pairs": pairs,
}
"""What templates of forms say of fields."""
