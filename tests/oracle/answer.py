"""The answer to a question, with the fields of `yishen due --json`."""

from datetime import date

from tests.oracle.counting import Line
from tests.oracle.days import Days, NotKnownError, days
from tests.oracle.reply import Request
from tests.oracle.statutes import CN_2008, FEE_RULE_FROM, RefusedError

WAITING = {"correction": "awaiting_correction", "fee": "awaiting_payment"}


def answer(line: Line, calendar: Days | None = None) -> Line:
    """What the law says to a question, or the code with which it says no."""
    try:
        request = Request(line, calendar or days())
        for event in line["events"]:
            request.happens(event)
        as_of = date.fromisoformat(line["as_of"])
        request.lapse_by_itself(as_of)
        return _Answer(request, as_of).found
    except (RefusedError, NotKnownError) as refused:
        return {"error": str(refused)}


class _Answer:
    """One answer, put together."""

    def __init__(self, request: Request, as_of: date) -> None:
        self.request, self.as_of = request, as_of
        self.warnings = set(request.warnings)
        self.hangs_on: date | None = None
        """The date the case now hangs on, and of which it is said whether it may move."""
        self.found: Line = {
            "statute": request.law.id,
            "receipt_day": request.receipt_day,
            "state": request.end or WAITING.get(request.waiting, "running"),
            "due": None,
            "superseded": request.superseded,
            "limits": {name: day for name, day in request.limits.items() if day},
        }
        self.found["limits"] |= request.limits_of_letters()
        if not request.count:
            self._unconfirmed()
        else:
            {"answered": self._answered, "running": self._running}.get(
                self.found["state"], self._waiting
            )()
            self._committed()
            seen = request.ended or as_of
            if request.law is CN_2008 and seen > CN_2008.last:
                self.warnings.add("statute_transition")
        self._certain()

    def _certain(self) -> None:
        """Whether a notice still to come may move the date."""
        may_move = bool(self.hangs_on and self.hangs_on >= self.request.days.open_from)
        self.found["provisional"] = may_move
        if may_move:
            self.warnings.add("calendar_incomplete")
        self.found["warnings"] = sorted(self.warnings)

    def _unconfirmed(self) -> None:
        request = self.request
        self.found["state"] = request.end or "unconfirmed"
        named = request.line.get("statute", "cn")
        self.found["statute"] = request.law.id if named == "cn" else named
        if not request.end:
            self.hangs_on = request.limits["receipt_confirmation"]

    def _waiting(self) -> None:
        """No period runs: for the applicant, or for ever."""
        request = self.request
        if request.end:
            return
        if request.late_before and request.waiting == "fee":
            self.found["overdue"] = True
        if not (request.waiting == "correction" and request.stated_day):
            self.hangs_on = request.wait_limit  # a stated day hangs on no calendar

    def _answered(self) -> None:
        due, left = self.request.due_at_end, self.request.ended
        assert due
        assert left
        self._due(due, left)
        self.found["reply_in_time"] = left <= due

    def _running(self) -> None:
        """The period runs, or stands still for an answer of others."""
        request, as_of = self.request, self.as_of
        if_answered, at_latest = request.due(as_of), request.due()
        assert if_answered
        waits = [stop for stop in request.stops if stop.waits(as_of)]
        if waits and as_of <= if_answered:
            self.found["state"] = "paused"
            at_latest = at_latest if all(stop.silence for stop in waits) else None
            self.found["due_if_answered"], self.found["due_at_latest"] = if_answered, at_latest
            self.found["working_days_left"] = len(request.days.between(as_of, if_answered))
            self.hangs_on = at_latest or if_answered
        else:
            self._due(if_answered, as_of)
            self.found["overdue"] = if_answered < as_of

    def _due(self, due: date, closing: date) -> None:
        """The last day, and what goes with one."""
        request = self.request
        assert request.count
        self.found["due"] = self.hangs_on = due
        if request.count.extension:
            before = request.nth(request.law.reply, closing)
            self.found["due_before_extension"] = before
        if due >= FEE_RULE_FROM:
            self.found["limits"].setdefault("fee_notice", due)
        if not request.count.later:
            self.found["counted"] = request.counted_to(due, closing)

    def _committed(self) -> None:
        """The limit the office has committed itself to, moved by all that moves the period."""
        request = self.request
        n = request.settings["committed_working_days"]
        if not n or not request.count or request.end in ("lapsed", "withdrawn"):
            return
        closing = request.ended or (None if self.found["state"] == "paused" else self.as_of)
        day = request.nth(n + request.count.extension, closing)
        if self.found["due"] or (day and day <= self.as_of):
            self.found["limits"]["committed"] = day
