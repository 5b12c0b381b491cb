"""Where a person may go from any page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.account_changes import SECONDS
from domain.case.people import Role

if TYPE_CHECKING:
    from web.frame.gate import Who

R = Role

TASKLESS = frozenset({R.SUPERVISOR, R.AUDITOR, R.ADMIN})
"""Roles for which no case ever waits."""

_ALL = frozenset(Role)
_OF_CASES = _ALL - {R.ADMIN}
_SUPERVISING = frozenset({R.SUPERVISOR, R.DISCLOSURE_HEAD, R.AUDITOR})
_IN_REMEDIES = frozenset({R.LEGAL, R.DISCLOSURE_HEAD, R.INTAKE, R.SUPERVISOR, R.AUDITOR})

PLACES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("inbox", "/", _ALL - TASKLESS),
    ("cases", "/cases", _OF_CASES),
    ("supervision", "/supervision", _SUPERVISING),
    ("remedies", "/remedies", _IN_REMEDIES),
    ("reports", "/reports", _ALL),
    ("calendar", "/calendar", _ALL),
    ("admin", "/admin", frozenset({*SECONDS, R.AUDITOR})),
)
"""Name, path, and the roles that have something to find there."""


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One place; `here`: the page stands there; `count` of what waits there, `late`: over time."""

    name: str
    path: str
    here: bool
    count: int
    late: bool


def entries(who: "Who", path: str, counts: Mapping[str, int]) -> Iterator[NavigationEntry]:
    """The places open to a person, from the page at `path`."""
    for name, place, roles in PLACES:
        if who.holds(*roles):
            here = path == place or (place != "/" and path.startswith(f"{place}/"))
            count = counts.get(name, 0)
            yield NavigationEntry(
                name, place, here, count, late=name == "supervision" and count > 0
            )
