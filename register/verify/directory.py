"""Proof of the office's own record: its chain is whole, and the tables say what it says."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import OfficeEvent
from register.office_chain import CHAIN, START, UNTABLED, Author, RowOf, office_row, standing
from register.verify.found import OFFICE, Mismatch, missing, surplus, unreadable
from register.verify.links import of_links
from register.verify.rows import table_of

EVENTS = OfficeEvent.__tablename__


def of_directory(session: Session) -> Iterator[Mismatch]:
    """Every difference: changes made past the record, and changes of the record."""
    events = table_of(OfficeEvent)
    rows = session.execute(select(events).order_by(events.c.seq)).mappings()
    recorded = [dict(row) for row in rows]
    yield from of_links(OFFICE, EVENTS, CHAIN, recorded, START)
    stands: dict[RowOf, Mapping[str, Any]] = {}
    for row in recorded:
        try:
            said = json.loads(row["body"])
            of = (str(said["table"]), str(said["key"]))
            by = Author(said["person"], said["asked_by"], datetime.fromisoformat(said["at"]))
            wanted = office_row(said["seq"], by, *of, said["row"], row["prev_hash"])
        except (ValueError, KeyError, TypeError) as error:
            yield unreadable(OFFICE, EVENTS, str(row["seq"]), error)
            return
        for name, value in wanted.items():
            if name not in ("body", "hash") and row[name] != value:
                yield Mismatch(OFFICE, EVENTS, str(row["seq"]), name, row[name], value)
        if said["row"] is None:
            stands.pop(of, None)
        else:
            stands[of] = said["row"]
    yield from _compared(standing(session), stands)


def _compared(
    there: Mapping[RowOf, Mapping[str, Any]], stands: Mapping[RowOf, Mapping[str, Any]]
) -> Iterator[Mismatch]:
    for of in there.keys() - stands.keys():
        yield surplus(OFFICE, *of, str(dict(there[of])))
    for of, row in stands.items():
        if of[0] in UNTABLED:
            continue
        if of not in there:
            yield missing(OFFICE, *of, str(dict(row)))
            continue
        for field in row.keys() | there[of].keys():
            kept, value = there[of].get(field), row.get(field)
            if kept != value:
                yield Mismatch(OFFICE, *of, field, kept, value)
