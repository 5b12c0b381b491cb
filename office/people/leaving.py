"""Who leaves: out at once, and what they had in hand goes to those who may give it to somebody."""

from dataclasses import dataclass

from domain.account_changes import not_for_oneself
from domain.case.people import AskedBy
from office.access.door import require_admin
from office.people.account_changes import changing
from office.people.names import person_id
from register.engine import Register
from register.reads import roster
from register.reads.tasks import unattended
from register.writes.account_changes import leave, tell
from register.writes.signing_in import end_sessions_of_leavers

LEFT = "person_left"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who is no longer in service; `cases`: ids of open ones they handled, each of which
    is a task of the counter and of the disclosure head from now on: give it to somebody else."""

    person: str
    cases: tuple[str, ...]


def deactivate(
    register: Register, user: str, person: str, *, asked_by: AskedBy | None = None
) -> Leaving:
    """The person acts no longer: sessions and invites end, cases wait to be handed over. It never
    waits for that: who must be kept out is out now. They and the auditors are told.

    Refusal(unknown_user, not_an_admin, not_for_oneself), InputError(unknown_person,
    ambiguous_name). Raises Unreachable.
    """
    with changing(register, user, LEFT, asked_by, person) as (session, by, actor):
        leaver = roster.actor(session, person_id(session, person))
        whom, organs = leaver.person, {grant.organ for grant in leaver.grants}
        require_admin(session, actor.person)
        not_for_oneself(actor, whom, LEFT)
        leave(session, whom, by)
        people = roster.people(session)
        said = {"person": people[whom], "by": people[actor.person]}
        tell(session, LEFT, [actor.person], said, organs, left=whom)
        end_sessions_of_leavers(session, by.at)
        left = [line.id for line in unattended(session) if line.handler == whom]
        return Leaving(whom, tuple(left))
