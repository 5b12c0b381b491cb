"""All writes to the register, in one place to import from."""

from register.calendars import load_calendar
from register.writes.access import Attempt, log_access
from register.writes.directory import (
    Directory,
    load_directory,
    load_entered_figures,
    load_opening_balances,
)
from register.writes.outbox import mark_failed, mark_sent, pending_notices
from register.writes.record import record
from register.writes.requests import (
    NewApplicant,
    NewRequest,
    RegisteredRequest,
    mark_started,
    register_request,
    requests_without_run,
)

__all__ = [
    "Attempt",
    "Directory",
    "NewApplicant",
    "NewRequest",
    "RegisteredRequest",
    "load_calendar",
    "load_directory",
    "load_entered_figures",
    "load_opening_balances",
    "log_access",
    "mark_failed",
    "mark_sent",
    "mark_started",
    "pending_notices",
    "record",
    "register_request",
    "requests_without_run",
]
