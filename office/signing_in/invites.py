"""Invites: a link by which a person sets the first password, once, within half an hour."""

from dataclasses import dataclass
from datetime import datetime

from domain.case.people import AskedBy
from domain.errors import Code, Refusal, YishenError
from domain.signing_in import INVITED as INVITED_FOR
from office.access.attempts import outcome
from office.access.command_line import at_command_line
from office.access.door import require_admin
from office.people.names import acting_id, person_id
from office.signing_in.entering import new_token
from office.signing_in.sessions import now
from register.engine import Register
from register.office_chain import Author
from register.reads import roster
from register.reads.signing_in import credential_of
from register.writes.access import Attempt, log_access, note_attempts
from register.writes.signing_in import INVITED, digest, put_invite


@dataclass(frozen=True, slots=True)
class Invitation:
    """What goes to the person, by hand or by letter: `path` behind the office's own address, good
    until `until` and for one use."""

    person: str
    name: str
    path: str
    until: datetime


def invite(
    register: Register,
    user: str,
    person: str,
    *,
    asked_by: AskedBy | None = None,
    at: datetime | None = None,
) -> Invitation:
    """An invite for a person without password, by an administrator; one made before is void.
    `asked_by`: left out, the command line.

    Refusal(unknown_user, not_an_admin, password_stands: reset it first), InputError(unknown_person,
    ambiguous_name); all on record. Raises Unreachable.
    """
    moment, way, token = now(at), asked_by or at_command_line(), new_token()
    try:
        with register.writing() as session:
            user = acting_id(session, user)
            require_admin(session, user)
            whom = roster.actor(session, person_id(session, person)).person
            name = roster.people(session)[whom]
            if credential_of(session, whom).password is not None:
                raise Refusal(Code.PASSWORD_STANDS, person=whom)
            put_invite(session, token, whom, Author(user, way, moment))
            made = Attempt(user, INVITED, "ok", None, None, digest(token), whom, way)
            note_attempts(session, moment, made)
    except YishenError as error:
        no = Attempt(user, INVITED, outcome(error), None, error.code, None, person, way)
        log_access(register, no)
        raise
    return Invitation(whom, name, f"/invite/{token}", moment + INVITED_FOR)
