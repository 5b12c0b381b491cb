"""Rows of proceedings, their hearings and papers, from the summary of a case."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert

from domain.case.summary import Summary
from domain.remedies.proceeding import Proceeding, result
from register.models import Base, HearingRow, Remedy, RemedyDocument
from register.writes.project import RowValues

REMEDY_TABLES: tuple[type[Base], ...] = (Remedy, HearingRow, RemedyDocument)


def remedy_rows(case_id: str, summary: Summary) -> Mapping[type[Base], list[RowValues]]:
    """All rows of the case that come from its proceedings, by table."""
    of_case = {"case_id": case_id}
    return {
        Remedy: [of_case | _remedy(p) for p in summary.proceedings],
        HearingRow: [
            of_case | {"ref": p.ref, "hearing": h.hearing, "at": h.at, "place": h.place}
            for p in summary.proceedings
            for h in p.hearings
        ],
        RemedyDocument: [
            of_case | {"ref": p.ref, "position": n, "title": d.title, "sha256": d.sha256}
            for p in summary.proceedings
            for n, d in enumerate(p.documents)
        ],
    }


def keep_remedies(db: Connection, case_id: str, summary: Summary) -> None:
    """Replace the rows of the case. Needs a writing transaction."""
    for table, rows in remedy_rows(case_id, summary).items():
        db.execute(delete(table).where(table.__table__.c.case_id == case_id))
        if rows:
            db.execute(insert(table), rows)


def _remedy(p: Proceeding) -> RowValues:
    plain = ("ref", "round", "reply_kind", "organ", "court", "docket", "after", "co_defendant")
    return {name: getattr(p, name) for name in plain} | {
        "kind": p.kind.value,
        "instance": p.instance.value if p.instance else None,
        "route": p.route.value if p.route else None,
        "against": p.against.value,
        "filed_on": p.filed or p.received,
        "received_on": p.received,
        "accepted_on": p.accepted,
        "simplified": p.simplified,
        "answered_on": p.answered,
        "suspended_since": p.suspensions[-1].began if p.suspended else None,
        "outcome": p.outcome,
        "result": result(p).value,
        "form": p.form.value if p.form else None,
        "decided_on": p.decided,
        "ended_on": p.served,
        "served_other_on": p.served_other,
        "effective_on": p.effective,
        "overturned": p.overturned,
        "open": p.open,
        "ground": p.ground,
        "costs": p.costs,
        "orders_reply": p.order is not None,
        "reopened": p.reopened,
    }
