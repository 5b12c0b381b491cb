"""From what was submitted in a form to what it means: every field read in the habits of people, and
everything that is wrong said at once, each at its field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

import texts
from domain.case.act import Evidence
from domain.errors import InputError, Problem
from domain.remedies.proceeding import Document
from domain.values import legal_day
from domain.words import LINE_LENGTH, TEXT_LENGTH, Line, Text
from office.acts.forms.choosing import values_of
from office.acts.forms.model import PICKED, ActForm, Asks, Depends, FormField
from office.written import plain, written_amount, written_count, written_day, written_moment
from texts.problems import problems
from texts.sentences import expected

YES = frozenset({"true", "on", "yes", "1", "是"})
NO = frozenset({"", "false", "off", "no", "0", "否"})

Submitted = Mapping[str, Sequence[str]]
"""What came of each input, by its name."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that came with a form: its hash, and what it was called."""

    sha256: str
    name: str


Files = Mapping[str, Sequence[GivenFile]]


def _common(name: str, asks: Asks, of: Any, **more: Any) -> FormField:
    label, hint = f"forms.label.{name}", f"forms.hint.{name}"
    return FormField(name, asks, (name,), of, label, hint, **more)


COMMON = (
    _common("on", Asks.DAY, date, past=True),
    _common("done_by", Asks.PERSON, str),
    _common("after_entry", Asks.ENTRY, int),
    _common("evidence", Asks.TEXT, Text, many=True, longest=TEXT_LENGTH),
    _common("files", Asks.FILE, str, many=True),
)
"""What every act may say beside its own: its day, who did it, its proofs."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in. `given`: what each field means, by its name, and what is common
    to all acts; `problems`: what is wrong; the fact can be made where there is none."""

    form: ActForm
    given: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    on: date | None = None
    done_by: str | None = None
    after: int | None = None
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def values(self) -> dict[str, Any]:
        """What is given, as the fact has it."""
        found: dict[str, Any] = {}
        for asked in self.form.fields:
            value = self.given.get(asked.name)
            if value is None:
                continue
            *outer, last = asked.fills
            place = found
            for name in outer:
                place = place.setdefault(name, {})
            if isinstance(value, datetime) and last == "arrived":
                place |= {"arrived": legal_day(value), "arrived_at": value}
            else:
                place[last] = value
        return found

    @property
    def computed(self) -> list[FormField]:
        """The amounts that were left out, and follow from the rest."""
        amounts = (f for f in self.form.fields if f.found and f.asks is Asks.AMOUNT)
        return [field for field in amounts if field.name not in self.given]


def fill(form: ActForm, submitted: Submitted, today: date, files: Files | None = None) -> Filled:
    """The form as it was filled in. A field that its condition doesn't ask for must be empty."""
    reader = _Reader(submitted, files or {}, today)
    given = {asked.name: reader.read(asked) for asked in form.fields}
    wrong = {problem.field for problem in reader.problems}
    for asked in form.fields:
        if asked.name not in wrong:
            reader.problems += _misplaced(form, asked, given)
    common = {asked.name: reader.read(asked) for asked in COMMON}
    kept = (GivenFile(f.sha256, f.name[:LINE_LENGTH]) for f in reader.files.get("files", ()))
    said = [Evidence(text=text) for text in common["evidence"] or ()]
    proofs = [Evidence(sha256=file.sha256, name=file.name) for file in kept]
    return Filled(
        form,
        {name: value for name, value in given.items() if value is not None},
        tuple(reader.problems),
        common["on"],
        common["done_by"],
        common["after_entry"],
        (*said, *proofs),
    )


def _misplaced(form: ActForm, asked: FormField, given: Mapping[str, Any]) -> Iterator[Problem]:
    """A field that is empty and must not be, or the other way."""
    value = given[asked.name]
    empty = value is None or value == ()
    meant = asked.shown is None or _holds(form, asked.shown, given)
    if not empty and not meant and asked.shown is not None and value is not False:
        yield Problem(asked.name, "only_with", {"other": asked.shown.name})
    needed = asked.required or (asked.needed is not None and _holds(form, asked.needed, given))
    if empty and meant and needed and not asked.found:
        yield Problem(asked.name, "missing")


def _holds(form: ActForm, when: Depends, given: Mapping[str, Any]) -> bool:
    """Whether the other field has one of the values, by itself or by default."""
    other, value = form.field(when.name), given.get(when.name)
    if value is None and other is not None:
        return any(default in when.values for default in other.default)
    if not when.values:
        return value is not None
    return ("true" if value is True else str(value)) in when.values


MISSING = {
    **dict.fromkeys((*PICKED, Asks.YES_NO), "missing_choice"),
    **dict.fromkeys((Asks.FILE, Asks.PAPERS), "missing_file"),
    Asks.ARTICLE: "missing",
}
"""What is said of a field that may not be left out, where nobody writes into it."""


