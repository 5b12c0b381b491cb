"""What a case is, for an archive: one tree, as JSON and as XML.

The XML follows no archive's schema, which differ from province to province: its elements bear the
names of the JSON, in one namespace of our own; a list has one `item` each. A stylesheet brings it
into the form of an archive.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as Xml

from pydantic_core import to_jsonable_python
from sqlalchemy.orm import Session

from office.cases.record import Record
from register.reads import roster
from register.reads.forgetting import ChainLine

NAMESPACE = "urn:yishen:case-record:1"


def described(session: Session, record: Record, chain: list[ChainLine]) -> dict[str, Any]:
    """Number, organ, people, days, statute, limits with their ledgers, reply, remedies, chain."""
    row, line, state = record.row, record.row.line, record.state
    organ = next((o for o in roster.organs(session) if o.id == line.organ), None)
    people = roster.people(session)
    told: dict[str, Any] = {
        "case": line.id,
        "number": line.number,
        "organ": {"id": line.organ, "name": organ.name if organ else line.organ},
        "subject": line.subject,
        "applicant": {
            "kind": row.applicant_kind,
            "name": row.applicant_name,
            "contact": row.applicant_contact,
            "details": row.applicant_details or {},
        },
        "registered_on": row.registered_on,
        "registered_by": row.registered_by,
        "arrived": state.receipt.arrived if state.receipt else None,
        "channel": state.receipt.channel if state.receipt else None,
        "receipt_day": state.receipt_day,
        "statute": line.statute,
        "status": line.status,
        "training": line.training,
        "department": state.department,
        "handler": state.handler,
        "reply": state.reply,
        "dispatch": state.dispatch,
        "ending": state.ending,
        "earlier_replies": [
            {"reply": r.reply, "dispatch": r.dispatch, "ending": r.ending} for r in state.rounds
        ],
        "deadlines": [asdict(limit) for limit in record.limits],
        "proceedings": state.proceedings,
        "people": {k: v for k, v in people.items() if k in _named(record)},
        "chain": {
            "events": len(chain),
            "first_prev_hash": chain[0].prev_hash if chain else None,
            "head": chain[-1].hash if chain else None,
        },
    }
    plain: dict[str, Any] = to_jsonable_python(told)
    return plain


def _named(record: Record) -> set[str]:
    found = {event.person for event in record.events}
    return found | {event.done_by for event in record.events if event.done_by}


def xml_of(told: Mapping[str, Any]) -> bytes:
    """The tree as an XML document, UTF-8."""
    root = Xml.Element("record", {"xmlns": NAMESPACE})
    _into(root, told)
    Xml.indent(root)
    content: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _into(parent: Xml.Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if inner is None:
                continue
            if str(name).isidentifier():
                _into(Xml.SubElement(parent, str(name)), inner)
            else:  # an id that is no name of XML
                _into(Xml.SubElement(parent, "item", {"id": str(name)}), inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _into(Xml.SubElement(parent, "item"), inner)
    elif isinstance(value, bool):
        parent.text = "true" if value else "false"
    else:
        parent.text = str(value)
