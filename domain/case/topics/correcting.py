"""Corrections of the record. What they do to the entries they name stands in `evolve.entered`;
here, whether they may be made."""

from domain.case import facts as f
from domain.case.changes import Changes
from domain.case.people import Role
from domain.case.state import CaseState, TimelineEntry, Validity
from domain.case.topics.base import Case, Fold, Guard, not_in_the_future
from domain.errors import Code, InputError, Refusal

NEVER = ("training_advanced", "noted")
"""Kinds that move nothing: another remark says it better."""

AS_SIGNED = {
    "item_added": ("sha256",),
    "item_replaced": ("sha256",),
    "item_reviewed": ("sha256", "released_sha256"),
    "signed": ("items",),
}
"""By kind: what was signed or reviewed is another act, not another word for the same."""

HANDED_ON = ("reply_approved", "dispatched")
"""Kinds after which the words of a draft are no longer those of its drafter alone."""


def entry_of(state: CaseState, seq: int) -> TimelineEntry:
    """The entry of that number, by people. InputError(no_such_entry)."""
    if not 1 <= seq <= state.seq or state.entry(seq).role is Role.SYSTEM:
        raise InputError(Code.NO_SUCH_ENTRY, seq=seq, last=state.seq)
    return state.entry(seq)


def check_amended(case: Case, fact: f.EntryAmended) -> None:
    entry = _correctable(case, fact.seq)
    if fact.what.kind != entry.kind:
        raise Refusal(Code.OTHER_KIND, seq=fact.seq, kind=entry.kind)
    signed = AS_SIGNED.get(entry.kind, ())
    if any(getattr(fact.what, name) != getattr(entry.what, name) for name in signed):
        raise Refusal(Code.NOT_AMENDABLE, seq=fact.seq, kind=entry.kind)
    if entry.kind == "reply_drafted" and _handed_on(case.state, entry):
        raise Refusal(Code.NOT_AMENDABLE, seq=fact.seq, kind=entry.kind)
    not_in_the_future(case, fact.day)
    if isinstance(fact.what, f.Registered):
        not_in_the_future(case, fact.what.confirmed_on)


def _handed_on(state: CaseState, draft: TimelineEntry) -> bool:
    """Whether somebody approved or sent what was drafted."""
    seen = False
    for entry in state.happened:
        if seen and entry.kind in HANDED_ON:
            return True
        seen = seen or entry.seq == draft.seq
    return False


def check_annulled(case: Case, fact: f.EntryAnnulled) -> None:
    entry = _correctable(case, fact.seq)
    if entry.kind == "registered":
        raise Refusal(Code.NOT_AMENDABLE, seq=fact.seq, kind=entry.kind)


def _correctable(case: Case, seq: int) -> TimelineEntry:
    entry = entry_of(case.state, seq)
    if entry.validity is Validity.ANNULLED:
        raise Refusal(Code.ALREADY_ANNULLED, seq=seq)
    if entry.kind in NEVER or entry.kind in GUARDS:
        raise Refusal(Code.NOT_AMENDABLE, seq=seq, kind=entry.kind)
    return entry


def check_kept(case: Case, fact: f.ConflictKept) -> None:
    if entry_of(case.state, fact.seq).validity is not Validity.SET_ASIDE:
        raise Refusal(Code.NO_CONFLICT, seq=fact.seq)


def check_decided(case: Case, fact: f.EntryApproved | f.EntryRefused) -> None:
    proposal(case.state, fact.seq)


def check_approved(case: Case, fact: f.EntryApproved) -> None:
    """Never the one who proposed it."""
    proposal(case.state, fact.seq)
    if case.person in case.state.entry(fact.seq).people:
        raise Refusal(Code.FOUR_EYES, person=case.person, did="entry_proposed")


def proposal(state: CaseState, seq: int) -> f.EntryProposed:
    """What entry `seq` proposes and nobody has decided yet.
    InputError(no_such_entry), Refusal(no_proposal)."""
    if not 1 <= seq <= state.seq:
        raise InputError(Code.NO_SUCH_ENTRY, seq=seq, last=state.seq)
    entry = state.entry(seq)
    if not isinstance(entry.what, f.EntryProposed) or entry.validity is not Validity.COUNTS:
        raise Refusal(Code.NO_PROPOSAL, seq=seq)
    return entry.what


def _nothing(state: CaseState, entry: TimelineEntry, fact: f.Fact) -> Changes:
    return {}


GUARDS: dict[str, Guard] = {
    "entry_amended": check_amended,
    "entry_annulled": check_annulled,
    "conflict_kept": check_kept,
    "entry_approved": check_approved,
    "entry_refused": check_decided,
}

FOLDS: dict[str, Fold] = dict.fromkeys((*GUARDS, "entry_proposed"), _nothing)
