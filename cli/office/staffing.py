"""Whether the office has the people its cases need, as `yishen doctor` and `yishen init` say it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cli.frame.session import settings
from cli.frame.words import joined, say, term

if TYPE_CHECKING:
    from register.reads.staffing import Gap


@dataclass(frozen=True, slots=True)
class Staffing:
    """`gaps`: organs that can't bring a case to its reply; `unattended`: ids of open cases whose
    handler is no longer in service."""

    gaps: "tuple[Gap, ...]" = ()
    unattended: tuple[str, ...] = ()


def staffing() -> Staffing:
    """As the register has it now. Raises Unreachable."""
    from register.engine import open_register
    from register.reads.lists import unattended
    from register.reads.staffing import gaps

    register = open_register(settings().register, wait=settings().timeout)
    try:
        with register.reading() as session:
            waiting = tuple(line.id for line in unattended(session))
            return Staffing(tuple(gaps(session)), waiting)
    finally:
        register.close()


def said_of(staff: Staffing) -> list[str]:
    """One line for each thing to mend."""
    lines = []
    for gap in staff.gaps:
        if gap.roles:
            roles = joined([term("role", role) for role in gap.roles])
            lines.append(say("doctor.gap", organ=gap.name, roles=roles))
        if gap.one_signer:
            lines.append(say("doctor.one_signer", organ=gap.name))
    if staff.unattended:
        ids = joined(list(staff.unattended[:SHOWN]))
        lines.append(say("doctor.unattended", n=len(staff.unattended), ids=ids))
    return lines


SHOWN = 12
"""At most so many cases are named."""
