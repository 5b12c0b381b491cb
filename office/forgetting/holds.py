"""A case that must not be forgotten, whatever the schedule says."""

from pydantic import ValidationError

from domain.case.forgetting import HOLDERS
from domain.errors import Code, InputError, Refusal, YishenError
from domain.values import Value
from domain.words import Text
from keys.words import seal
from office.access.attempts import outcome
from office.access.command_line import at_command_line
from office.legal_time import legal_now
from office.people.names import acting_id, with_names
from office.running.key_store import key_of
from office.settings import Settings
from register.engine import Register
from register.office_chain import Author, hold_chain
from register.reads import queries, roster
from register.reads.forgetting import Hold, hold_on
from register.writes.access import Attempt, log_access
from register.writes.forgetting import hold, lift
from texts.problems import problems


class _Why(Value):
    """What somebody says of a hold."""

    reason: Text


def place(settings: Settings, register: Register, user: str, case: str, reason: str) -> None:
    """Hold the case for `reason`, which is sealed like its other words.

    InputError(bad_field): no such text. Refusal: unknown_user, not_your_role, case_held,
    words_destroyed; InputError(unknown_case); all on record. Raises Unreachable.
    """
    try:
        why = _Why(reason=reason)
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error)) from error
    _change(settings, register, user, case, why)


def release(settings: Settings, register: Register, user: str, case: str) -> None:
    """Lift the hold. Refusal(not_held) and as by `place`."""
    _change(settings, register, user, case, None)


def _change(settings: Settings, register: Register, user: str, case: str, why: _Why | None) -> None:
    what = "hold_lifted" if why is None else "case_held"
    try:
        with register.writing() as session:
            hold_chain(session)
            user = acting_id(session, user)
            actor, line = roster.actor(session, user), queries.case(session, case).line
            held_roles = set(actor.roles_in(line.organ, line.department)) & HOLDERS
            if not held_roles:
                raise Refusal(Code.NOT_YOUR_ROLE, act=what, roles=", ".join(sorted(HOLDERS)))
            by = Author(user, at_command_line(), legal_now())
            standing = hold_on(session, line.id)
            if why is None:
                if standing is None:
                    raise Refusal(Code.NOT_HELD, case=line.id)
                lift(session, line.id, by)
            elif standing is not None:
                raise held(standing)
            else:
                hold(session, line.id, seal(why, key_of(settings, line.id)).reason, by)
    except YishenError as error:
        attempt = Attempt(user, what, outcome(error), case, error.code, asked_by=at_command_line())
        log_access(register, attempt)
        with register.reading() as session:
            with_names(session, error)
        raise


def held(standing: Hold) -> Refusal:
    """The no of a case that is held; its reason stays sealed."""
    since = f"{standing.since:%Y-%m-%d}"
    return Refusal(Code.CASE_HELD, case=standing.case, person=standing.by, since=since)
