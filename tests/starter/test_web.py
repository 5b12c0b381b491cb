"""`yishen web`: the pages alone, on a data folder somebody set up."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from office.running.key_store import make_ready
from office.settings import Settings

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@contextmanager
def web(data: Path, **environment: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and where it said it is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "starter", "web", "--data", str(data)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if found := ADDRESS.search(line):
                yield process, found[0]
                return
        pytest.fail(said)
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def test_pages_are_served_where_the_setting_says_until_told_to_stop(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    listen = f"127.0.0.1:{free_port()}"
    with web(tmp_path, YISHEN_WEB_LISTEN=listen) as (process, address):
        assert address == f"http://{listen}/"
        assert httpx.get(f"{address}sign-in").status_code == 200
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - begun < 5


def test_a_port_that_is_taken_is_named_with_what_to_do(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-m", "starter", "web", "--data", str(tmp_path)],
            env={**os.environ, "YISHEN_WEB_LISTEN": listen, "YISHEN_LANG": "zh"},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 3
    assert "web_port_taken" in done.stderr
    assert "YISHEN_WEB_LISTEN" in done.stderr


def test_without_a_setting_a_second_desk_of_the_machine_takes_a_free_port(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_ready(Settings(data=tmp_path / name))
    with web(tmp_path / "one") as (_, first), web(tmp_path / "two") as (_, second):
        assert first != second
        for address in (first, second):
            assert httpx.get(f"{address}sign-in").status_code == 200