def problem_in(lang: str, form: ActForm, problem: Problem) -> str:
    """What is wrong at a field, for its reader."""
    values = dict(problem.values)
    expected_there = problem.expected
    asked = form.field(problem.field)
    if expected_there == "missing" and asked is not None:
        expected_there = MISSING.get(asked.asks, expected_there)
    other = form.field(str(values.get("other", "")))
    if other is not None:
        values["other"] = texts.text(lang, other.label)
    return expected(lang, expected_there, values)


def meant(asked: FormField, word: str, today: date) -> Any:
    """What one word means in that field; None: it can't be read."""
    return _Reader({asked.name: [word]}, {}, today).read(asked)


class _Reader:
    """Reads one submission; `problems`: what it could not read."""

    def __init__(self, submitted: Submitted, files: Files, today: date) -> None:
        self.submitted = submitted
        self.files = files
        self.today = today
        self.problems: list[Problem] = []

    def read(self, asked: FormField) -> Any:
        """What the field means; None where it was left empty or can't be read."""
        if asked.asks in (Asks.FILE, Asks.PAPERS):
            return self._files(asked)
        words = [word for word in self.submitted.get(asked.name, ()) if word.strip()]
        read = self._by(asked)
        found = [value for word in words if (value := read(word)) is not None]
        if asked.many:
            return tuple(found) or None
        return found[-1] if found else None

    def _files(self, asked: FormField) -> Any:
        given = self.files.get(asked.name, ())
        if asked.asks is Asks.FILE:
            return given[0].sha256 if given else None
        papers = [Document(title=file.name[:LINE_LENGTH], sha256=file.sha256) for file in given]
        return tuple(papers) or None

    def _by(self, asked: FormField) -> Callable[[str], Any]:
        match asked.asks:
            case Asks.DAY:
                return lambda word: self._day(asked, word)
            case Asks.INSTANT:
                return lambda word: self._moment(asked, word)
            case Asks.ARRIVAL:
                return lambda word: self._arrival(asked, word)
            case Asks.AMOUNT | Asks.COUNT | Asks.ENTRY | Asks.ROUND:
                return lambda word: self._number(asked, word)
            case Asks.YES_NO:
                return lambda word: self._yes_no(asked, word)
            case Asks.CHOICE:
                return lambda word: self._choice(asked, word)
            case Asks.TEXT | Asks.LINE:
                return lambda word: self._words(asked, word)
        return str.strip

    def _say(self, asked: FormField, wanted: str, **values: object) -> None:
        self.problems.append(Problem(asked.name, wanted, values))

    def _day(self, asked: FormField, word: str) -> date | None:
        ahead = None if asked.past is None else not asked.past
        try:
            found = written_day(word, self.today, ahead=ahead)
        except InputError:
            self._say(asked, "date")
            return None
        if asked.past and found > self.today:
            self._say(asked, "not_after", day=self.today)
        elif asked.earliest is not None and found < asked.earliest:
            self._say(asked, "not_before", day=asked.earliest)
        else:
            return found
        return None

    def _moment(self, asked: FormField, word: str) -> datetime | None:
        try:
            return written_moment(word, self.today)
        except InputError:
            self._say(asked, "date_or_instant")
            return None

    def _arrival(self, asked: FormField, word: str) -> date | None:
        """The instant, where a time is written; an instant is a day too."""
        with suppress(InputError):
            written_day(word, self.today)
            return self._day(asked, word)
        found = self._moment(asked, word)
        if found is not None and legal_day(found) > self.today:
            self._say(asked, "not_after", day=self.today)
            return None
        return found

    def _number(self, asked: FormField, word: str) -> Decimal | int | None:
        amount = asked.asks is Asks.AMOUNT
        found: Decimal | int | None = written_amount(word) if amount else written_count(word)
        if found is None:
            self._say(asked, "amount" if amount else "integer")
        elif amount and found != round(found, 2):
            self._say(asked, "two_decimals")
        elif asked.least is not None and found < asked.least:
            self._say(asked, "at_least", n=asked.least)
        elif asked.most is not None and found > asked.most:
            self._say(asked, "at_most", n=asked.most)
        else:
            return found
        return None

    def _yes_no(self, asked: FormField, word: str) -> bool | None:
        said = plain(word).lower()
        if said not in YES | NO:
            self._say(asked, "boolean")
            return None
        return said in YES

    def _choice(self, asked: FormField, word: str) -> str | None:
        known = tuple(values_of(asked))
        if word.strip() in known:
            return word.strip()
        self._say(asked, "one_of", known=", ".join(known))
        return None

    def _words(self, asked: FormField, word: str) -> str | None:
        try:
            kept: str = _WORDS[asked.asks].validate_python(word)
        except ValidationError as error:
            for problem in problems(error):
                self._say(asked, problem.expected, **problem.values)
            return None
        return kept


_WORDS: dict[Asks, TypeAdapter[str]] = {
    Asks.TEXT: TypeAdapter(Text),
    Asks.LINE: TypeAdapter(Line),
}
