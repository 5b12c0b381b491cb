"""Whole cases at random, from the request to the last remedy."""

from datetime import date, timedelta
from random import Random

from tests.oracle.counting import Line

FIRST, LAST = date(2013, 5, 1), date(2025, 3, 1)
NEW_RECONSIDERATION = date(2024, 1, 1)
EDGES = (date(2015, 5, 1), date(2018, 2, 8), date(2019, 5, 15), NEW_RECONSIDERATION)
DECIDED = ("upheld", "changed", "annulled", "confirmed_unlawful", "ordered_to_perform")
JUDGED = ("dismissed", "annulled", "ordered_to_perform", "confirmed_unlawful")
SIDES = ("applicant", "applicant", "agency")
ORDERING = ("annulled", "ordered_to_perform")


def whole(random: Random) -> Line:
    """One case: `facts` in the order of happening."""
    return _Life(random).line


class _Life:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.day = FIRST + timedelta(random.randrange((LAST - FIRST).days))
        if random.random() < 0.4:
            self.day = random.choice(EDGES) + timedelta(random.randrange(-150, 10))
        self.facts: list[Line] = []
        self.line: Line = {
            "channel": random.choice(("in_person", "mail_signed")),
            "received": self.day.isoformat(),
            "policy": {},
            "facts": self.facts,
        }
        if random.random() < 0.2:
            self.line["policy"]["remedy_path_unsettled"] = "either"
        if random.random() < 0.3:
            self.line["policy"]["wrong_notice"] = "longer_of_both"
        self.refs, self.replied = 0, False
        self._first_round()
        for _ in range(2):
            if self._often(0.15) or not self._proceeding():
                break
            if self._often(0.8):
                self._reply()
            else:
                self.replied = False
                self.day += self._days(20, 40, 90)
        self.facts.sort(key=lambda fact: fact["at"])
        last = max([self.day, *(date.fromisoformat(fact["at"]) for fact in self.facts)])
        self.line["as_of"] = (last + self._days(1, 5, 20, 70, 200, 400)).isoformat()

    def _days(self, *choices: int) -> timedelta:
        return timedelta(self.random.choice(choices))

    def _often(self, share: float) -> bool:
        return self.random.random() < share

    def _add(self, kind: str, day: date, **fields: object) -> None:
        stated = {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()}
        given = {k: v for k, v in stated.items() if v not in (None, False)}
        self.facts.append({"kind": kind, "at": day.isoformat(), **given})

    def _first_round(self) -> None:
        if self._often(0.15):
            self.day += self._days(1, 3, 6)
            self._add("correction_notice_sent", self.day)
            self.day += self._days(1, 4, 9)
            self._add("correction_received", self.day)
        if self._often(0.15):
            self.day += self._days(1, 3, 6)
            self._add("third_party_consulted", self.day, ref="t1")
            self.day += self._days(1, 4, 9, 20, 30)
            if self._often(0.8):
                self._add("third_party_answered", self.day, ref="t1")
        if self._often(0.15):
            self.day += self._days(1, 3, 6, 12)
            self._add("extension_granted", self.day, working_days=self.random.choice((5, 10, 15)))
        if self._often(0.8):
            self._reply()
        else:
            self.day += self._days(30, 45, 100)

    def _reply(self) -> None:
        self.day += self._days(2, 8, 15, 22, 28, 35, 60)
        kinds = ("does_not_exist", "refused")
        self.replied = True
        channel = self.random.choice(("post", "post", "handed_over"))
        notice = self.random.choice(("missing", "wrong")) if self._often(0.15) else None
        reply = self.random.choice(kinds)
        self._add("replied", self.day, reply=reply, channel=channel, notice=notice)
        if self._often(0.2):
            self._add(
                "remedy_notice_faulty",
                self.day + self._days(0, 3, 20, 70, 100, 200),
                notice=self.random.choice(("missing", "wrong", "wrong")),
                reconsideration_days=self.random.choice((None, 30, 90)),
                lawsuit_months=self.random.choice((None, 3, 12)),
            )
        if self._often(0.1):
            self._add("remedy_notice_given", self.day + self._days(0, 4, 15, 80))
        if channel == "handed_over":
            self._add("delivered", self.day)
        elif self._often(0.85):
            self.day += self._days(1, 3, 5, 12, 45)
            self._add("delivered", self.day)

    def _proceeding(self) -> bool:
        """A reconsideration, a suit, or one after the other; whether a reply was ordered."""
        if self._often(0.6):
            ref, ordered = self._reconsideration()
            if ordered and self._often(0.7):
                return True
            return self._suit(ref) if self._often(0.5) else ordered
        return self._suit(None)

    def _reconsideration(self) -> tuple[str, bool]:
        self.refs += 1
        ref, filed = f"r{self.refs}", self.day + self._days(2, 10, 30, 55, 60, 62, 70)
        accepted = filed + self._days(1, 3, 5, 7)
        copied = accepted + self._days(0, 3, 7, 20)
        simplified = filed >= NEW_RECONSIDERATION and self._often(0.25)
        known = self._often(0.8)
        self._add(
            "reconsideration_received",
            copied,
            ref=ref,
            filed=filed if self._often(0.8) else None,
            accepted=accepted if known else None,
            against=self._against(),
            simplified=simplified,
        )
        extended = accepted + self._days(20, 40, 55, 59)
        longer = self._often(0.2) and not simplified
        if longer:
            self._add("reconsideration_extended", extended, ref=ref, calendar_days=30)
        answered = copied + self._days(1, 8, 14, 20)
        if self._often(0.6):
            self._add("answer_submitted", answered, ref=ref)
        self.day = copied
        if self._often(0.2):
            self.day = max(copied, accepted + timedelta(68))
            return ref, False
        made = max(accepted + self._days(20, 40, 55, 60, 62, 75), copied)
        made = max(made, answered + timedelta(1), extended + timedelta(1) if longer else made)
        served = made + self._days(0, 3, 10)
        outcome = self.random.choice(DECIDED)
        orders = outcome in ORDERING and (outcome == "ordered_to_perform" or self._often(0.6))
        self._add(
            "reconsideration_decided",
            served,
            ref=ref,
            outcome=outcome,
            decided=made if self._often(0.7) else None,
            served_applicant=max(made, served - self._days(0, 3)) if self._often(0.2) else None,
            **self._order(orders),
        )
        self.day = served
        if self._often(0.2):
            self._add("reconsideration_served_applicant", served + self._days(1, 3, 9), ref=ref)
        return ref, orders

    def _against(self) -> str | None:
        return None if self.replied else "inaction"

    def _order(self, orders: bool) -> Line:
        if not orders:
            return {}
        within = self.random.choice((None, 10, 15, 20, 30))
        return {"orders_reply": True, "within": within}

    def _suit(self, after: str | None) -> bool:
        self.refs += 1
        ref, filed = f"s{self.refs}", self.day + self._days(2, 10, 14, 16, 30, 90, 170, 190)
        copied = filed + self._days(3, 8, 15)
        self._add(
            "lawsuit_received",
            copied,
            ref=ref,
            after=after,
            against=self._against(),
            filed=filed if self._often(0.8) else None,
        )
        if self._often(0.6):
            self._add("answer_submitted", copied + self._days(1, 8, 14, 20), ref=ref)
        self.day = copied
        if self._often(0.2):
            return False
        self.day += self._days(20, 60, 120)
        outcome = self.random.choice(JUDGED)
        orders = outcome in ORDERING and (outcome == "ordered_to_perform" or self._often(0.7))
        self._add(
            "judgment_received",
            self.day,
            ref=ref,
            form="judgment",
            outcome=outcome,
            **self._order(orders),
        )
        if self._often(0.4):
            self._add("judgment_served_on_other", self.day + self._days(0, 2, 5, 10, 20), ref=ref)
        if self._often(0.35):
            return self._appeal(ref, orders)
        self.day += timedelta(60)
        return orders

    def _appeal(self, below: str, orders: bool) -> bool:
        """One side appeals, in time or not; whether a reply is ordered in the end."""
        judged, by = self.day, self.random.choice(SIDES)
        filed = judged + self._days(1, 8, 14, 15, 17, 25)
        if self._often(0.6):
            self._add("appeal_filed", filed, ref=below, by=by)
        self.refs += 1
        ref = f"s{self.refs}"
        self.day = filed + self._days(10, 25, 50)
        if self._often(0.2):
            self.day += timedelta(60)
            return False
        self._add(
            "lawsuit_received",
            self.day,
            ref=ref,
            instance="second",
            after=below,
            by=by,
            against=self._against(),
        )
        if self._often(0.3):
            return False
        self.day += self._days(30, 60, 90)
        ends = ("affirmed", "appeal_withdrawn", "dismissed", "annulled", "ordered_to_perform")
        outcome = self.random.choice(ends)
        ordered = outcome == "ordered_to_perform"
        form = "ruling" if outcome == "appeal_withdrawn" else "judgment"
        more = self._order(ordered)
        self._add("judgment_received", self.day, ref=ref, form=form, outcome=outcome, **more)
        return ordered or (orders and outcome in ends[:2])
