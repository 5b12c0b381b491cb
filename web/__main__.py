"""`python -m web SOCKET`: the pages as a service, on a socket that was handed over."""

import asyncio
import socket
import sys

import structlog

from domain.errors import YishenError
from office import settings as configuration
from office.private import close_to_others
from starter.engine.later import connect
from starter.exit import leave
from starter.logs import configure
from starter.web.place import place_of
from web.serving import serve

log = structlog.get_logger()

if __name__ == "__main__":
    close_to_others()
    try:
        chosen = configuration.load()
        configure(chosen.log)
        handed = socket.socket(fileno=int(sys.argv[1]))
        asyncio.run(serve(chosen, connect, place_of(chosen), handed, lambda: log.info("listening")))
        code = 0
    except YishenError as error:
        log.error("web_stopped", code=error.code, **error.params)
        code = error.exit_code
    leave(code)
