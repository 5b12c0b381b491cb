"""The reply clock: what happened is taken in, one event after the other."""

from datetime import date

from tests.oracle.counting import Count, Counting, Line, Stop
from tests.oracle.days import Days
from tests.oracle.statutes import (
    CN_2008,
    FEE_RULE_FROM,
    PAYMENT,
    RefusedError,
    UnsettledError,
    in_force,
)

SETTINGS: Line = {
    "electronic_receipt": "statute",
    "rest_day_electronic_receipt": "as_received",
    "rest_day_post_receipt": "as_received",
    "confirmation_days": 1,
    "correction_days": 15,
    "late_correction_notice": "restart",
    "exclusion_ends": "after_sent_to_answered",
    "silent_consultation": "stop_at_limit",
    "secrecy_referral_excluded": False,
    "extension_after_restart": "allowed",
    "fee_restart": True,
    "committed_working_days": None,
}
"""What no text settles, by default."""


class Request(Counting):
    """A request as far as its events have come."""

    def __init__(self, line: Line, days: Days) -> None:
        """The day of arrival: it is the receipt day, or the start of the wait for one."""
        self.line = line
        self.channel = line["channel"]
        self.arrived = date.fromisoformat(line["received"])
        super().__init__(days, {**SETTINGS, **line["policy"]}, in_force(self.arrived))
        self.receipt_day: date | None = None
        self.end = ""  # answered, lapsed or withdrawn
        self.ended: date | None = None
        self.due_at_end: date | None = None
        self.waiting = ""  # "correction" or "fee"
        self.wait_limit: date | None = None
        self.due_then: date | None = None  # the last day as it stood when the notice left
        self.lapsed_from, self.lapse_recorded = "", False
        self.extended = False
        self.noticed, self.idle_notices = False, 0  # idle: changed nothing, not answered yet
        self.stated_day = False  # the notice named the day to correct by
        self.fee_got, self.late_before = date.min, False
        self.limits: dict[str, date | None] = {}
        self.warnings: set[str] = set()
        self.superseded: list[Line] = []
        self.confirm_or_receive()

    def confirm_or_receive(self) -> None:
        """What the arrival is, by its channel."""
        named = self.line.get("statute")
        if named == CN_2008.id and self.arrived > CN_2008.last:
            raise RefusedError("statute_not_in_force")
        if self.asks_confirmation():
            within = self.settings["confirmation_days"]
            self.limits["receipt_confirmation"] = self.days.working_day(self.arrived, within)
        else:
            self.receive(self.day_of_arrival())

    # the receipt day: 2019 art 31, before it letter 2015 no. 207

    def asks_confirmation(self) -> bool:
        """Whether the day of confirmation is the receipt day."""
        electronic = self.channel in ("email", "web_form")
        if electronic and self.settings["electronic_receipt"] == "submission":
            return False
        return self.channel in self.law.confirmed

    def day_of_arrival(self) -> date:
        """The arrival, moved from a rest day where the office has chosen so."""
        names = {
            "mail_signed": "rest_day_post_receipt",
            "email": "rest_day_electronic_receipt",
            "web_form": "rest_day_electronic_receipt",
        }
        name = names.get(self.channel)
        if name and self.settings[name] == "next_working_day":
            return self.days.from_here(self.arrived)
        return self.arrived

    def receive(self, day: date) -> None:
        """The receipt day is known: it says which text governs."""
        self.receipt_day = day
        self.law = in_force(day)
        if self.line.get("statute") not in (None, "cn", self.law.id):
            raise RefusedError("statute_not_in_force")
        self.count = Count(day)
        if self.law.notice:
            self.limits["correction_notice"] = self.days.working_day(day, self.law.notice)

    def limits_of_letters(self) -> dict[str, date]:
        """The limit of each kind of question: the earliest that is open, else the latest."""
        found: dict[str, date] = {}
        for party in self.law.answering:
            asked = [x for x in self.stops if x.kind == party and x.limit]
            still = [x.limit for x in asked if x.limit and not x.answered]
            if asked:
                found[f"{party}_answer"] = (
                    min(still) if still else max(x.limit for x in asked if x.limit)
                )
        return found

    # events

    def happens(self, event: Line) -> None:
        """Take in one event."""
        day, kind = date.fromisoformat(event["at"]), event["kind"]
        self.lapse_by_itself(day)
        if self.end and not self.revives(kind, event):
            raise RefusedError("case_ended")
        if not self.count and kind not in ("receipt_confirmed", "withdrawn"):
            raise RefusedError("not_confirmed")
        if kind in self.law.unknown:
            raise RefusedError("not_in_this_statute")
        getattr(self, kind if hasattr(self, kind) else kind.rpartition("_")[2])(day, event)

    def lapse_by_itself(self, day: date) -> None:
        """No correction, or no payment, abandons the request: 2019 art 30, the fee letter."""
        if self.waiting and self.wait_limit and self.wait_limit < day and not self.end:
            self.end, self.lapsed_from = "lapsed", self.waiting

    def revives(self, kind: str, event: Line) -> bool:
        """A correction with a good reason comes late and counts."""
        if self.end != "lapsed":
            return False
        if kind == f"{self.lapsed_from}_lapsed":
            return not self.lapse_recorded
        late_payment = kind == "fee_paid" and self.lapsed_from == "fee"
        good = kind == "correction_received" and self.lapsed_from == "correction"
        return (late_payment and not self.lapse_recorded) or (
            good and bool(event.get("good_reason"))
        )

    def receipt_confirmed(self, day: date, event: Line) -> None:
        """The receipt is confirmed with the applicant."""
        if self.count:
            self.warnings.add("confirmation_not_needed")
        else:
            self.receive(day)

    def correction_notice_sent(self, day: date, event: Line) -> None:
        """2019 art 30: one notice, within 7 working days; 2008 art 21: a reply of its own."""
        if self.law.notice and self.noticed:
            self.warnings.add("second_correction_notice")
            self.idle_notices += 1
            return
        if self.waiting == "fee":
            raise UnsettledError
        if self.over(day):
            self.warnings.add("correction_notice_after_due")
            self.idle_notices += 1
            return
        self.noticed = True
        late = bool(self.law.notice) and day > (self.limits["correction_notice"] or day)
        if late:
            self.warnings.add("correction_notice_late")
        given = event.get("correct_by")
        by = date.fromisoformat(given) if given else None
        if self.law.notice:
            by = by or self.days.working_day(day, self.settings["correction_days"])
            self.wait_limit, self.stated_day = by, bool(given)
        self.limits["correction"] = by
        if late and self.settings["late_correction_notice"] == "no_restart":
            self.wait_limit, self.idle_notices = None, self.idle_notices + 1
            return
        self.wait("correction", day)

    def wait(self, what: str, day: date) -> None:
        """From here no period runs."""
        if self.waiting not in ("", what):
            raise UnsettledError
        self.due_then = self.due(day)
        self.waiting = what
        self.stops.append(Stop("wait", None, day, day))

    def wait_is_over(self, day: date) -> None:
        """What was awaited is there, or is no longer waited for."""
        self.waiting, self.wait_limit = "", None
        for stop in self.stops:
            if stop.kind == "wait" and not stop.answered:
                stop.answered = day

    def restart(self, day: date, why: str) -> None:
        """A new day 0: earlier exclusions and extensions are dropped."""
        assert self.count
        self.superseded.append({"receipt_day": self.count.zero, "due": self.due_then, "why": why})
        self.count = Count(day)
        self.wait_is_over(day)
        self.end, self.lapse_recorded = "", False
        for stop in self.stops:  # a question still open goes on excluding from the new day 0
            stop.excludes, stop.late = stop.excludes or stop.late, False
        if self.settings["extension_after_restart"] == "allowed":
            self.extended = False

    def correction_received(self, day: date, event: Line) -> None:
        """The completed request: the period starts anew."""
        if self.waiting == "correction":
            self.restart(day, "correction_received")
        elif not self.idle_notices:
            raise RefusedError("unmatched_answer")
        else:
            self.idle_notices -= 1

    def lapsed(self, day: date, event: Line) -> None:
        """Put on record what silence did."""
        if not (self.waiting and event["kind"].startswith(self.waiting)):
            raise RefusedError("unmatched_answer")
        if self.end != "lapsed":
            raise RefusedError("dates_out_of_order")
        self.lapse_recorded = True

    def consulted(self, day: date, event: Line) -> None:
        """A question to others, as far as its time is taken out: 2008 art 24, 2019 art 33(3)."""
        party = event["kind"].removesuffix("_consulted")
        got = date.fromisoformat(event.get("delivered") or event["at"])
        stop = Stop(party, event.get("ref"), day, got)
        if within := self.law.answering.get(party):
            stop.limit = self.days.working_day(got, within)
            if self.settings["silent_consultation"] == "stop_at_limit":
                stop.silence = stop.limit
        due = self.due()
        kept = event.get("secrecy") and not self.settings["secrecy_referral_excluded"]
        if party not in self.law.excluding or kept:
            stop.excludes = False
            self.warnings.add("not_excluded")
        elif due and due <= day:
            stop.excludes, stop.late = False, True
            self.warnings.add("consultation_after_due")
        self.stops.append(stop)

    def answered(self, day: date, event: Line) -> None:
        """An answer to the oldest open question, or to the one it names."""
        party, ref = event["kind"].removesuffix("_answered"), event.get("ref")
        for stop in self.stops:
            if stop.kind == party and not stop.answered and ref in (None, stop.ref):
                if day < stop.got:
                    raise RefusedError("dates_out_of_order")
                stop.answered = day
                return
        raise RefusedError("unmatched_answer")

    def extension_granted(self, day: date, event: Line) -> None:
        """Once, told on or before the unextended last day: 2008 art 24, 2019 art 33(2)."""
        assert self.count
        if event["working_days"] > self.law.extension:
            raise RefusedError("extension_too_long")
        if self.extended:
            self.warnings.add("second_extension")
        elif self.over(day):
            self.warnings.add("extension_after_due")
        else:
            self.extended, self.count.extension = True, event["working_days"]

    def limit_set(self, day: date, event: Line) -> None:
        """A later, reasonable limit for too much at once: 2019 art 35."""
        assert self.count
        if self.over(day):
            self.warnings.add("extension_after_due")
            return
        due = self.due(day)
        if due and date.fromisoformat(event["until"]) <= due:
            raise RefusedError("bad_field")
        self.count.later = date.fromisoformat(event["until"])
        self.count.later_set = day

    def fee_notice_sent(self, day: date, event: Line) -> None:
        """A notice to pay, in force since 2021; no period runs until it is paid."""
        if self.law.id == "cn-2008" or day < FEE_RULE_FROM:
            raise RefusedError("not_in_force")
        self.late_before = self.over(day)
        if self.late_before:
            self.warnings.add("fee_notice_late")
        got = date.fromisoformat(event.get("delivered") or event["at"])
        first = None if self.waiting == "fee" else self.due(day)
        self.wait("fee", day)
        self.fee_got = got
        self.limits["fee_notice"] = self.due_then = first or self.limits["fee_notice"]
        self.wait_limit = self.limits["fee_payment"] = self.days.working_day(got, PAYMENT)

    def fee_paid(self, day: date, event: Line) -> None:
        """Paid in full: the count begins anew, or by setting goes on."""
        if self.end == "lapsed":
            self.warnings.add("fee_paid_late")
        elif self.waiting != "fee":
            raise RefusedError("unmatched_answer")
        elif day < self.fee_got:
            raise RefusedError("dates_out_of_order")
        elif self.settings["fee_restart"]:
            self.restart(day, "fee_paid")
        else:
            self.wait_is_over(day)

    def dispatched(self, day: date, event: Line) -> None:
        """The reply leaves; a wait is taken as ended that day."""
        assert self.count
        self.wait_is_over(day)
        self.due_at_end, self.ended, self.end, self.waiting = self.due(day), day, "answered", ""

    def withdrawn(self, day: date, event: Line) -> None:
        """The applicant takes the request back."""
        self.end, self.waiting, self.ended = "withdrawn", "", day
