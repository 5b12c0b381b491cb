"""The worker's look at engine and mail drop: which runs fail, and whether notices can go out, noted
in the register where people look.

The engine marks a run whose tasks fail again and again (`TemporalReportedProblems`); what fails
while an entry is written is noted by the activity itself.
"""

import asyncio
from pathlib import Path

import structlog
from temporalio.client import Client
from temporalio.service import RPCError

from activities.mail import why_closed
from domain.errors import Code, YishenError
from office.running.failing import failing_runs
from register.engine import Register
from register.reads.troubles import MAIL_DROP, What
from register.writes.troubles import keep_only

SECONDS = 15

log = structlog.get_logger()


async def watch_troubles(client: Client, register: Register, mail_drop: Path) -> None:
    """Look every few seconds, for as long as the worker lives."""
    while True:
        try:
            await asyncio.to_thread(keep_mail_trouble, register, mail_drop)
            failing = await failing_runs(client)
            if failing is not None:
                await asyncio.to_thread(_keep, register, failing)
        except YishenError as error:
            log.warning("troubles_not_noted", code=error.code, **error.params)
        except RPCError as error:
            log.warning("troubles_not_found", why=error.message)
        await asyncio.sleep(SECONDS)


def keep_mail_trouble(register: Register, mail_drop: Path) -> None:
    """Note that no notice can be laid down there, or that it can. Raises Unreachable."""
    why = why_closed(mail_drop)
    failing = {} if why is None else {MAIL_DROP: why}
    with register.writing() as session:
        keep_only(session, What.MAIL, failing, Code.NOTICE_NOT_SENT)


def _keep(register: Register, failing: dict[str, str]) -> None:
    with register.writing() as session:
        keep_only(session, What.RUN, failing, Code.RUN_FAILS)
