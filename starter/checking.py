"""`python -m starter.checking`: check the whole register, as somebody at the desk asked for. It
goes on when the pages end."""

import asyncio
import os
import subprocess
import sys

from domain.errors import YishenError
from office import settings as configuration
from office.cases.checking import carry_out
from office.desk import open_desk
from office.private import close_to_others
from office.settings import Settings
from starter.exit import leave


def start(settings: Settings) -> None:
    """Start it as a process of its own."""
    subprocess.Popen(
        [sys.executable, "-m", "starter.checking"],
        env={**os.environ, "YISHEN_DATA": str(settings.data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


async def _checked(settings: Settings) -> None:
    from starter.engine.client import connect  # not in whoever starts the process

    async with open_desk(settings, connect) as desk:
        await carry_out(desk)


if __name__ == "__main__":
    close_to_others()
    try:
        asyncio.run(_checked(configuration.load()))
        code = 0
    except YishenError as error:
        code = error.exit_code
    leave(code)
