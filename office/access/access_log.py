"""Who may look into the logs of the office (who did what, what was corrected), and of which
organs."""

from domain.case.people import AskedBy
from domain.case.reading import CasePart
from domain.case.reading import organs_open_to as open_to
from domain.errors import Refusal
from office.access.command_line import at_command_line
from office.people.names import acting_id
from register.engine import Register
from register.reads import roster
from register.reads.visible import viewer_of
from register.writes.access import Attempt, log_access


def known_reader(register: Register, user: str) -> str:
    """The id of somebody in service who looks at cases. InputError(ambiguous_name),
    Refusal(unknown_user), which is in the log."""
    with register.reading() as session:
        user = acting_id(session, user)
        try:
            roster.actor(session, user)
        except Refusal as no:
            log_access(register, _refused(user, "cases_read", None, no))
            raise
    return user


def organs_open_to(
    register: Register,
    user: str,
    case: str | None,
    reading: CasePart = CasePart.ACCESS,
    asked_by: AskedBy | None = None,
) -> frozenset[str]:
    """The organs whose log the person may read; `case` the one that was asked about.
    Refusal (unknown_user, not_your_role), which is in the log itself."""
    try:
        with register.reading() as session:
            return open_to(viewer_of(session, user), reading)
    except Refusal as error:
        log_access(register, _refused(user, reading, case, error, asked_by))
        raise


def _refused(
    user: str, command: str, case: str | None, error: Refusal, asked_by: AskedBy | None = None
) -> Attempt:
    return Attempt(
        person=user,
        command=command,
        outcome="refused",
        case_id=case,
        code=error.code,
        asked_by=asked_by or at_command_line(),
    )
