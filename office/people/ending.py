"""Organs that were abolished or merged, departments that were dissolved: nothing new goes there.

    still_there(register, user, organ, department)  -> what it still has
    end(register, user, organ, department, day)     it is there no more from that day on
    restore(register, user, organ, department)      it was ended by mistake

What is there goes on: cases keep their organ, their number and their year. Those of a dissolved
department are tasks of whoever may give them to another one.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from domain.case.people import AskedBy
from domain.errors import Code, InputError, Problem
from office.access.door import require_admin
from office.acts.doubts import Doubt
from office.legal_time import legal_now
from office.people.account_changes import changing
from office.people.names import acting_id, department_id, organ_id
from register.engine import Register
from register.reads.ended import LeftThere, left_there
from register.writes.directory import put_end

ORGAN_ENDED, DEPARTMENT_ENDED = "organ_ended", "department_ended"
ORGAN_RESTORED, DEPARTMENT_RESTORED = "organ_restored", "department_restored"

OrganOrUnit = tuple[str, str | None]
"""An organ, or one of its departments."""


def still_there(
    register: Register, user: str, organ: str, department: str | None = None
) -> LeftThere:
    """What is to be known before it is ended. Refusal(unknown_user, not_an_admin),
    InputError(unknown_organ, unknown_department, ambiguous_name). Raises Unreachable."""
    with register.reading() as session:
        require_admin(session, acting_id(session, user))
        return left_there(session, *_place(session, organ, department))


def doubts(there: LeftThere) -> Iterator[Doubt]:
    """What is worth a question before it is ended: that it is not empty."""
    if there.cases or there.people:
        code = "organ_in_use" if there.department is None else "department_in_use"
        yield Doubt(code, {"name": there.name, "cases": there.cases, "people": there.people})


def end(
    register: Register,
    user: str,
    organ: str,
    department: str | None = None,
    day: date | None = None,
    *,
    asked_by: AskedBy | None = None,
) -> LeftThere:
    """From `day` on (left out: today) it is there no more; said again with another day, from that
    one. What it still has is answered, and goes on.

    InputError(bad_field): the day has not come; else as of `still_there`. Raises Unreachable.
    """
    today = legal_now().date()
    if day is not None and day > today:
        raise InputError(Code.BAD_FIELD, problems=[Problem("on", "at_latest", {"day": today})])
    command = ORGAN_ENDED if department is None else DEPARTMENT_ENDED
    return _put(register, user, command, (organ, department), day or today, asked_by)


def restore(
    register: Register,
    user: str,
    organ: str,
    department: str | None = None,
    *,
    asked_by: AskedBy | None = None,
) -> LeftThere:
    """It was ended by mistake: it takes what is new again. As of `still_there`."""
    command = ORGAN_RESTORED if department is None else DEPARTMENT_RESTORED
    return _put(register, user, command, (organ, department), None, asked_by)


def _put(
    register: Register,
    user: str,
    command: str,
    said: OrganOrUnit,
    day: date | None,
    asked_by: AskedBy | None,
) -> LeftThere:
    about = "/".join(filter(None, said))
    with changing(register, user, command, asked_by, about) as (session, by, actor):
        require_admin(session, actor.person)
        place = _place(session, *said)
        put_end(session, *place, day, by)
        session.flush()
        return left_there(session, *place)


def _place(session: Session, organ: str, department: str | None) -> OrganOrUnit:
    place = organ_id(session, organ)
    return place, None if department is None else department_id(session, department, place)
