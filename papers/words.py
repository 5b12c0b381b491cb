"""The words and days of a paper in its language: full citations, no leading zeros."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import texts
from texts.citations import choice, cited, setting
from texts.words import SILENCE, limit_in, term_in


class Words:
    """What a template may say. Every text is under `evidence` in the catalogue."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, key: str, /, **values: object) -> str:
        """The text of a key."""
        return texts.text(self.lang, f"evidence.{key}", **values)

    def term(self, group: str, code: object) -> str:
        """The word for a code."""
        return term_in(self.lang, group, code)

    def cause(self, code: str) -> str:
        """What happened on a day 0."""
        return self.say(f"cause.{code}")

    def limit(self, name: str, ref: str | None) -> str:
        """The name of a limit, with the consultation it belongs to."""
        if ref == SILENCE:
            return limit_in(self.lang, name, ref)
        return self.term("limit", name) + (self.say("event.ref", ref=ref) if ref else "")

    def joined(self, parts: Iterable[str]) -> str:
        """Parts of one sentence."""
        return self.say("joiner").join(part for part in parts if part)

    def listed(self, parts: Iterable[str]) -> str:
        """Things of one kind."""
        return self.say("list").join(parts)

    def day(self, value: date) -> str:
        """A day in full: 2024年10月1日, 1 October 2024."""
        return self.say("day", year=value.year, month=self._month(value), day=value.day)

    def short_day(self, value: date) -> str:
        """A day without its year."""
        return self.say("short_day", month=self._month(value), day=value.day)

    def weekday(self, value: date) -> str:
        """The day of the week."""
        return self.say("weekdays").split()[value.weekday()]

    def day_and_weekday(self, value: date) -> str:
        """A day in full with the day of the week."""
        return self.say("day_with_weekday", day=self.day(value), weekday=self.weekday(value))

    def instant(self, value: datetime) -> str:
        """A day and a time of day."""
        return self.say("instant", day=self.day(value.date()), time=f"{value:%H:%M}".lstrip("0"))

    def span(self, first: date, last: date) -> str:
        """From day to day; the year once where it is the same."""
        if first == last:
            return self.day(first)
        if first.year != last.year:
            return self.say("span", first=self.day(first), last=self.day(last))
        late_year = self.lang != "zh"
        return self.say(
            "span",
            first=self.short_day(first) if late_year else self.day(first),
            last=self.day(last) if late_year else self.short_day(last),
        )

    def length(self, unit: str, n: int) -> str:
        """So many of a unit."""
        words = self.say(f"unit.{unit}", n=n)
        return words[:-1] if self.lang == "en" and n == 1 else words

    def article(self, article: str) -> str:
        """A citation as papers write it: 第三十三条第二款."""
        return cited(self.lang, article, formal=True)

    def setting(self, name: str) -> str:
        """The name of a setting."""
        return setting(self.lang, name)

    def choice(self, name: str, value: str) -> str:
        """What a setting chooses."""
        return choice(self.lang, name, value)

    def told(self, kind: str, told: Mapping[str, str]) -> str:
        """An event in words: its kind, then what a count can hang on."""
        party = told.get("party")
        parts = [self.term("kind", kind) + self._whom(party, told.get("ref"))]
        if "arrived" in told:
            channel = self.term("receipt_channel", told["channel"])
            arrived = self.day(date.fromisoformat(told["arrived"]))
            parts.append(self.say("event.arrived", channel=channel, day=arrived))
        elif "channel" in told:
            parts.append(self.term("dispatch_channel", told["channel"]))
        if "working_days" in told:
            parts.append(self.length("working_day", int(told["working_days"])))
        for name in ("until", "correct_by", "delivered"):
            if name in told:
                day = self.day(date.fromisoformat(told[name]))
                parts.append(self.say(f"event.{name}", day=day))
        if "cause" in told:
            parts.append(self.term("cause", told["cause"]))
        named = (name for name in ("calendar", "closure", "rules") if name in told)
        parts += [self.say(f"event.{name}", **{name: told[name]}) for name in named]
        return self.joined(parts)

    def _whom(self, party: str | None, ref: str | None) -> str:
        words = self.listed(w for w in (self.term("party", party) if party else "", ref) if w)
        return self.say("event.ref", ref=words) if words else ""

    def _month(self, value: date) -> str:
        names = self.say("months").split()
        return names[value.month - 1] if names else str(value.month)
