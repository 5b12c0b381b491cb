"""Questions at random: mostly what an office lives through, now and then what it is refused."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

Line = dict[str, Any]

CHANNELS = ("in_person", "mail_signed", "mail_ordinary", "fax", "email", "web_form")
CHOICES: dict[str, tuple[object, ...]] = {
    "electronic_receipt": ("submission",),
    "rest_day_electronic_receipt": ("next_working_day",),
    "rest_day_post_receipt": ("next_working_day",),
    "confirmation_days": (2, 3),
    "correction_days": (5, 10, 30),
    "late_correction_notice": ("no_restart",),
    "exclusion_ends": ("both_ends",),
    "silent_consultation": ("until_answer",),
    "secrecy_referral_excluded": (True,),
    "extension_after_restart": ("once_per_request",),
    "fee_restart": (False,),
    "committed_working_days": (1, 5, 10, 14),
}
FIRST, LAST = date(2008, 5, 1), date(2027, 3, 1)
EDGES = (date(2019, 5, 15), date(2021, 1, 1), date(2026, 12, 1))
PARTIES = ("third_party", "coproducer", "agency")


def request(random: Random) -> Line:
    """One question for the reply clock."""
    return _Writer(random).line


def period(random: Random, names: Sequence[str]) -> Line:
    """One question for a period, named or not."""
    first = FIRST + timedelta(random.randrange((date(2021, 6, 1) - FIRST).days))
    if random.random() < 0.5:
        edge = random.choice((date(2015, 5, 1), date(2018, 2, 8), date(2024, 1, 1), EDGES[2]))
        first = edge + timedelta(random.randrange(-200, 5))
    if random.random() < 0.7:
        return {"period": random.choice(names), "from": first.isoformat()}
    unit = random.choice(("working_day", "calendar_day", "month"))
    n = random.randrange(-2, 7) if unit == "month" else random.randrange(-25, 91)
    asked: Line = {"n": n, "unit": unit}
    if random.random() < 0.3:
        asked["roll"] = "none"
    return {"period": asked, "from": first.isoformat(), "calendar": "cn"}


class _Writer:
    """Writes one question, event after event; `noise` of the events fit nothing before them."""

    noise = 0.03

    def __init__(self, random: Random) -> None:
        self.random = random
        self.day = _arrival(random)
        self.letters: list[str] = []
        self.awaited = {"correction": False, "fee": False}
        self.events: list[Line] = []
        self.line: Line = {
            "channel": random.choice(CHANNELS),
            "received": self.day.isoformat(),
            "events": self.events,
            "policy": _settings(random),
        }
        if self.line["channel"] in CHANNELS[2:]:
            confirmed = 1 - self.noise if self._asks_confirmation() else self.noise
            if random.random() < confirmed:
                self.day += timedelta(random.choice((0, 0, 1, 1, 2, 4, 9)))
                self.events.append({"kind": "receipt_confirmed", "at": self.day.isoformat()})
        for _ in range(random.choice((1, 2, 3, 4, 6, 8, 10, 12))):
            self.day += timedelta(_gap(random))
            self._event()
        self.line["as_of"] = (self.day + timedelta(_gap(random))).isoformat()
        if random.random() < self.noise:
            self.line["statute"] = random.choice(("cn", "cn-2008", "cn-2019"))

    def _asks_confirmation(self) -> bool:
        old = self.day < EDGES[0] or self.line["policy"].get("electronic_receipt")
        return not (old and self.line["channel"] in ("email", "web_form"))

    def _event(self) -> None:
        kind = self.random.choices(list(KINDS), list(KINDS.values()))[0]
        if self.random.random() < 0.6:  # what is awaited comes, as a rule
            arriving = {"correction": "correction_received", "fee": "fee_paid"}
            kind = next((arriving[w] for w, open_ in self.awaited.items() if open_), kind)
        what = kind.partition("_")[0]
        odd = self.random.random() < self.noise
        if what in self.awaited and not odd and self.awaited[what] == kind.endswith("sent"):
            return
        begins = {"fee": EDGES[1], "limit": EDGES[0]}.get(what, FIRST)
        begins = EDGES[0] if kind == "correction_lapsed" else begins
        if self.day < begins and not odd:
            return
        ended = self.events and self.events[-1]["kind"] in ("reply_dispatched", "withdrawn")
        if (ended or (kind == "answered" and not self.letters)) and not odd:
            return
        if what in self.awaited:
            self.awaited[what] = kind.endswith("sent")
        event: Line = {"kind": kind, "at": self.day.isoformat()}
        self.events.append(event)
        getattr(self, f"_{kind}", lambda event: None)(event)

    def _some(self, event: Line, name: str, often: float, *gaps: int) -> None:
        if self.random.random() < often:
            event[name] = (self.day + timedelta(self.random.choice(gaps))).isoformat()

    def _consulted(self, event: Line) -> None:
        party = self.random.choice(PARTIES)
        event["kind"], event["ref"] = f"{party}_consulted", f"{party}-{len(self.events)}"
        self.letters.append(event["ref"])
        if party == "agency" and self.random.random() < 0.3:
            event["secrecy"] = True
        self._some(event, "delivered", 0.3, 0, 1, 3, 10)

    def _answered(self, event: Line) -> None:
        ref = self.random.choice(self.letters or ["agency-0"])
        event["kind"] = f"{ref.partition('-')[0]}_answered"
        if self.random.random() < 0.8:
            event["ref"] = ref
        if ref in self.letters:
            self.letters.remove(ref)

    def _extension_granted(self, event: Line) -> None:
        longest = 15 if self.day < EDGES[0] else 20
        event["working_days"] = self.random.choice((1, 5, 10, 15, longest, longest))
        if self.random.random() < self.noise:
            event["working_days"] = 21

    def _limit_set(self, event: Line) -> None:
        self._some(event, "until", 1, 20, 31, 45, 60, 75, 100, 150)

    def _correction_notice_sent(self, event: Line) -> None:
        self._some(event, "correct_by", 0.4, 1, 5, 10, 15, 21, 30, 40)

    def _correction_received(self, event: Line) -> None:
        if self.random.random() < 0.2:
            event["good_reason"] = True

    def _fee_notice_sent(self, event: Line) -> None:
        self._some(event, "delivered", 0.3, 0, 1, 3)


def _arrival(random: Random) -> date:
    """Any day, more often one whose count meets an edge of the law or of the calendar."""
    if random.random() < 0.25:
        return random.choice(EDGES) + timedelta(random.randrange(-45, 20))
    return FIRST + timedelta(random.randrange((LAST - FIRST).days))


def _settings(random: Random) -> Line:
    often = random.choice((0.0, 0.1, 0.5))
    return {n: random.choice(c) for n, c in CHOICES.items() if random.random() < often}


def _gap(random: Random) -> int:
    return random.choice((0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 10, 14, 20, 28, 40))


KINDS = {
    "consulted": 7,
    "answered": 7,
    "correction_notice_sent": 5,
    "correction_received": 8,
    "extension_granted": 4,
    "limit_set": 1,
    "fee_notice_sent": 2,
    "fee_paid": 6,
    "correction_lapsed": 0.5,
    "fee_lapsed": 0.5,
    "reply_dispatched": 2,
    "withdrawn": 0.3,
}
"""How often each is tried."""
