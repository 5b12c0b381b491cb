"""From our errors to Temporal's: what is worth another try, and what never heals."""

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from domain.errors import Unreachable, YishenError


@contextmanager
def told_to_temporal() -> Iterator[None]:
    """A YishenError leaves as ApplicationError of its code: retried only when unreachable."""
    try:
        yield
    except YishenError as error:
        raise ApplicationError(
            str(error),
            error.params,
            type=error.code,
            non_retryable=not isinstance(error, Unreachable),
        ) from error
