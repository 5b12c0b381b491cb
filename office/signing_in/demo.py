"""Whether an installation was made as a demonstration, where anybody may sign in as anybody."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from domain.errors import Code, Refusal
from office.access.command_line import account, at_command_line
from register.engine import Register
from register.office_chain import Author
from register.writes.installation import made_as_demo, mark_demo


def mark_as_demo(register: Register) -> None:
    """Make an empty register that of a demonstration, for good: before anything else stands in it.
    Repeating it changes nothing. Refusal(demo_too_late): an office's own never becomes one. Raises
    Unreachable."""
    with register.writing() as session:
        if made_as_demo(session):
            return
        if not mark_demo(session, Author(account(), at_command_line(), datetime.now(UTC))):
            raise Refusal(Code.DEMO_TOO_LATE, register=register.name)


def is_demo(session: Session) -> bool:
    """Whether it is: the first line of the office's chain says so."""
    return made_as_demo(session)
