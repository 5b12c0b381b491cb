"""Who may look into the logs of the office (who did what, what was corrected), and of which
organs."""

from domain.case.reading import READERS, may_read
from domain.errors import Refusal
from office.door import at_command_line
from register.engine import Register
from register.reads import queries
from register.writes.access import Attempt, log_access


def organs_open_to(
    register: Register, user: str, case: str | None, reading: str = "access_read"
) -> set[str]:
    """The organs whose log the person may read; `reading` as in `domain.case.reading`, `case` the
    one that was asked about. Refusal (unknown_user, not_your_role), which is in the log itself."""
    try:
        with register.reading() as session:
            actor = queries.actor(session, user)
        roles = READERS[reading]
        organs = {grant.organ for grant in actor.grants if grant.role in roles}
        if not organs:
            may_read(reading, actor, "-")
    except Refusal as error:
        attempt = Attempt(
            person=user,
            command=reading,
            outcome="refused",
            case_id=case,
            code=error.code,
            asked_by=at_command_line(),
        )
        log_access(register, attempt)
        raise
    return organs
