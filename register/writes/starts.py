"""Keeping what a case is started with: its law once for all cases that have it, its past until
that is on record."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from domain.case.act import Event
from register.models import CaseStart

KEEP_LAW = text("INSERT INTO laws (hash, body) VALUES (:hash, :body) ON CONFLICT (hash) DO NOTHING")


def keep_start(session: Session, case_id: str, start: Mapping[str, Any]) -> None:
    """The input of a case as JSON, its law by name. Needs a writing session."""
    kept = dict(start)
    if "law" in kept:
        # Not sorted: the order of the reasons for a pause, of the replies, means something.
        body = json.dumps(kept["law"], ensure_ascii=False, separators=(",", ":"))
        kept["law"] = sha256(body.encode()).hexdigest()
        session.execute(KEEP_LAW, {"hash": kept["law"], "body": body})
    session.execute(insert(CaseStart), [{"case_id": case_id, "input": kept}])


def drop_past(session: Session, case_id: str, new: Sequence[Event]) -> bool:
    """Drop the acts of a past from the start once the last of them is on record, among `new`;
    whether that was now."""
    if not any(event.moved_in_by for event in new):
        return False
    here = CaseStart.case_id == case_id
    start = session.execute(select(CaseStart.input).where(here)).scalar_one()
    past = start.pop("history", None)
    if not past or past[-1]["command_id"] not in {event.command_id for event in new}:
        return False
    session.execute(update(CaseStart).where(here).values(input=start))
    return True
