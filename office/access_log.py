"""Who may look into the access log, and of which organs."""

from domain.case.reading import READERS, may_read
from domain.errors import Refusal
from register.engine import Register
from register.reads import queries
from register.writes.access import Attempt, log_access


def organs_open_to(register: Register, user: str, case: str | None) -> set[str]:
    """The organs whose log the person may read. Refusal (unknown_user, not_your_role), which is
    in the log itself; `case`: the one that was asked about."""
    try:
        with register.reading() as session:
            actor = queries.actor(session, user)
        roles = READERS["access_read"]
        organs = {grant.organ for grant in actor.grants if grant.role in roles}
        if not organs:
            may_read("access_read", actor, "-")
    except Refusal as error:
        attempt = Attempt(
            person=user, command="access_read", outcome="refused", case_id=case, code=error.code
        )
        log_access(register, attempt)
        raise
    return organs
