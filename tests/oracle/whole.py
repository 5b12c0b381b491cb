"""A whole case: reply, remedies, orders to reply anew, lived day by day from the full knowledge of
what happened. At midnight what ran out passes; then what happened on the day is taken in.

A paper counts from the day that the law names, not from the day on which its copy came: a suit
filed in time is in time whenever its copy reaches the agency.
"""

from dataclasses import dataclass
from datetime import date

from tests.oracle import periods
from tests.oracle.counting import Line
from tests.oracle.days import DAY, Days, NotKnownError
from tests.oracle.periods import CALENDAR, MONTHS, WORKING, Version
from tests.oracle.reply import Request

FIRST_BY_LAW = ("refused",)
"""Refusals under arts 14 to 16: reconsideration first, Reconsideration Law 2023 art 23(1)(4)."""
ORDER_FROM = date(2024, 1, 1)

RECONSIDERATION, SUIT = "remedy_reconsideration", "remedy_lawsuit"
RETRIAL = "remedy_retrial"
APPLICANT = "remedy_"
HELD_UP = ("reconsideration_answer", "reconsideration_decision", "litigation_defence")
"""Periods of a proceeding, which stand still with it."""
AFTER = "cn-litigation/sue_after_reconsideration"
Key = tuple[str, str | None]


@dataclass
class Limit:
    """What runs: from which day, to which."""

    base: date
    due: date


@dataclass
class Proceeding:
    """A reconsideration or an instance of a suit, about the reply of a round or its absence."""

    ref: str
    paper: Line
    round: int
    outcome: str = ""
    order: Line | None = None
    appealable: bool = False
    appealed_by: tuple[str, ...] = ()
    effective: bool = False


