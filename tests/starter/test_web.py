"""`yishen web`: the pages alone, on a data folder somebody set up."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from office.signing_in.throttle import FROM_THERE
from starter.engine.ports import free_ports
from starter.engine.record import process_exists
from starter.web.certificate import certify
from tests.starter.engine.processes import children_of, wait_until

NAME = "desk.office.example"

ADDRESS = re.compile(r"https?://\S+:\d+/")


@contextmanager
def web(
    data: Path, address: str = "", **environment: str
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process, and where it said it is (`address`: exactly there)."""
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
            if found := re.search(re.escape(address), line) if address else ADDRESS.search(line):
                yield process, found[0]
                return
        pytest.fail(said)
    finally:
        process.kill()
        process.wait()


def run_web(data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Where it ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "starter", "web", "--data", str(data)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_pages_are_served_where_the_setting_says_until_told_to_stop(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    listen = f"127.0.0.1:{free_ports(1)[0]}"
    with web(tmp_path, YISHEN_WEB_LISTEN=listen) as (process, address):
        assert address == f"http://{listen}/"
        assert httpx.get(f"{address}sign-in", timeout=60).status_code == 200
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - begun < 5


def test_a_port_that_is_taken_is_named_with_what_to_do(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run_web(tmp_path, YISHEN_WEB_LISTEN=listen)
    assert done.returncode == 3
    assert "web_port_taken" in done.stderr
    assert "YISHEN_WEB_LISTEN" in done.stderr


def test_without_a_setting_a_second_desk_of_the_machine_takes_a_free_port(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_ready(Settings(data=tmp_path / name))
    with web(tmp_path / "one") as (_, first), web(tmp_path / "two") as (_, second):
        assert first != second
        for address in (first, second):
            assert httpx.get(f"{address}sign-in", timeout=60).status_code == 200


def test_colleagues_reach_it_by_its_name_and_certificate(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    made = certify(tmp_path, NAME)
    port = free_ports(1)[0]
    with web(tmp_path, YISHEN_WEB_LISTEN=f"0.0.0.0:{port}") as (_, address):
        assert address == f"https://{NAME}:{port}/"
        trust = ssl.create_default_context(cafile=made.authority)
        with httpx.Client(verify=trust) as client:

            def ask(name: str) -> httpx.Response:
                headers, sni = {"host": f"{name}:{port}"}, {"sni_hostname": NAME}
                return client.get(f"https://127.0.0.1:{port}/", headers=headers, extensions=sni)

            found = ask(NAME)
            assert found.headers["strict-transport-security"]
            assert found.headers["location"].startswith("/sign-in")
            assert ask("other.example").status_code == 421


def test_behind_a_proxy_only_what_came_by_tls_is_answered(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    port = free_ports(1)[0]
    settings = {
        "YISHEN_WEB_LISTEN": f"0.0.0.0:{port}",
        "YISHEN_WEB_PROXIES": "127.0.0.1",
        "YISHEN_WEB_HOSTS": NAME,
    }
    with web(tmp_path, f"https://{NAME}/", **settings):

        def ask(**headers: str) -> httpx.Response:
            return httpx.get(f"http://127.0.0.1:{port}/sign-in", headers={"host": NAME, **headers})

        assert ask().status_code == 403
        proxied = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
        assert ask(**proxied).status_code == 200
        elsewhere = {"host": "other.example", "x-forwarded-host": NAME}
        assert ask(**proxied, **elsewhere).status_code == 421
        assert 429 not in guessing(f"http://127.0.0.1:{port}/", host=NAME, **proxied)


def test_of_browsers_nobody_is_believed_but_a_proxy_that_is_named(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    port = free_ports(1)[0]
    settings = {
        "YISHEN_WEB_LISTEN": f"0.0.0.0:{port}",
        "YISHEN_WEB_PROXIES": "203.0.113.1",
        "YISHEN_WEB_HOSTS": NAME,
    }
    forged = {"x-forwarded-proto": "https", "x-forwarded-host": NAME}
    with web(tmp_path, f"https://{NAME}/", **settings):
        here = f"http://127.0.0.1:{port}/sign-in"
        assert httpx.get(here, headers={"host": NAME, **forged}).status_code == 403
    with web(tmp_path) as (_, address):
        other = {"host": "other.example", **forged}
        assert httpx.get(f"{address}sign-in", headers=other).status_code == 421
        assert 429 in guessing(address)


def guessing(address: str, **headers: str) -> set[int]:
    """The answers to somebody who tries one name more often than one place may, each time as if
    from another."""
    tries = {"name": "nobody", "password": "wrong"}
    return {
        httpx.post(
            f"{address}sign-in",
            data=tries,
            headers={**headers, "x-forwarded-for": f"198.51.100.{n}"},
        ).status_code
        for n in range(FROM_THERE + 1)
    }


def test_several_processes_serve_one_address(tmp_path: Path) -> None:
    make_ready(Settings(data=tmp_path))
    with web(tmp_path, YISHEN_WEB_PROCESSES="3") as (process, address):
        children = children_of(process.pid)
        assert len(children) == 3
        os.kill(children[0], signal.SIGKILL)
        for _ in range(20):
            assert httpx.get(f"{address}sign-in", timeout=60).status_code == 200
        wait_until(lambda: len(set(children_of(process.pid)) - set(children)) == 1, "another")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    wait_until(lambda: not any(map(process_exists, children)), "all gone")


def test_a_demonstration_is_shown_on_this_machine_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    make_ready(settings)
    register = register_at(settings)
    mark_as_demo(register)
    register.close()
    certify(tmp_path, NAME)
    done = run_web(tmp_path, YISHEN_WEB_LISTEN=f"0.0.0.0:{free_ports(1)[0]}")
    assert (done.returncode, "web_demo_on_network" in done.stderr) == (2, True)
