"""The whole register checked for an administrator, by a process of its own. How far it is, and what
the last check found, stands in a file of the data folder.

    begin(desk, user, start)    -> start one, unless one runs
    check_of(desk, user)        -> the present or last one
    carry_out(desk)             the check itself, in its process
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from pydantic import ValidationError

from domain.errors import Code, YishenError
from domain.values import Value
from office.access.attempts import logged
from office.access.door import require_admin
from office.desk import Desk
from office.settings import Settings
from register.writes.access import Attempt, log_access

if TYPE_CHECKING:
    from office.cases.comparing import Verified

CHECKED = "register_checked"

FILE = "check.json"

NAMED = 100
"""Faults, and cases that were skipped, that are named."""

BEAT = 2.0
"""Seconds between signs of life of a check."""

SILENT = timedelta(seconds=60)
"""Since its last sign of life: a check that is silent for longer has broken off."""

StartCheck = Callable[[Settings], None]
"""How to start the process of a check."""


class SaidError(Value):
    """An error as it is kept: words are made of it in the language of whoever reads."""

    code: str
    params: Mapping[str, str] = {}

    @classmethod
    def of(cls, error: YishenError) -> "SaidError":
        """As it was raised."""
        return cls(code=error.code, params={name: str(v) for name, v in error.params.items()})

    @property
    def error(self) -> YishenError:
        """To be said."""
        return Code(self.code).of(**self.params)


class CheckFault(Value):
    """Where the record isn't what it should be; what stands there is nothing for an
    administrator."""

    case: str
    table: str
    key: str
    field: str


class SkippedCase(Value):
    """A case that could not be compared with its run, and why."""

    case: str
    why: SaidError


class CheckResult(Value):
    """What a check looked at and found. `compared`: running cases; `trouble`: why none was;
    `no_keys`: why the search index was not looked at; the first faults and skipped ones are
    named."""

    cases: int
    events: int
    compared: int
    faults: int
    named: tuple[CheckFault, ...]
    skipped: int
    skipped_named: tuple[SkippedCase, ...]
    trouble: SaidError | None = None
    no_keys: SaidError | None = None

    @property
    def holds(self) -> bool:
        """Everything was looked at, and nothing found."""
        skipped = self.skipped or self.trouble is not None or self.no_keys is not None
        return not self.faults and not skipped


class RegisterCheck(Value):
    """One check. `done` of `of` cases are read; `seen_at`: its last sign of life; `stopped`: what
    it could not go on with."""

    by: str
    begun_at: datetime
    seen_at: datetime
    done: int = 0
    of: int = 0
    ended_at: datetime | None = None
    result: CheckResult | None = None
    stopped: SaidError | None = None

    def runs(self, at: datetime) -> bool:
        """Whether it is under way."""
        return self.ended_at is None and at - self.seen_at < SILENT


async def begin(desk: Desk, user: str, start: StartCheck) -> None:
    """Start a check; where one runs, nothing. Refusal(unknown_user, not_an_admin). Raises
    Unreachable."""
    await _admitted(desk, user)
    now, last = datetime.now(UTC), _read(desk.settings)
    if last is not None and last.runs(now):
        return
    attempt = Attempt(user, CHECKED, "ok", asked_by=desk.asked_by)
    await asyncio.to_thread(log_access, desk.register, attempt)
    _write(desk.settings, RegisterCheck(by=user, begun_at=now, seen_at=now))
    start(desk.settings)


async def check_of(desk: Desk, user: str) -> RegisterCheck | None:
    """The check that runs, or the last one; None: there was none. Refusal and Unreachable as of
    `begin`."""
    await _admitted(desk, user)
    return _read(desk.settings)


async def carry_out(desk: Desk) -> None:
    """Check everything, as `begin` noted it; each sign of life and the end stand in the file."""
    # With it comes the engine's library, which the pages do without.
    from office.cases.comparing import verified

    check = _read(desk.settings)
    if check is None:
        return
    said = {"done": 0, "of": 0}

    async def beat() -> None:
        while True:
            _write(desk.settings, check.changed(seen_at=datetime.now(UTC), **said))
            await asyncio.sleep(BEAT)

    def told(done: int, of: int) -> None:
        said.update(done=done, of=of)

    beating = asyncio.create_task(beat())
    end: dict[str, object] = {}
    try:
        end = {"result": _result(await verified(desk, offline=False, told=told))}
    except YishenError as error:
        end = {"stopped": SaidError.of(error)}
    finally:
        beating.cancel()
        if end:
            now = datetime.now(UTC)
            _write(desk.settings, check.changed(**said, **end, seen_at=now, ended_at=now))


async def _admitted(desk: Desk, user: str) -> None:
    async with logged(desk, user, CHECKED):
        await desk.read(lambda session: require_admin(session, user))


def _result(found: "Verified") -> CheckResult:
    faults, skipped = found.differences, found.running.skipped
    return CheckResult(
        cases=found.record.cases,
        events=found.record.events,
        compared=found.running.cases,
        faults=len(faults),
        named=tuple(
            CheckFault(case=one.case, table=one.table, key=one.key, field=one.field)
            for one in faults[:NAMED]
        ),
        skipped=len(skipped),
        skipped_named=tuple(
            SkippedCase(case=case, why=SaidError.of(why)) for case, why in skipped[:NAMED]
        ),
        trouble=SaidError.of(found.trouble) if found.trouble else None,
        no_keys=SaidError.of(found.no_keys) if found.no_keys else None,
    )


def _file(settings: Settings) -> Path:
    return settings.data / FILE


def _read(settings: Settings) -> RegisterCheck | None:
    with suppress(OSError, ValidationError):  # none, or of another release
        return RegisterCheck.model_validate_json(_file(settings).read_bytes())
    return None


def _write(settings: Settings, check: RegisterCheck) -> None:
    with NamedTemporaryFile("w", dir=settings.data, suffix=".part", delete=False) as part:
        part.write(check.model_dump_json())
    os.replace(part.name, _file(settings))
