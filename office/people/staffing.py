"""Whether the office has the people its cases need."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from office.settings import Settings
from register.engine import open_register
from register.reads.staffing import StaffingGap, gaps
from register.reads.tasks import unattended


@dataclass(frozen=True, slots=True)
class Staffing:
    """`gaps`: organs that can't bring a case to its reply; `unattended`: ids of open cases whose
    handler is no longer in service."""

    gaps: tuple[StaffingGap, ...] = ()
    unattended: tuple[str, ...] = ()


def staffing(settings: Settings) -> Staffing:
    """As the register has it now. Raises Unreachable."""
    register = open_register(settings.register, wait=settings.timeout)
    try:
        with register.reading() as session:
            return staffing_of(session)
    finally:
        register.close()


def staffing_of(session: Session) -> Staffing:
    """The same of a register that is open."""
    waiting = tuple(line.id for line in unattended(session))
    return Staffing(tuple(gaps(session)), waiting)
