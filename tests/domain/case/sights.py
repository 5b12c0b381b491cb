"""The golden grid of who reads what, and the kinds of cases it is about."""

from pathlib import Path

from domain.case.people import Actor, Grant, Role
from domain.case.reach import viewer
from domain.case.reading import CaseFacts, CasePart, Viewer
from domain.remedies.organ import OrganProfile

GOLDEN = Path(__file__).parent / "sight.golden.txt"

LETTERS = dict(
    zip(
        "!LPAFEXC",
        (
            CasePart.FAULT,
            CasePart.LINE,
            CasePart.PAGE,
            CasePart.APPLICANT,
            CasePart.FILES,
            CasePart.EXPORT,
            CasePart.ACCESS,
            CasePart.CORRECTIONS,
        ),
        strict=True,
    )
)

COUNTY, BUREAU, ELSEWHERE = "county", "bureau", "elsewhere"
PLANNING, EDUCATION = "planning", "education"
HANDLER, COLLEAGUE = "handler", "colleague"

ORGANS = {
    COUNTY: OrganProfile(name="某县人民政府（虚构）"),
    BUREAU: OrganProfile(name="某县水务局（虚构）", government="某县人民政府（虚构）"),
    ELSEWHERE: OrganProfile(name="邻县人民政府（虚构）", superior="某市人民政府（虚构）"),
}

OWN = CaseFacts(organ=COUNTY, department=PLANNING, handler=HANDLER)


def _of(base: CaseFacts = OWN, *awaits: Role, **more: object) -> CaseFacts:
    fields = {name: getattr(base, name) for name in CaseFacts.__dataclass_fields__}
    return CaseFacts(**{**fields, "awaits": frozenset(awaits), **more})


def _everything(organ: str) -> CaseFacts:
    flags = ("had_items", "was_signed", "proceedings", "replied", "faulty")
    return _of(OWN, *Role, organ=organ, department=None, **dict.fromkeys(flags, True))


KINDS: dict[str, CaseFacts] = {
    "arrived": CaseFacts(organ=COUNTY, awaits=frozenset({Role.INTAKE})),
    "own": _of(OWN, Role.HANDLER),
    "colleague": _of(OWN, Role.HANDLER, handler=COLLEAGUE),
    "education": _of(OWN, Role.HANDLER, department=EDUCATION, handler=COLLEAGUE),
    "items": _of(OWN, Role.REVIEWER, had_items=True),
    "reviewed": _of(OWN, Role.LEADER_IN_CHARGE, had_items=True),
    "signed": _of(OWN, Role.PRINCIPAL_LEADER, had_items=True, was_signed=True),
    # What the head did waits for the leader's approval.
    "approving": _of(OWN, Role.PRINCIPAL_LEADER),
    "replied": _of(OWN, had_items=True, was_signed=True, replied=True),
    "unreviewed": _of(OWN, replied=True),
    "disputed": _of(OWN, Role.LEGAL, proceedings=True),
    "contested": _of(OWN, had_items=True, was_signed=True, replied=True, proceedings=True),
    "stuck": _of(OWN, faulty=True),
    "conflict": _of(OWN, Role.DISCLOSURE_HEAD, faulty=True),
    "below": _everything(BUREAU),
    "elsewhere": _everything(ELSEWHERE),
}
"""A case of each kind, as far as it decides who reads it."""

Grid = dict[tuple[str, Role], frozenset[CasePart]]
"""By kind of case and role."""


def golden() -> Grid:
    """The grid as it is written."""
    lines = [x for x in GOLDEN.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    head, *rows = (line.split() for line in lines)
    return {
        (kind, Role(role)): frozenset(LETTERS[letter] for letter in cell if letter != "-")
        for kind, *cells in rows
        for role, cell in zip(head[1:], cells, strict=True)
    }


def of_role(role: Role) -> Viewer:
    """Who holds the role in the county and looks; a handler in the planning department."""
    department = PLANNING if role is Role.HANDLER else None
    grant = Grant(role=role, organ=COUNTY, department=department)
    return viewer(Actor(person=role.value, grants=(grant,)), ORGANS)
