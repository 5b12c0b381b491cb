"""What a command leaves in the access log when it leaves no event of a case."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from domain.errors import Code, Unreachable, YishenError
from office.desk import Desk
from office.people.names import with_names
from register.writes.access import Attempt, Outcome, log_access

UNLOGGED = frozenset(
    {Code.NOT_AGREED, Code.REGISTER_UNREACHABLE, Code.REGISTER_NOT_WRITABLE, Code.NO_USER}
    | {Code.MESSAGE_UNSEALED}
)
"""Nothing was attempted, there is nowhere to write it, or the worker wrote it."""


LACKING = frozenset(
    {
        Code.FILE_LOST,
        Code.FILE_NOT_KEPT,
        Code.PAPER_LOST,
        Code.PDF_UNAVAILABLE,
        Code.GLYPHS_MISSING,
    }
)
"""Nothing was asked of engine or case: something it needs is not here."""


@asynccontextmanager
async def logged(
    desk: Desk,
    person: str,
    command: str,
    case: str | None = None,
    command_id: str | None = None,
) -> AsyncIterator[None]:
    """Whatever is refused inside, or not answered, is written to the access log; the person reads
    names where the error carries ids."""
    try:
        yield
    except YishenError as error:
        if error.code not in UNLOGGED:
            attempt = Attempt(
                person=person,
                command=command,
                outcome=outcome(error),
                case_id=case,
                code=error.code,
                command_id=command_id,
                asked_by=desk.asked_by,
            )
            await asyncio.to_thread(log_access, desk.register, attempt)
        with suppress(Unreachable):
            await desk.read(partial(with_names, error=error))
        raise


def outcome(error: YishenError) -> Outcome:
    """How an attempt ended that raised `error`: unanswered only where nobody can say whether it
    took effect; what is missing here (a file, a font) refuses it."""
    if isinstance(error, Unreachable) and error.code not in LACKING:
        return "unanswered"
    return "not_found" if error.code is Code.UNKNOWN_CASE else "refused"
