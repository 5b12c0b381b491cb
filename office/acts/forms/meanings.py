"""What the type of a field does not say: which names and numbers mean what in an office, and which
fields belong together."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, get_args

from domain.case import facts as f
from domain.case.people import Role
from domain.case.topics.outcomes import ORDERS_NOTHING
from domain.periods.period import Unit
from domain.remedies import terms as t
from domain.statute import Channel, Party
from office.acts.forms.model import Asks, Depends

KINDS: tuple[str, ...] = get_args(f.ApplicantKind)

NAMED: Mapping[str, Asks] = {
    "department": Asks.DEPARTMENT,
    "handler": Asks.PERSON,
    "reply_kind": Asks.REPLY_KIND,
    "article": Asks.ARTICLE,
    "items": Asks.ITEM,
    "after": Asks.PROCEEDING,
    "third_party": Asks.LETTER,
    "hearing": Asks.HEARING,
    "round": Asks.ROUND,
    "seq": Asks.ENTRY,
    "values": Asks.VALUES,
}
"""Fields that name something by its id, ref or number; `ref` is of what its act is about."""

OTHERWISE: Mapping[tuple[str, str], Asks] = {("accountability_recorded", "article"): Asks.LINE}
"""By kind and field: a name that means something else there; measures rest on any law."""

ROLES = {"handler": Role.HANDLER}
"""The role of a person who is picked."""

FILE_NAMES = {"sha256": "document", "released_sha256": "released_file", "document": "document"}
"""Fields that hold a hash, and the name by which their file is given."""

DERIVED = frozenset(
    {"kind", "in_time", "offer", "proposer", "by_tariff", "of_round", "last_day", "basis"}
)
"""Fields that nobody gives: the clock, the case or another form knows them."""

DERIVED_OF = frozenset({(f.Attack, "reply_kind")})
"""The same, of one model and what is made from it."""

WITHIN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "receipt": {"channel": ("channel",), "received": ("arrived",)},
    "applicant": {
        "applicant_kind": ("kind",),
        "applicant": ("name",),
        **{name: ("details", name) for name in f.ApplicantDetails.model_fields},
        "contact": ("contact",),
    },
}
"""Fields that hold several: by what name each is given, and where it stands."""

SHOWN = frozenset({("item_reviewed", "sha256"), ("signed", "items")})

FOUND = frozenset({("fee_notice_sent", "amount")})
"""Left out, they are computed."""

AHEAD = frozenset({"until", "correct_by", "answer_by", "to"})
"""Days that are still to come."""

TERMS: Mapping[Any, str] = {
    Party: "party",
    Channel: "receipt_channel",
    f.Answer: "answer",
    f.Decision: "decision",
    f.DispatchChannel: "dispatch_channel",
    t.NoticeOfRemedy: "remedy_notice",
    t.Against: "against",
    t.Instance: "instance",
    t.Procedure: "procedure",
    t.Side: "side",
    t.Route: "route",
    t.DecisionForm: "form",
    t.ReconsiderationOutcome: "outcome",
    t.JudgmentOutcome: "outcome",
    t.ComplaintOutcome: "outcome",
    t.Measure: "measure",
    Unit: "unit",
}
"""The words of a choice."""

TERMS_OF = {"applicant_kind": "applicant_kind", "standard": "standard", "notice": "remedy_notice"}
"""The same, of choices whose type has no name."""


def _orders(outcomes: type[Enum]) -> Depends:
    """Ends that may order a new reply."""
    return Depends("outcome", tuple(o.value for o in outcomes if o.value not in ORDERS_NOTHING))


_WITHHELD = Depends("decision", (f.Decision.WITHHOLD,))
_RELEASED = Depends("decision", (f.Decision.RELEASE, f.Decision.RELEASE_DEIDENTIFIED))
_CLEANED = Depends("decision", (f.Decision.RELEASE_DEIDENTIFIED,))
_OBJECTS = Depends("answer", (f.Answer.OBJECTS,))
_HIGHER = Depends("instance", (t.Instance.SECOND, t.Instance.RETRIAL))
_ORDERED = Depends("orders_reply", ("true",))

_ORGANISATION = Depends("applicant_kind", tuple(k for k in KINDS if k != "natural"))

SHOWN_WHEN: Mapping[tuple[str, str], Depends] = {
    ("registered", "employer"): Depends("applicant_kind", ("natural",)),
    ("registered", "representative"): _ORGANISATION,
    ("registered", "contact_person"): _ORGANISATION,
    ("item_reviewed", "ground"): _WITHHELD,
    ("item_reviewed", "article"): _WITHHELD,
    ("item_reviewed", "released_file"): _CLEANED,
    ("item_reviewed", "public_interest"): _RELEASED,
    ("consultation_sent", "secrecy"): Depends("party", (Party.AGENCY,)),
    ("consultation_answered", "items"): _OBJECTS,
    ("fee_notice_sent", "items"): Depends("standard", ("item",)),
    ("fee_notice_sent", "items_before"): Depends("standard", ("item",)),
    ("fee_notice_sent", "pages"): Depends("standard", ("page",)),
    ("reconsideration_received", "third_party"): Depends("against", (t.Against.RELEASE,)),
    ("lawsuit_received", "third_party"): Depends("against", (t.Against.RELEASE,)),
    ("complaint_received", "third_party"): Depends("against", (t.Against.RELEASE,)),
    ("lawsuit_received", "procedure"): Depends("instance", (t.Instance.RETRIAL,)),
    ("lawsuit_received", "by"): Depends("instance", (t.Instance.SECOND,)),
    ("mediation_held", "terms"): Depends("agreed", ("true",)),
    ("remedy_notice_faulty", "reconsideration_days"): Depends("notice", ("wrong",)),
    ("remedy_notice_faulty", "lawsuit_months"): Depends("notice", ("wrong",)),
    ("reconsideration_decided", "orders_reply"): _orders(t.ReconsiderationOutcome),
    ("judgment_received", "orders_reply"): _orders(t.JudgmentOutcome),
    ("complaint_decided", "orders_reply"): _orders(t.ComplaintOutcome),
    **{
        (kind, name): _ORDERED
        for kind in ("reconsideration_decided", "judgment_received", "complaint_decided")
        for name in ("within", "within_unit")
    },
}
"""By kind and field: asked for only then."""

NEEDED_WHEN: Mapping[tuple[str, str], Depends] = {
    **{
        # Days of which kind: a judgment says it, and nobody should find out by a wrong last day.
        (kind, "within_unit"): Depends("within", ())
        for kind in ("reconsideration_decided", "judgment_received", "complaint_decided")
    },
    ("item_reviewed", "ground"): _WITHHELD,
    ("item_reviewed", "released_file"): _CLEANED,
    ("consultation_answered", "reason"): _OBJECTS,
    ("lawsuit_received", "after"): _HIGHER,
    **{
        (kind, "third_party"): Depends("against", (t.Against.RELEASE,))
        for kind in ("reconsideration_received", "lawsuit_received", "complaint_received")
    },
}
"""By kind and field: not to be left out then."""
