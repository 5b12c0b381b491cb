"""The table state x act x role: the one source of who may do what, and when.

Validators, command line and pages all ask `permitted` or `acts_open_to`; nobody else knows.
"""

from dataclasses import dataclass

from domain.case.people import SIGNATURES, Actor, Role
from domain.case.state import CaseState
from domain.case.status import status
from domain.case.summary import Status
from domain.errors import Code, Refusal

S = Status
R = Role

_IN_WORK = frozenset({S.IN_HAND, S.UNDER_REVIEW, S.IN_APPROVAL, S.APPROVED})
_WAITING = frozenset({S.CORRECTING, S.AWAITING_PAYMENT})
_BEFORE_REPLY = frozenset({S.AWAITING_CONFIRMATION, S.REGISTERED}) | _IN_WORK | _WAITING
_DRAFTING = frozenset({S.IN_HAND, S.UNDER_REVIEW, S.IN_APPROVAL})
_ANY = frozenset(Status)

_DESK = frozenset({R.INTAKE})
_DESK_OR_HEAD = frozenset({R.INTAKE, R.DISCLOSURE_HEAD})
_HANDLER = frozenset({R.HANDLER})
_DESK_OR_HANDLER = frozenset({R.INTAKE, R.HANDLER})
_REVIEWER = frozenset({R.REVIEWER})
_LEADERS = frozenset(SIGNATURES)
_HEAD = frozenset({R.DISCLOSURE_HEAD})
_SECOND = frozenset({R.DISCLOSURE_HEAD, R.PRINCIPAL_LEADER})
"""Who approves what one person can't do alone: the head; of the head's own, the leader."""
_LEGAL = frozenset({R.LEGAL})
_DESK_OR_LEGAL = frozenset({R.INTAKE, R.LEGAL})
_EVERYBODY = frozenset(R) - {R.ADMIN, R.AUDITOR, R.SYSTEM}
_AFTER = _ANY - {S.VOID}
"""Remedies run beside everything: against silence before a reply, and years after one."""


@dataclass(frozen=True, slots=True)
class Row:
    """In which states an act may be done, and by which roles.

    `follows`: back-dating ends at the last of these (for every act at the arrival); `remedy`: an
    act of remedies, which in a reopened case may lie before its new receipt; `any_handler`: also
    of handlers who do not have the case.
    """

    states: frozenset[Status]
    roles: frozenset[Role]
    follows: tuple[str, ...] = ()
    remedy: bool = False
    any_handler: bool = False


TABLE: dict[str, Row] = {
    # receipt
    "receipt_confirmed": Row(frozenset({S.AWAITING_CONFIRMATION}), _DESK),
    "withdrawn": Row(_BEFORE_REPLY, _DESK),
    "voided": Row(_ANY - {S.VOID}, _DESK),
    # who works on it
    "assigned": Row(frozenset({S.REGISTERED}), _DESK_OR_HEAD),
    "reassigned": Row(_IN_WORK | _WAITING, _DESK_OR_HEAD),
    # correction
    "correction_notice_sent": Row(frozenset({S.IN_HAND, S.UNDER_REVIEW}), _HANDLER),
    "correction_received": Row(
        frozenset({S.CORRECTING, S.LAPSED}), _DESK_OR_HANDLER, follows=("correction_notice_sent",)
    ),
    "late_correction_accepted": Row(
        frozenset({S.LAPSED}), _HEAD, follows=("correction_notice_sent",)
    ),
    "reinstated": Row(frozenset({S.LAPSED}), _HEAD),
    # consultation
    "consultation_sent": Row(_DRAFTING, _HANDLER),
    "consultation_delivered": Row(_IN_WORK | _WAITING, _HANDLER),
    "consultation_answered": Row(_IN_WORK | _WAITING, _HANDLER),
    "override_told": Row(
        _IN_WORK | {S.DISPATCHED, S.CLOSED}, _DESK_OR_HANDLER, follows=("consultation_sent",)
    ),
    # extension, later limit, fee
    "extension_asked": Row(_IN_WORK, _HANDLER),
    "extension_granted": Row(_IN_WORK, _HEAD, follows=("extension_asked",)),
    "extension_refused": Row(_IN_WORK, _HEAD),
    "extension_told": Row(_IN_WORK, _DESK_OR_HANDLER, follows=("extension_granted",)),
    "limit_set": Row(_IN_WORK, _HEAD),
    "fee_notice_sent": Row(frozenset({S.IN_HAND, S.UNDER_REVIEW}), _HANDLER),
    "fee_paid": Row(
        frozenset({S.AWAITING_PAYMENT, S.LAPSED}), _DESK_OR_HANDLER, follows=("fee_notice_sent",)
    ),
    # record items, review, signatures
    "item_added": Row(_IN_WORK, _HANDLER),
    "item_replaced": Row(_IN_WORK, _HANDLER),
    "item_reviewed": Row(_DRAFTING, _REVIEWER),
    "signed": Row(
        frozenset({S.UNDER_REVIEW, S.IN_APPROVAL}),
        _LEADERS,
        follows=("item_added", "item_replaced", "item_reviewed", "signed"),
    ),
    "returned": Row(_IN_WORK, _LEADERS | _REVIEWER),
    # reply
    "reply_drafted": Row(_DRAFTING, _HANDLER),
    "reply_approved": Row(
        frozenset({S.IN_APPROVAL}), _HEAD, follows=("reply_drafted", "item_reviewed", "signed")
    ),
    "reply_returned": Row(frozenset({S.IN_APPROVAL, S.APPROVED}), _HEAD),
    "dispatched": Row(
        frozenset({S.APPROVED}), _DESK_OR_HANDLER, follows=("reply_approved", "signed")
    ),
    "delivered": Row(frozenset({S.DISPATCHED}), _DESK_OR_HANDLER, follows=("dispatched",)),
    # after the reply: the copies come in at the desk, `legal` leads the rest
    "reconsideration_received": Row(_AFTER, _DESK_OR_LEGAL, remedy=True),
    "reconsideration_procedure_changed": Row(_AFTER, _LEGAL, remedy=True),
    "reconsideration_extended": Row(_AFTER, _LEGAL, remedy=True),
    "reconsideration_decided": Row(_AFTER, _LEGAL, remedy=True),
    "reconsideration_served_applicant": Row(_AFTER, _LEGAL, remedy=True),
    "lawsuit_received": Row(_AFTER, _DESK_OR_LEGAL, remedy=True),
    "judgment_received": Row(_AFTER, _LEGAL, remedy=True),
    "judgment_served_on_other": Row(_AFTER, _LEGAL, remedy=True),
    "appeal_filed": Row(_AFTER, _LEGAL, remedy=True),
    "answer_submitted": Row(_AFTER, _LEGAL, remedy=True),
    "evidence_listed": Row(_AFTER, _LEGAL, remedy=True),
    "mediation_held": Row(_AFTER, _LEGAL, remedy=True),
    "proceeding_suspended": Row(_AFTER, _LEGAL, remedy=True),
    "proceeding_resumed": Row(_AFTER, _LEGAL, remedy=True),
    "hearing_set": Row(_AFTER, _LEGAL, remedy=True),
    "hearing_cancelled": Row(_AFTER, _LEGAL, remedy=True),
    "complaint_received": Row(_AFTER, _DESK_OR_LEGAL, remedy=True),
    "complaint_decided": Row(_AFTER, _LEGAL, remedy=True),
    "accountability_recorded": Row(_AFTER, _LEGAL | _HEAD, remedy=True),
    "remedy_notice_faulty": Row(
        frozenset({S.DISPATCHED, S.CLOSED}), _DESK_OR_HANDLER | _LEGAL | _HEAD, remedy=True
    ),
    "remedy_notice_given": Row(
        frozenset({S.DISPATCHED, S.CLOSED, S.LAPSED}), _DESK_OR_HANDLER | _LEGAL, remedy=True
    ),
    # corrections: by whoever may record what they correct (see `domain.case.decide`)
    "entry_amended": Row(_ANY, _EVERYBODY, any_handler=True),
    "entry_annulled": Row(_ANY, _EVERYBODY, any_handler=True),
    "conflict_kept": Row(_AFTER, _HEAD),
    "entry_approved": Row(_ANY, _SECOND),
    "entry_refused": Row(_ANY, _SECOND),
    # the own time of a training case (the guard lets no other through)
    "training_advanced": Row(_ANY, _EVERYBODY, any_handler=True),
    # a remark conflicts with nothing
    "noted": Row(_ANY, _EVERYBODY, any_handler=True),
}


