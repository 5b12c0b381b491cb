"""The parts of the subject, and who finds something there."""

from collections.abc import Iterator

from domain.account_changes import SECONDS
from domain.case.people import Role
from web.frame.gate import Who

PARTS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("health", "/admin/health", (Role.ADMIN,)),
    ("people", "/admin/people", (Role.ADMIN,)),
    ("organs", "/admin/organs", (Role.ADMIN,)),
    ("changes", "/admin/changes", SECONDS),
    ("verify", "/admin/verify", (Role.ADMIN,)),
    ("access", "/admin/access", (Role.ADMIN, Role.AUDITOR)),
)
"""Name, path, roles."""


def parts(who: Who) -> Iterator[tuple[str, str]]:
    """Name and path of those open to a person."""
    for name, path, roles in PARTS:
        if who.holds(*roles):
            yield name, path
