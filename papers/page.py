"""A sheet as one HTML page that needs nothing else, for the screen and for A4."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.case.people import account_of, method_of, way_of
from domain.periods.ledger import RESTS
from papers.sheet import EvidenceSheet, LedgerLine, Moment, OfEntry, OfReading, OfSetting
from papers.words import Words

_WHOM: tuple[str, ...] = ("party", "ref")
_LETTERS = "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ"
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@cache
def templates() -> Environment:
    """Escaping on; a value that is not there is an error, not a blank."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default_for_string=True, default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def evidence_page(sheet: EvidenceSheet, lang: str) -> str:
    """The sheet as HTML in a language; the same sheet gives the same text."""
    content = b64encode(sheet.canonical()).decode()
    return (
        templates()
        .get_template("evidence.html")
        .render(
            sheet=sheet,
            view=_View(sheet, Words(lang)),
            lang={"zh": "zh-CN"}.get(lang, lang),
            content=f"data:application/json;base64,{content}",
        )
    )


class _View:
    """What the template says of a sheet: words put together where a template can't."""

    def __init__(self, sheet: EvidenceSheet, words: Words) -> None:
        self.sheet = sheet
        self.words = words
        self.say = words.say

    @property
    def limit(self) -> str:
        """The limit's name."""
        return self.words.limit(self.sheet.limit, self.sheet.ref)

    @property
    def headings(self) -> dict[str, str]:
        """The headings of the parts that there are, numbered without gap."""
        parts = ("facts", "events", "ledger", "readings", "moved", "basis", "check")
        left_out = [part for part in ("readings", "moved") if not getattr(self.sheet, part)]
        there = [part for part in parts if part not in left_out]
        return {
            part: self.say("heading.numbered", number=number, title=self.say(f"heading.{part}"))
            for part, number in zip(there, self.say("heading.numbers").split(), strict=False)
        }

    @property
    def facts(self) -> list[tuple[str, list[str]]]:
        """Name and lines of each fact at the head."""
        sheet, words = self.sheet, self.words
        law = sheet.statute
        name = law.name.zh if words.lang == "zh" else law.name.en
        found = [
            ("statute", [self.say("fact.statute", name=name, source=words.article(law.source))]),
            ("period", [self._period()]),
            ("receipt", [self._receipt()]),
        ]
        hashes = [self.say("fact.evidence", sha256=h) for h in sheet.receipt.evidence]
        if hashes:
            found.append(("evidence", hashes))
        standing = sheet.standing
        if standing.base is not None:
            day, cause = words.day(standing.base), words.cause(standing.cause)
            found.append(("day_zero", [self.say("fact.day_zero", day=day, cause=cause)]))
        if used := self._days():
            found.append(("days", [used]))
        notes = [words.term("warning", code) for code in sheet.warnings]
        if standing.provisional:
            notes = [n for n in notes if n != words.term("warning", "calendar_incomplete")]
            notes.append(self.say("fact.provisional"))
        if sheet.unchecked:
            named = words.listed(words.term("figure", name) for name in sheet.unchecked)
            notes.append(self.say("fact.unchecked", figures=named))
        if notes:
            found.append(("warning", notes))
        return [(self.say(f"field.{key}"), lines) for key, lines in found]

    def _period(self) -> str:
        law, standing, words = self.sheet.statute, self.sheet.standing, self.words
        if self.sheet.limit == "reply":
            length = words.length(law.unit, law.n)
            return self.say("fact.period", length=length, article=words.article(law.article))
        return words.article(standing.article)

    def _receipt(self) -> str:
        receipt, words = self.sheet.receipt, self.words
        values = {
            "channel": words.term("receipt_channel", receipt.channel),
            "arrived": words.day(receipt.arrived),
            "article": words.article(receipt.article),
        }
        if receipt.day_zero is None:
            return self.say("fact.unconfirmed", **values)
        key = "receipt" if receipt.day_zero == receipt.arrived else "receipt_confirmed"
        return self.say(f"fact.{key}", day=words.day(receipt.day_zero), **values)

    def _days(self) -> str:
        days = self.sheet.days
        if days is None:
            return ""
        counts = [("taken", days.taken), ("left", days.left), ("late", days.late or None)]
        return self.words.joined(
            self.say(f"days.{key}", n=self.words.length(days.unit, n))
            for key, n in counts
            if n is not None
        )

    @property
    def verdict(self) -> list[str]:
        """The last day in large letters, or why there is none; then what else to know of it."""
        sheet, words, standing = self.sheet, self.words, self.sheet.standing
        if standing.due is not None and standing.instant is not None:
            clock = self.say("end_of_day", day=words.day(standing.due))
            zone = "UTC" + f"{standing.instant:%z}"[:3] + ":" + f"{standing.instant:%z}"[3:]
            return [
                words.day_and_weekday(standing.due),
                self.say("verdict.clock", clock=clock, zone=zone) + self.say("sentence_end"),
                *self._met(),
            ]
        if sheet.clock_state == "paused" and sheet.limit == "reply":
            return [self.say("verdict.paused"), *self._paused()]
        return [self.say("verdict.none"), *self._ended()]

    def _met(self) -> list[str]:
        sheet, words, met = self.sheet, self.words, self.sheet.standing.met
        if met is None:
            return []
        if sheet.in_time is None:
            return [self.say("verdict.met", day=words.day(met))]
        if sheet.in_time:
            return [self.say("verdict.in_time", day=words.day(met))]
        late = (
            words.length(sheet.days.unit, sheet.days.late) if sheet.days and sheet.days.late else ""
        )
        return [self.say("verdict.late", day=words.day(met), n=late)]

    def _paused(self) -> list[str]:
        sheet, words, standing = self.sheet, self.words, self.sheet.standing
        lines = []
        if standing.if_answered is not None and sheet.days and sheet.days.left is not None:
            lines.append(
                self.say(
                    "verdict.if_answered",
                    left=words.length(sheet.days.unit, sheet.days.left),
                    day=words.day(sheet.as_of),
                    due=words.day(standing.if_answered),
                )
            )
        if standing.latest is not None:
            lines.append(self.say("verdict.latest", due=words.day(standing.latest)))
        else:
            lines.append(self.say("verdict.unbounded"))
        return [line + self.say("sentence_end") for line in lines]

    def _ended(self) -> list[str]:
        last = self.sheet.settings[-1] if self.sheet.settings else None
        if last is None or last.ended_by is None:
            return []
        by = last.ended_by
        what = self.words.told(by.kind, by.told)
        due, day = self.words.day(last.due), self.words.day(by.on)
        return [self.say("verdict.ended", due=due, day=day, what=what)]

    # -- tables -----------------------------------------------------------------------------------

    def told(self, moment: Moment) -> str:
        """An event in words."""
        return self.words.told(moment.kind, moment.told)

    def asked(self, entry: OfEntry) -> str:
        """By whom an entry is, and by whom of which way in."""
        way, account = way_of(entry.asked_by), account_of(entry.asked_by)
        method = self.words.term("sign_in_method", method_of(entry.asked_by))
        return self.say(f"asked.{way}", account=account, person=entry.person, method=method)

    def by(self, moment: Moment | None) -> str:
        """An event as the cause of something, without what it said."""
        if moment is None:
            return self.say("event.none")
        whom: dict[str, str] = {name: moment.told[name] for name in _WHOM if name in moment.told}
        day, event = self.words.day(moment.on), self.words.told(moment.kind, whom)
        return self.say("event.by", day=day, event=event, seq=moment.seq)

    @cached_property
    def sources(self) -> list[str]:
        """Where the rest days and the worked weekends are published, in order."""
        lines = self.sheet.standing.lines
        found = (
            word for line in lines for word in (*_published(line), *line.notice.split()) if word
        )
        return list(dict.fromkeys(found))

    def _marks(self, sources: Iterable[str]) -> str:
        places = [self.sources.index(source) for source in sources]
        return "".join(_MARKS[p] if p < len(_MARKS) else f"({p + 1})" for p in places)

    def why(self, line: LedgerLine) -> str:
        """The reason of a span: that it counts for this limit, and no other."""
        other = line.why == "period" and self.sheet.limit != "reply"
        named = self.words.term("limit", self.sheet.limit)
        why = named if other else self.words.term("why", line.why)
        if line.worked:
            days = self.words.listed(self.words.short_day(day) for day in line.worked)
            return self.say("line.worked", why=why, days=days)
        if line.counted:
            return self.say("line.counted", why=why)
        if line.refs:
            return self.say("line.refs", why=why, refs=self.words.listed(line.refs))
        return self.say("line.excluded", why=why)

    def source(self, line: LedgerLine) -> str:
        """The article of a span, and the marks of what is published about its days."""
        published = _published(line)
        if line.why == "holiday" and not any(published):
            return self.say("line.unpublished")
        article = "" if published else self.words.article(line.article)
        article += self.chosen(s.name for s in line.settings)
        return article + self._marks([*published, *line.notice.split()])

    def chosen(self, settings: Iterable[str]) -> str:
        """The marks of settings, by which they stand among what the count rests on."""
        names = [p.name for p in self.sheet.policy]
        return "".join(_LETTERS[names.index(name)] for name in settings if name in names)

    def choice(self, reading: OfReading) -> str:
        """A choice, and whether it is the office's own."""
        words = self.words.choice(reading.name, reading.value)
        return self.say("reading.chosen", choice=words) if reading.chosen else words

    def checked(self, setting: OfSetting) -> str:
        """Whether counting again gave the setting."""
        check = setting.check
        if check.same:
            return self.say("check.same")
        again = (
            self.say("check.recounted", due=self.words.day(check.due))
            if check.due
            else self.say("check.nothing")
        )
        return self.words.joined([self.say("check.differs"), again])

    @property
    def differing(self) -> list[str]:
        """What counting again gave otherwise."""
        sheet = self.sheet
        found = [
            self.say(
                "check.of_setting",
                due=self.words.day(s.due),
                by=self.by(s.set_by),
                checked=self.checked(s),
            )
            for s in sheet.settings
            if not s.check.same
        ]
        check = sheet.standing.check
        if not check.same and (not sheet.settings or sheet.settings[-1].check.same):
            due = sheet.standing.due
            again = (
                self.say("check.recounted", due=self.words.day(check.due))
                if check.due
                else self.say("check.nothing")
            )
            what = self.words.day(due) if due else self.limit
            found.append(self.say("check.of_limit", what=what, again=again))
        return found

    @property
    def basis(self) -> list[tuple[str, list[str]]]:
        """Calendar, notices, settings, rules, statute and register, each with its hash."""
        sheet, words = self.sheet, self.words
        calendar = sheet.calendar
        version = self.say("fact.version", version=calendar.version, sha256=calendar.sha256)
        found = [("calendar", [version])]
        if self.sources:
            named = [f"{self._marks([s])} {words.article(s)}" for s in self.sources]
            found.append(("sources", named))
        if sheet.policy:
            chosen = [
                f"{self.chosen([p.name])} "
                + words.setting(p.name)
                + self.say("colon")
                + words.choice(p.name, p.value)
                for p in sheet.policy
            ]
            found.append(("settings", chosen))
        law = self.say("fact.statute_text", id=sheet.statute.id, sha256=sheet.statute.sha256)
        record = self.say(
            "fact.record", seq=sheet.seq, day=words.day(sheet.as_of), sha256=sheet.record_sha256
        )
        found += [
            ("rules", [self.say("fact.rules", n=sheet.rules)]),
            ("statute_text", [law]),
            ("record", [record]),
        ]
        return [(self.say(f"field.{key}"), lines) for key, lines in found]


def _published(line: LedgerLine) -> list[str]:
    """Where the rest days of a span are published: addresses of notices, or one citation."""
    if line.why not in RESTS:
        return []
    addresses = line.article.startswith(("http:", "https:"))
    return line.article.split() if addresses else [line.article]