def permitted(state: CaseState, kind: str, actor: Actor) -> Role:
    """The role in which `actor` may do `kind` now.

    Raises Refusal: `not_in_this_state`, `not_your_role`, `not_your_case` (handlers act on the
    cases assigned to them, by person).
    """
    possible(state, kind)
    return right(state, kind, actor)


def right(state: CaseState, kind: str, actor: Actor) -> Role:
    """The role in which `actor` may record `kind`, whatever state the case was in on its day.

    Raises Refusal: `not_your_role`, `not_your_case`; `not_in_this_state` of what no act can do.
    """
    row = TABLE.get(kind)
    if row is None:
        raise Refusal(Code.NOT_IN_THIS_STATE, act=kind, state=status(state))
    held = [r for r in actor.roles_in(state.organ, state.department) if r in row.roles]
    if not held:
        raise Refusal(Code.NOT_YOUR_ROLE, act=kind, roles=", ".join(sorted(row.roles)))
    taken = {signature.role for signature in state.signatures} if kind == "signed" else set()
    for role in sorted(held, key=lambda role: role in taken):
        if role is not Role.HANDLER or actor.person == state.handler or row.any_handler:
            return role
    raise Refusal(Code.NOT_YOUR_CASE, act=kind, handler=state.handler or "-")


def told_role(state: CaseState, kind: str, actor: Actor) -> Role:
    """The role in which `actor` must have done `kind` in the past of a case that moves in: the
    register knows no rights of then, so the state and whose turn it was decide.

    Raises Refusal: `not_in_this_state`.
    """
    row = possible(state, kind)
    if kind == "signed":
        return SIGNATURES[min(len(state.signatures), len(SIGNATURES) - 1)]
    if Role.HANDLER in row.roles and actor.person == state.handler:
        return Role.HANDLER
    return min(row.roles, key=lambda role: (role is Role.HANDLER, list(Role).index(role)))


def possible(state: CaseState, kind: str) -> Row:
    """The row of `kind`, where the state allows it. Raises Refusal: `not_in_this_state`."""
    row, here = TABLE.get(kind), status(state)
    if row is None or here not in row.states:
        raise Refusal(Code.NOT_IN_THIS_STATE, act=kind, state=here)
    return row


def possible_then(state: CaseState, kind: str) -> None:
    """Like `possible`, of a day that is past. Who had the case in hand then is the office's own
    affair: work done before it was assigned was done. Raises Refusal: `not_in_this_state`."""
    early = status(state) is S.REGISTERED and S.IN_HAND in TABLE[kind].states
    if not early:
        possible(state, kind)


def acts_open_to(state: CaseState, actor: Actor) -> tuple[str, ...]:
    """All acts the table lets `actor` do now, in the table's order."""
    open_acts = []
    for kind in TABLE:
        try:
            permitted(state, kind, actor)
        except Refusal:
            continue
        open_acts.append(kind)
    return tuple(open_acts)
