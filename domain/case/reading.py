"""Who may read what of a case that is not for everyone of the office: the applicant, the files,
and the log of who did what."""

from collections.abc import Mapping

from domain.case.people import Actor, Role
from domain.errors import Code, Refusal

R = Role

_COUNTER = frozenset({R.INTAKE, R.DISCLOSURE_HEAD, R.HANDLER})

READERS: Mapping[str, frozenset[Role]] = {
    # Name, contact and the application itself: those who deal with the applicant, and the auditor,
    # who reads all and changes nothing.
    "applicant_read": _COUNTER | {R.AUDITOR},
    # What may go out: who works on it, reviews, signs, approves, sends or defends it.
    "file_read": _COUNTER
    | {R.REVIEWER, R.LEADER_IN_CHARGE, R.PRINCIPAL_LEADER, R.LEGAL, R.AUDITOR},
    # All of a case at once, on its way to an archive.
    "case_exported": frozenset({R.DISCLOSURE_HEAD, R.LEGAL, R.AUDITOR}),
    "access_read": frozenset({R.AUDITOR, R.ADMIN}),
    # How often lateness was put right, and by whom.
    "corrections_read": frozenset({R.SUPERVISOR, R.DISCLOSURE_HEAD, R.AUDITOR}),
}
"""Readings that are permitted by role and leave a line in the access log."""


def may_read(
    what: str, actor: Actor, organ: str, department: str | None = None, handler: str | None = None
) -> Role:
    """The role in which `actor` may read `what` of a case of that organ and department.

    Handlers read their own cases only. Refusal(not_your_role, not_your_case).
    """
    roles = READERS[what]
    held = [g.role for g in actor.grants if g.role in roles and g.covers(organ, department)]
    if not held:
        raise Refusal(Code.NOT_YOUR_ROLE, act=what, roles=", ".join(sorted(roles)))
    for role in held:
        if role is not R.HANDLER or actor.person == handler:
            return role
    raise Refusal(Code.NOT_YOUR_CASE, act=what, handler=handler or "-")