class Case:
    """One case on its way through the days."""

    def __init__(self, line: Line, days: Days) -> None:
        self.days, self.line = days, line
        self.facts: list[Line] = line["facts"]
        self.request: Request | None = Request({**line, "events": []}, days)
        self.running: dict[Key, Limit] = {}
        self.passed: list[tuple[str, str | None, date]] = []
        self.proceedings: dict[str, Proceeding] = {}
        self.reply: Line | None = None
        self.round = 1
        self.silent = False
        self.knew: date | None = None
        self.told: date | None = None
        self.day = date.fromisoformat(line["received"])
        last = date.fromisoformat(line["as_of"])
        waiting = list(self.facts)
        while True:
            self.midnight()
            while waiting and waiting[0]["at"] == self.day.isoformat():
                fact = waiting.pop(0)
                getattr(self, fact["kind"])(fact)
            if self.day == last:
                return
            self.day += DAY

    # what is known of the whole case

    def later(self, kind: str, **fields: object) -> list[Line]:
        """The facts of a kind, whenever they became known."""
        wanted = fields.items()
        return [
            x for x in self.facts if x["kind"] == kind and all(x.get(k) == v for k, v in wanted)
        ]

    def begin(self, name: str, ref: str | None, base: date, period: str, more: int = 0) -> None:
        """A named period begins; `more` days are added to it by an extension."""
        version = periods.version(period, base, self.days)
        if name in HELD_UP and ref:
            due = self.walked(version, base, ref, more)
        else:
            due = self.last(version, base)
        if due:
            self.running[name, ref] = Limit(base, due)

    def walked(self, version: Version, base: date, ref: str, more: int = 0) -> date | None:
        """The last day of a period that stands still while its proceeding does; None: it still
        stands still on the day the case is looked at."""
        stops = [date.fromisoformat(x["at"]) for x in self.later("proceeding_suspended", ref=ref)]
        goes = [date.fromisoformat(x["at"]) for x in self.later("proceeding_resumed", ref=ref)]
        goes += [date.max] * (len(stops) - len(goes))
        left, day = version.n + more, base
        while left:
            day += DAY
            stands = [go for stop, go in zip(stops, goes, strict=True) if stop < day <= go]
            if date.max in stands:
                return None
            left -= not stands and (version.unit == CALENDAR or self.days.works(day))
        return self.days.from_here(day)

    def last(self, version: Version, first: date) -> date:
        """The last day of a period; where no notice reaches so far, as it comes."""
        try:
            return periods.last_day(version, first, self.days)
        except NotKnownError:
            if version.unit == WORKING:
                raise
            return periods.end(version.n, version.unit, first, self.days)

    # midnight

    def midnight(self) -> None:
        """What ran out yesterday passes by itself."""
        self.reply_period()
        for (name, ref), limit in list(self.running.items()):
            if limit.due >= self.day:
                continue
            if name in (RECONSIDERATION, SUIT):
                self.path_ran_out(name, ref, limit)
            elif name == RETRIAL:
                del self.running[name, ref]
                self.passed.append((name, ref, self.day))
            elif name in ("appeal", "appeal_other"):
                self.running.pop((name, ref))
                side = "agency" if name == "appeal" else "applicant"
                if side not in self.taken_up(ref or ""):
                    self.passed.append((name, ref, self.day))
            elif name == "reconsideration_decision" and ref:
                self.no_decision(ref, limit)
        for one in self.proceedings.values():
            self.take_effect(one)

    def reply_period(self) -> None:
        """The period to reply passes in silence: the remedies against that are open."""
        limit = self.reply_limit()
        if self.reply or self.silent or limit is None or limit >= self.day:
            return
        self.silent = True
        self.passed.append(("inaction_opened", None, self.day))
        if any(one.round == self.round for one in self.proceedings.values()):
            return  # the applicant did not wait for the end of the period
        self.begin(RECONSIDERATION, "silence", limit, "cn-reconsideration/apply")
        if limit < ORDER_FROM or self.line["policy"].get("remedy_path_unsettled") == "either":
            self.begin(SUIT, "silence", limit, "cn-litigation/sue_inaction")

    def reply_limit(self) -> date | None:
        """The last day to reply, while that is still to be done."""
        if ("reply", None) in self.running:
            return self.running["reply", None].due
        request = self.request
        if request is None or request.count is None or request.waiting or request.end:
            return None
        return request.due()

    def path_ran_out(self, name: str, ref: str | None, limit: Limit) -> None:
        """A path of the applicant lapses unless it was taken in time."""
        del self.running[name, ref]
        kind = "reconsideration_received" if name == RECONSIDERATION else "lawsuit_received"
        taken = [
            date.fromisoformat(fact.get("filed") or fact["at"])
            for fact in self.later(kind)
            if fact["at"] >= self.day.isoformat()
            and fact.get("instance", "first") == "first"
            and (fact.get("after") == ref if ref and ref != "silence" else not fact.get("after"))
        ]
        if not any(day <= limit.due for day in taken):
            self.passed.append((name, ref, self.day))

    def no_decision(self, ref: str, limit: Limit) -> None:
        """The organ is silent unless it had decided by then, whenever that was served."""
        del self.running["reconsideration_decision", ref]
        made = [x.get("decided") or x["at"] for x in self.later("reconsideration_decided", ref=ref)]
        if not any(date.fromisoformat(day) <= limit.due for day in made):
            self.passed.append(("reconsideration_silent", ref, self.day))
            if not self.sued_after(ref):
                self.begin(SUIT, ref, limit.due, AFTER)

    def sued_after(self, ref: str) -> bool:
        """Whether the way to court after the reconsideration was taken, be it too early."""
        return any(one.paper.get("after") == ref for one in self.proceedings.values())

    def take_effect(self, one: Proceeding) -> None:
        """Nobody appealed in time: the judgment takes effect the day after."""
        sides = (("appeal", one.ref), ("appeal_other", one.ref))
        if not one.appealable or one.effective or any(side in self.running for side in sides):
            return
        if one.appealed_by or self.taken_up(one.ref):
            return
        one.effective = True
        self.passed.append(("judgment_effective", one.ref, self.day))
        self.in_effect(one)
        self.order(one)

    def in_effect(self, one: Proceeding) -> None:
        """Either side may ask for a retrial within six months (2018 art 110)."""
        if self.day >= periods.LITIGATION_2015:
            self.begin(RETRIAL, one.ref, self.day, "cn-litigation/retrial")

    def taken_up(self, ref: str) -> list[str]:
        """Whose appeal a court took up, whenever that became known: the judgment never took
        effect, unless in the end the appeal is rejected."""
        found = []
        for copy in self.later("lawsuit_received", instance="second", after=ref):
            ends = self.later("judgment_received", ref=copy["ref"])
            if not any(end["outcome"] == "appeal_rejected" for end in ends):
                appeals = self.later("appeal_filed", ref=ref)
                found.append(copy.get("by") or (appeals[0]["by"] if appeals else "applicant"))
        return found

    def order(self, one: Proceeding) -> None:
        """A reply was ordered: a new round with a period of its own, from today."""
        fact = one.order
        if not fact or not (fact.get("orders_reply") or fact["outcome"] == "ordered_to_perform"):
            return
        self.round += 1
        self.request, self.reply, self.silent, self.knew = None, None, False, None
        for key in [k for k in self.running if k[1] in (None, "silence")]:
            del self.running[key]
        if fact.get("within"):
            unit = fact.get("within_unit", CALENDAR)
            due = periods.last_day(
                periods.Version(date.min, fact["within"], unit, ""), self.day, self.days
            )
        else:
            n = Request({**self.line, "events": []}, self.days).law.reply
            due = self.days.working_day(self.day, n)
        self.running["reply", None] = Limit(self.day, due)
        self.passed.append(("case_reopened", one.ref, self.day))

    # what happens

    def correction_notice_sent(self, fact: Line) -> None:
        """For the reply clock."""
        if self.request:
            self.request.happens(fact)

    correction_received = correction_notice_sent
    third_party_consulted = third_party_answered = extension_granted = correction_notice_sent
    receipt_confirmed = correction_notice_sent

    def replied(self, fact: Line) -> None:
        """The reply leaves; handed over, it is known."""
        self.reply, self.told = fact, None
        self.running = {
            key: limit for key, limit in self.running.items() if key[1] not in (None, "silence")
        }
        self.running.pop(("reply", None), None)
        if self.request:
            self.request.happens({"kind": "reply_dispatched", "at": fact["at"]})
        if fact["channel"] == "handed_over":
            self.known()
        else:
            self.longest()

    def delivered(self, fact: Line) -> None:
        """Delivery is on record: knowledge, unless it was handed over."""
        assert self.reply
        if self.reply["channel"] != "handed_over":
            for key in [k for k in self.running if k[0].endswith("_longest")]:
                del self.running[key]
            self.known()

    def first(self, day: date) -> bool:
        """Whether reconsideration comes first."""
        assert self.reply
        return day >= ORDER_FROM and self.reply["reply"] in FIRST_BY_LAW

    def known(self) -> None:
        """The applicant knows the reply: the periods begin (2023 art 20, litigation art 46)."""
        self.knew = self.day
        self.running[RECONSIDERATION, None] = self.path(RECONSIDERATION)
        if not self.first(self.day):
            self.running[SUIT, None] = self.path(SUIT)

    def faulty(self) -> Line:
        """How the notice of the present reply was at fault, whenever that came to light."""
        assert self.reply
        found = {"notice": self.reply["notice"]} if "notice" in self.reply else {}
        nth = self.facts.index(self.reply)
        for fact in self.facts[nth + 1 :]:
            if fact["kind"] == "replied":
                break
            if fact["kind"] == "remedy_notice_faulty":
                found = fact
        return found

    def path(self, name: str) -> Limit:
        """The period of a path since the reply is known. Not told of it: the longest, or the plain
        one from the day of being told. Told wrongly, by the setting: as if not told, or the longer
        of the period that was named and the lawful one."""
        assert self.knew
        own, said = "cn-litigation/sue", "lawsuit_months"
        if name == RECONSIDERATION:
            own, said = "cn-reconsideration/apply", "reconsideration_days"
        version, fault = periods.version(own, self.knew, self.days), self.faulty()
        due = self.last(version, self.knew)
        if not fault:
            return Limit(self.knew, due)
        if fault["notice"] == "wrong" and self.line["policy"].get("wrong_notice"):
            named = Version(date.min, fault.get(said, version.n), version.unit, "")
            return Limit(self.knew, max(due, self.last(named, self.knew)))
        longest = periods.version(f"{own}_not_told", self.knew, self.days)
        due = self.last(longest, self.knew)
        if self.told:
            since = max(self.told, self.knew)
            plain = periods.version(own, since, self.days)
            due = min(due, self.last(plain, since))
        return Limit(self.knew, due)

    def remedy_notice_given(self, fact: Line) -> None:
        """The applicant is told later."""
        self.told = self.day
        for name in (RECONSIDERATION, SUIT):
            if (name, None) in self.running:
                self.running[name, None] = self.path(name)

    def longest(self) -> None:
        """Five years from the making, whether known or not (2023 art 21, litigation art 46(2))."""
        due = periods.end(60, MONTHS, self.day, self.days)
        due = self.days.from_here(due) if due.year in self.days.years else due
        if self.day >= ORDER_FROM:
            self.running[f"{RECONSIDERATION}_longest", None] = Limit(self.day, due)
        if not self.first(self.day):
            self.running[f"{SUIT}_longest", None] = Limit(self.day, due)

    def reconsideration_received(self, fact: Line) -> None:
        """The copy of an application: our answer runs from it, the decision from acceptance."""
        ref = fact["ref"]
        self.proceedings[ref] = Proceeding(ref, fact, self.round)
        self.paths_end()
        simplified = "simplified_" if fact.get("simplified") else ""
        self.begin(
            "reconsideration_answer", ref, self.day, f"cn-reconsideration/{simplified}answer"
        )
        if fact.get("accepted"):
            accepted = date.fromisoformat(fact["accepted"])
            name = "decide_simplified" if simplified else "decide"
            more = self.extended(ref, accepted, f"cn-reconsideration/{name}")
            self.begin(
                "reconsideration_decision", ref, accepted, f"cn-reconsideration/{name}", more
            )

    def extended(self, ref: str, accepted: date, period: str) -> int:
        """The days by which the organ extended its period, in time (2023 art 62, 1999 art 31)."""
        version = periods.version(period, accepted, self.days)
        plain = self.walked(version, accepted, ref, 0)
        return sum(
            x["calendar_days"]
            for x in self.later("reconsideration_extended", ref=ref)
            if plain is None or date.fromisoformat(x["at"]) <= plain
        )

    def known_before(self, fact: Line) -> None:
        """A fact that was reckoned with from the beginning."""

    reconsideration_served_applicant = judgment_served_on_other = known_before
    remedy_notice_faulty = known_before
    reconsideration_extended = proceeding_suspended = proceeding_resumed = known_before

    def paths_end(self) -> None:
        """One way was taken."""
        for key in [k for k in self.running if k[0].startswith(APPLICANT)]:
            if key[1] in (None, "silence"):
                del self.running[key]

    def reconsideration_decided(self, fact: Line) -> None:
        """The decision: the applicant may sue within 15 days of receiving it."""
        one = self.proceedings[fact["ref"]]
        one.outcome, one.order = fact["outcome"], fact
        for name in ("reconsideration_answer", "reconsideration_decision"):
            self.running.pop((name, one.ref), None)
        if one.outcome == "withdrawn":
            self.withdrawn(one)
            return
        served = date.fromisoformat(fact.get("served_applicant") or fact["at"])
        for later in self.later("reconsideration_served_applicant", ref=one.ref):
            served = date.fromisoformat(later["at"])
        if not self.sued_after(one.ref):
            self.begin(SUIT, one.ref, served, AFTER)
        self.order(one)

    def withdrawn(self, one: Proceeding) -> None:
        """Where no order binds, the suit is open within what is left of its own period
        (interpretation 2018 art 58)."""
        against = one.paper.get("against")
        if against or not self.knew or self.first(self.knew):
            return
        self.running[SUIT, None] = self.path(SUIT)

    def answer_submitted(self, fact: Line) -> None:
        """Our answer or defence left."""
        for name in ("reconsideration_answer", "litigation_defence"):
            self.running.pop((name, fact["ref"]), None)

    def lawsuit_received(self, fact: Line) -> None:
        """The copy of a complaint: defence and evidence within the period from it."""
        before = self.proceedings.get(fact.get("after", ""))
        one = Proceeding(fact["ref"], fact, before.round if before else self.round)
        self.proceedings[one.ref] = one
        if fact.get("after"):
            self.running.pop((SUIT, fact["after"]), None)
        else:
            self.paths_end()
        period = "cn-litigation/defence"
        if fact.get("instance") == "second":
            period = "cn-litigation/defence_second"
            name = "appeal" if fact.get("by") == "agency" else "appeal_other"
            self.running.pop((name, fact["after"]), None)
            if name == "appeal":
                return  # only the appellee answers
        self.begin("litigation_defence", one.ref, self.day, period)

    def appeal_filed(self, fact: Line) -> None:
        """In time it keeps the judgment from taking effect."""
        one, name = self.proceedings[fact["ref"]], "appeal"
        if fact["by"] == "applicant":
            name = "appeal_other"
        if self.running.pop((name, one.ref), None):
            one.appealed_by += (fact["by"],)

    def judgment_received(self, fact: Line) -> None:
        """An instance ends: each side may appeal from its own service."""
        one = self.proceedings[fact["ref"]]
        one.outcome, one.order = fact["outcome"], fact
        self.running.pop(("litigation_defence", one.ref), None)
        if one.paper.get("instance") == "second":
            self.final(one)
            return
        one.appealable = True
        period = f"cn-litigation/appeal_{fact['form']}"
        other = date.fromisoformat(fact.get("served_other") or fact["at"])
        for served in self.later("judgment_served_on_other", ref=one.ref):
            other = date.fromisoformat(served["at"])
        self.begin("appeal", one.ref, self.day, period)
        self.begin("appeal_other", one.ref, other, period)

    def final(self, one: Proceeding) -> None:
        """The second instance is the last: what it says, or lets stand, has effect at once."""
        below = self.proceedings[one.paper["after"]]
        self.running.pop(("appeal", below.ref), None)
        self.running.pop(("appeal_other", below.ref), None)
        if one.outcome in ("affirmed", "appeal_withdrawn"):
            below.effective = True
            self.in_effect(below if one.outcome == "appeal_withdrawn" else one)
            self.order(below)
        elif one.outcome != "appeal_rejected":
            below.effective = True  # replaced: nothing of it comes into effect
            self.in_effect(one)
            self.order(one)


def answer(line: Line, days: Days) -> Line:
    """What runs on the day it is looked at, and what passed by itself."""
    case = Case(line, days)
    limit = case.reply_limit()
    running = {f"{name}:{ref}" if ref else name: x.due for (name, ref), x in case.running.items()}
    if limit:
        running["reply"] = limit
    return {
        "running": running,
        "passed": sorted(case.passed, key=lambda found: tuple(map(str, found))),
    }
