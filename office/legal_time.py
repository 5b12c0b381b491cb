"""What time it is, in the time a case lives in."""

from datetime import datetime

from domain.values import OFFICE_ZONE, legal_time


def legal_now(clock_offset: int = 0) -> datetime:
    """Now, in the office's zone; `clock_offset`: seconds that a training case is ahead."""
    return legal_time(datetime.now(OFFICE_ZONE), clock_offset)
