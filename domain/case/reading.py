"""Who may read which cases, and what of them: the one table that lists, pages, counts, search,
files, exports and feeds ask, as every act asks `domain.case.table`.

A condition (`When`) stands here as a function of `CaseFacts` and in `register.reads.visible` as
SQL; a test holds the two equal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.case.people import SIGNATURES, Grant, Role
from domain.errors import Code, Refusal
from domain.values import Value


class CasePart(StrEnum):
    """What of a case is read, by the name under which the access log has it."""

    FAULT = "fault_read"
    """Its number, and what keeps it from going on."""
    LINE = "cases_read"
    """Its line: in lists, counts, search, behind figures, in calendars."""
    PAGE = "case_read"
    """What happened in it, its limits with their proof, items, reply, remedies; no applicant."""
    APPLICANT = "applicant_read"
    """Name, contact, and the application itself."""
    FILES = "file_read"
    EXPORT = "case_exported"
    """All of it at once, on its way to an archive."""
    ACCESS = "access_read"
    """Who did or read what."""
    CORRECTIONS = "corrections_read"
    """How often lateness was put right, and by whom."""


class When(StrEnum):
    """Of which cases within a grant."""

    ALWAYS = "always"
    OWN = "own"
    """Those the person handles."""
    DEPARTMENT = "department"
    """Those given to the department."""
    AWAITED = "awaited"
    """Those that wait for the role, and from then on: an item to review was added; somebody has
    signed."""
    PROCEEDINGS = "proceedings"
    REPLIED = "replied"
    """A reply left the office."""
    FAULTY = "faulty"
    """It can't go on, or two entries of it are in conflict."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What of a case decides who may read it. `awaits`: the roles it waits for now;
    `had_items`, `was_signed`: there is, or was, an item to review, a signature."""

    organ: str
    department: str | None = None
    handler: str | None = None
    awaits: frozenset[Role] = frozenset()
    had_items: bool = False
    was_signed: bool = False
    proceedings: bool = False
    replied: bool = False
    faulty: bool = False


class Viewer(Value):
    """Somebody who looks, with the grants by which: those held, a supervisor's stretched to the
    organs below, an auditor's to all (`domain.case.reach`)."""

    person: str
    grants: tuple[Grant, ...]


Sight = frozenset[CasePart]
"""The parts of a case that somebody may read."""

_SEEN = frozenset({CasePart.FAULT, CasePart.LINE, CasePart.PAGE})
_PAPERS = _SEEN | {CasePart.FILES}
_WHOLE = _PAPERS | {CasePart.APPLICANT}

READS: Mapping[Role, Mapping[When, Sight]] = {
    Role.INTAKE: {When.ALWAYS: _WHOLE},
    Role.DISCLOSURE_HEAD: {When.ALWAYS: _WHOLE | {CasePart.EXPORT, CasePart.CORRECTIONS}},
    Role.HANDLER: {When.OWN: _WHOLE, When.DEPARTMENT: _SEEN},
    Role.REVIEWER: {When.AWAITED: _PAPERS},
    Role.LEADER_IN_CHARGE: {When.AWAITED: _PAPERS},
    Role.PRINCIPAL_LEADER: {When.AWAITED: _PAPERS},
    # Whoever defends a reply has the applicant on the other side.
    Role.LEGAL: {When.PROCEEDINGS: _WHOLE | {CasePart.EXPORT}, When.REPLIED: _SEEN},
    Role.SUPERVISOR: {When.ALWAYS: _SEEN | {CasePart.CORRECTIONS}},
    Role.ADMIN: {
        When.ALWAYS: frozenset({CasePart.ACCESS}),
        When.FAULTY: frozenset({CasePart.FAULT}),
    },
    Role.AUDITOR: {When.ALWAYS: frozenset(CasePart)},
}


def sight(who: Viewer, facts: CaseFacts) -> Sight:
    """All parts of the case that the person may read; none: not even its line."""
    return frozenset(part for parts in _open(who, facts) for part in parts)


def may_read(part: CasePart, who: Viewer, case: str, facts: CaseFacts) -> None:
    """Whether the person may read that part of the case. Refusal: case_not_visible where nothing
    of it is theirs to see, not_your_role, not_your_case."""
    seen = sight(who, facts)
    if part in seen:
        return
    if CasePart.LINE not in seen:
        raise Refusal(Code.CASE_NOT_VISIBLE, case=case)
    held = {g.role for g in who.grants if g.covers(facts.organ, facts.department)}
    if held & readers(part):
        raise Refusal(Code.NOT_YOUR_CASE, act=part, handler=facts.handler or "-")
    raise Refusal(Code.NOT_YOUR_ROLE, act=part, roles=", ".join(sorted(readers(part))))


def readers(part: CasePart) -> frozenset[Role]:
    """The roles that read this part of some case."""
    return frozenset(r for r, rows in READS.items() if any(part in seen for seen in rows.values()))


def organs_open_to(who: Viewer, part: CasePart) -> frozenset[str]:
    """The organs of whose cases, whichever they are, the person may read that part.
    Refusal(not_your_role): of none."""
    found = {
        grant.organ
        for grant in who.grants
        if part in READS.get(grant.role, {}).get(When.ALWAYS, ())
    }
    if not found:
        raise Refusal(Code.NOT_YOUR_ROLE, act=part, roles=", ".join(sorted(readers(part))))
    return frozenset(found)


def organs_read(who: Viewer, part: CasePart) -> Mapping[str, bool]:
    """The organs of which the person may read that part of some cases, and whether of all."""
    found: dict[str, bool] = {}
    for grant in who.grants:
        for when, parts in READS.get(grant.role, {}).items():
            if part in parts:
                every = when is When.ALWAYS and grant.department is None
                found[grant.organ] = every or found.get(grant.organ, False)
    return found


def _open(who: Viewer, facts: CaseFacts) -> Iterator[Sight]:
    for grant in who.grants:
        if grant.covers(facts.organ, facts.department):
            for when, parts in READS.get(grant.role, {}).items():
                if _holds(when, grant, who.person, facts):
                    yield parts


def _holds(when: When, grant: Grant, person: str, facts: CaseFacts) -> bool:
    match when:
        case When.ALWAYS:
            return True
        case When.OWN:
            return facts.handler == person
        case When.DEPARTMENT:
            given = facts.department is not None or facts.handler is not None
            return given and grant.department in (None, facts.department)
        case When.AWAITED:
            if grant.role not in SIGNATURES:  # what waits for a reviewer is an item
                return facts.had_items
            return facts.was_signed or grant.role in facts.awaits
        case When.PROCEEDINGS:
            return facts.proceedings
        case When.REPLIED:
            return facts.replied
        case When.FAULTY:
            return facts.faulty
