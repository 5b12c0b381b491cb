"""`python -m web SOCKET`: the pages as a service, on a socket that was handed over."""

import asyncio
import gc
import socket
import sys


def run(handed: socket.socket) -> int:
    """Serve until told to stop; the exit code."""
    gc.disable()  # looking for garbage while modules load is a seventh of the start

    from domain.errors import YishenError
    from office import settings as configuration
    from office.private import close_to_others
    from starter.engine.later import connect
    from starter.logs import LateLog, configure_late
    from starter.web.place import place_of
    from web.serving import serve

    log = LateLog()
    close_to_others()
    try:
        chosen = configuration.load()
        configure_late(chosen.log)
        asyncio.run(serve(chosen, connect, place_of(chosen), handed, lambda: log.info("listening")))
    except YishenError as error:
        log.error("web_stopped", code=error.code, **error.params)
        return error.exit_code
    return 0


if __name__ == "__main__":
    from starter.exit import leave

    leave(run(socket.socket(fileno=int(sys.argv[1]))))
