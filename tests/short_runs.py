"""Cases whose runs end after few events, so that one hands over to the next under the acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from unittest.mock import patch

from pydantic import Field

from office.cases import intake
from workflows.messages import HISTORY_LIMIT, CaseInput

RUN_LENGTH: ContextVar[int] = ContextVar("RUN_LENGTH", default=HISTORY_LIMIT)
"""Events of a run of the cases that the present task registers. Tasks go side by side: what one of
them put into a module would be put back by another."""


def _wanted() -> int:
    return RUN_LENGTH.get()


class Sized(CaseInput):
    """Runs as long as the task wants them."""

    history_limit: int = Field(default_factory=_wanted)


@contextmanager
def sized_runs() -> Iterator[None]:
    """Within it, each task says by `RUN_LENGTH` how long the runs of its cases are."""
    with patch.object(intake, "CaseInput", Sized):
        yield
