"""`python -m bench.bare_route SOCKET`: the obvious way to answer, one route of FastAPI's that does
nothing, served as the desk is."""

import socket
import sys

import uvicorn
from fastapi import FastAPI
from starlette.responses import HTMLResponse

app = FastAPI()


@app.get("/")
async def nothing() -> HTMLResponse:
    """No register, no template, nobody signed in."""
    return HTMLResponse("<!doctype html><title>nothing</title>")


if __name__ == "__main__":
    handed = socket.socket(fileno=int(sys.argv[1]))
    config = uvicorn.Config(app, log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[handed])
