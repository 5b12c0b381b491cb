"""`python -m web`: the pages as a service of `up`."""

import asyncio

import structlog

from domain.errors import YishenError
from office import settings as configuration
from office.private import close_to_others
from starter.engine.client import connect
from starter.exit import leave
from starter.logs import configure
from web.serving import serve

if __name__ == "__main__":
    close_to_others()
    try:
        chosen = configuration.load()
        configure(chosen.log)
        asyncio.run(serve(chosen, connect))
        code = 0
    except YishenError as error:
        structlog.get_logger().error("web_stopped", code=error.code, **error.params)
        code = error.exit_code
    leave(code)
