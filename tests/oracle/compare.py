"""The product's answers against the oracle's. No other module here knows the product."""

import json
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from domain.case import facts
from domain.case.people import Role
from domain.clock import Receipt
from domain.errors import YishenError
from domain.policy import Policy
from domain.values import OFFICE_ZONE
from office.due.line import answer as product_says
from tests.oracle import periods, whole
from tests.oracle.answer import answer
from tests.oracle.counting import Line
from tests.oracle.days import days
from tests.oracle.statutes import UnsettledError
from tests.walk.orders import Deed, Happened, Order, Telling, reordered, told

KEYS = (
    "error",
    "statute",
    "receipt_day",
    "state",
    "due",
    "due_before_extension",
    "due_if_answered",
    "due_at_latest",
    "working_days_left",
    "overdue",
    "reply_in_time",
    "provisional",
    "limits",
    "superseded",
    "warnings",
)

PERIOD = ("error", "start", "raw", "due", "provisional")


def product(line: Line) -> Line:
    """What `yishen due` says; a limit without a day is as good as none."""
    try:
        said = product_says(line)
    except YishenError as error:
        return {"error": str(error.code)}
    if "period" in line:
        return said
    limits = {name: day for name, day in said["limits"].items() if day}
    if said["state"] in ("lapsed", "withdrawn"):
        limits.pop("committed", None)  # nothing is left of it
    return {**said, "limits": limits, "warnings": sorted(said["warnings"])}


def difference(line: Line) -> dict[str, tuple[Any, Any]]:
    """What the two say differently, the product first."""
    ours = product(line)
    if "period" in line:
        theirs = _plain(periods.answer(line, days()))
        return {k: (ours.get(k), theirs.get(k)) for k in PERIOD if ours.get(k) != theirs.get(k)}
    try:
        theirs = _plain(answer(line))
    except UnsettledError:
        return {}
    found = {k: (ours.get(k), theirs.get(k)) for k in KEYS if ours.get(k) != theirs.get(k)}
    if not found and "counted" in theirs:
        found |= _spans(ours["ledger"], theirs["counted"])
    return found


def _spans(ledger: list[Line], counted: list[str]) -> dict[str, tuple[Any, Any]]:
    """The spans that count other days than the walk did."""
    found = {}
    for span in ledger:
        days = [day for day in counted if span["from"] <= day <= span["to"]]
        if len(days) != span["counted"]:
            found[f"ledger {span['from']}"] = (span, days)
    return found


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=date.isoformat))


def command(line: Line) -> str:
    """The question as a command line; a whole case as its facts."""
    if "facts" in line:
        return json.dumps(line, ensure_ascii=False, indent=1)
    if "period" in line:
        return f"echo '{json.dumps({'id': 1, **line})}' | yishen due"
    words = ["yishen due --json", f"--received {line['received']}", f"--channel {line['channel']}"]
    if "statute" in line:
        words.append(f"--statute {line['statute']}")
    for event in line["events"]:
        more = [f",{k}={str(v).lower() if isinstance(v, bool) else v}" for k, v in event.items()][
            2:
        ]
        words.append(f"--event {event['kind']}={event['at']}{''.join(more)}")
    words += [
        f"--policy {k}={str(v).lower() if v in (True, False) else v}"
        for k, v in line["policy"].items()
    ]
    return " ".join([*words, f"--as-of {line['as_of']}"])


REMEDIES = ("remedy_", "reconsideration_", "litigation_", "appeal", "reply")
PASSING = ("inaction_opened", "reconsideration_silent", "judgment_effective", "case_reopened")
HANDLER, HEAD, REVIEWER, LEGAL = "li", "huang", "yang", "liu"


