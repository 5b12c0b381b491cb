"""Facts as the state carries them: without the words that nothing is decided by.

Those words (remarks, reasons, what a letter asks) stand in the record; a case of two thousand acts
would otherwise be too large to hand over from run to run.
"""

from collections.abc import Mapping

from domain.case.changes import thinned
from domain.case.facts import EntryAmended, Fact

SILENT = "…"
"""Stands where there were words."""

UNREAD: Mapping[str, tuple[str, ...]] = {
    "registered": ("subject", "form_wished"),
    "noted": ("text",),
    "reassigned": ("reason",),
    "entry_amended": ("reason",),
    "entry_annulled": ("reason",),
    "conflict_kept": ("reason",),
    "entry_refused": ("reason",),
    "withdrawn": ("reason",),
    "voided": ("reason",),
    "correction_notice_sent": ("points",),
    "late_correction_accepted": ("reason",),
    "reinstated": ("reason",),
    "consultation_answered": ("reason",),
    "extension_refused": ("reason",),
    "limit_set": ("reason",),
    "fee_notice_sent": ("ground", "how_to_pay"),
    "reply_drafted": ("location", "search_record", "right_agency"),
    "reconsideration_procedure_changed": ("reason",),
    "mediation_held": ("terms",),
}
"""By kind: the words that no fold reads."""

TAKEN_IN = {
    "registered": ("applicant",),
    "law_revised": ("calendar", "closures", "remedies", "ladder"),
    "entry_amended": ("statute", "calendar", "policy"),
}
"""By kind: what the law of the case has taken in, and who asks."""


def wordless(fact: Fact) -> Fact:
    """`fact` as the state carries it."""
    words: dict[str, object] = {
        name: SILENT for name in UNREAD.get(fact.kind, ()) if getattr(fact, name) is not None
    }
    if isinstance(fact, EntryAmended):
        fact = thinned(fact, {"what": wordless(fact.what)})
    words |= dict.fromkeys(TAKEN_IN.get(fact.kind, ()))
    return thinned(fact, words) if words else fact