def deeds(line: Line) -> list[Deed]:
    """What the people of an office do about each fact, all on its day."""
    found, replies = [Deed(on=date.fromisoformat(line["received"]), person=HEAD, what=ASSIGNED)], 0
    for fact in line["facts"]:
        day, kind = date.fromisoformat(fact["at"]), fact["kind"]
        fields = {k: v for k, v in fact.items() if k != "at"}
        if kind == "replied":
            replies += 1
            steps = _reply(fact, line["received"] >= "2019-05-15", replies)
        elif kind == "correction_notice_sent":
            steps = [(HANDLER, {**fields, "points": "请写明年份（虚构）"})]
        elif kind == "extension_granted":
            asked = {
                "kind": "extension_asked",
                "reason": "（虚构）",
                "working_days": fact["working_days"],
            }
            steps = [
                (HANDLER, asked),
                (HEAD, {"kind": kind}),
                (HANDLER, {"kind": "extension_told"}),
            ]
        elif kind == "third_party_consulted":
            letter = {"kind": "consultation_sent", "party": "third_party", "name": "某公司（虚构）"}
            steps = [(HANDLER, {**fields, **letter})]
        elif kind == "third_party_answered":
            steps = [(HANDLER, {**fields, "kind": "consultation_answered", "answer": "consents"})]
        elif kind in ("delivered", "correction_received"):
            steps = [(HANDLER, fields)]
        else:
            names = {"reconsideration_received": "organ", "lawsuit_received": "court"}
            steps = [(LEGAL, fields | ({names[kind]: "某机关（虚构）"} if kind in names else {}))]
        found += [
            Deed.model_validate({"on": day, "person": who, "what": what}) for who, what in steps
        ]
    return found


ASSIGNED = facts.Assigned(department="ghj", handler=HANDLER)


def _reply(fact: Line, new: bool, number: int) -> list[tuple[str, Line]]:
    kind, more = fact["reply"], {"search_record": "已检索（虚构）"}
    steps: list[tuple[str, Line]] = []
    if kind == "refused":
        item = {"ref": f"a{number}", "decision": "withhold", "ground": "内部事务"}
        kind, more = "refused_internal" if new else kind, {"ground": "内部事务"}
        added = {"kind": "item_added", "ref": item["ref"], "title": "记录", "sha256": "ab" * 32}
        steps = [(HANDLER, added), (REVIEWER, {"kind": "item_reviewed", **item})]
    drafted = {"kind": "reply_drafted", "reply_kind": kind, "reasons": "（虚构）", **more}
    sent = {"kind": "dispatched", "channel": fact["channel"]}
    if "notice" in fact:
        sent["remedy_notice"] = fact["notice"]
    return [*steps, (HANDLER, drafted), (HEAD, {"kind": "reply_approved"}), (HANDLER, sent)]


def lived(line: Line) -> tuple[Happened, Order, Telling]:
    """The case, each thing entered on its day."""
    received = date.fromisoformat(line["received"])
    happened = Happened(
        statute="cn-2019" if received >= date(2019, 5, 15) else "cn-2008",
        policy=Policy(**line["policy"]),
        alarms=False,
        receipt=Receipt(channel=line["channel"], arrived=received),
        deeds=tuple(deeds(line)),
    )
    registered = instant = datetime.combine(received, time(8), OFFICE_ZONE)
    entries = []
    for number, deed in enumerate(happened.deeds):
        noon = datetime.combine(deed.on, time(9), OFFICE_ZONE)
        instant = max(instant + timedelta(minutes=1), noon)
        entries.append((number, instant))
    until = datetime.combine(date.fromisoformat(line["as_of"]), time(18), OFFICE_ZONE)
    order = Order(registered=registered, entries=tuple(entries), until=until)
    return happened, order, told(happened, order)


def outcome(telling: Telling) -> Line:
    """What runs at the end, and what passed by itself."""
    running = {
        f"{limit.name}:{limit.ref}" if limit.ref else limit.name: limit.due.isoformat()
        for limit in telling.state.deadlines
        if limit.name.startswith(REMEDIES)
    }
    passed = []
    for entry in telling.state.happened:
        what = entry.what
        if entry.role is Role.SYSTEM and isinstance(what, facts.RemedyLapsed):
            passed.append([what.limit, what.ref, entry.effective_on.isoformat()])
        elif entry.role is Role.SYSTEM and entry.kind in PASSING:
            passed.append([entry.kind, getattr(what, "ref", None), entry.effective_on.isoformat()])
    return {"running": running, "passed": sorted(passed, key=lambda found: tuple(map(str, found)))}


def whole_difference(line: Line, random: Random) -> dict[str, tuple[Any, Any]]:
    """A whole case, entered on its days and again with things known late."""
    try:
        happened, order, telling = lived(line)
    except YishenError:
        return {}  # the counter refuses it: an extension told too late, say
    theirs = _plain(whole.answer(line, days()))
    said = {"in order": outcome(telling)}
    late = reordered(random, happened, order)
    if late is not None:
        said["late"] = outcome(late[1])
    return {
        f"{how} {part}": (ours[part], theirs[part])
        for how, ours in said.items()
        for part in ("running", "passed")
        if ours[part] != theirs[part]
    }
