"""Who may enter the embedded engine: whoever has its certificate, and nobody else has it."""

import json
import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from temporalio.client import Client

from domain.errors import Code, Unreachable
from office.settings import Settings
from starter.engine.certificates import (
    RENEWED_BEFORE,
    VALID,
    WARNED_BEFORE,
    ensure,
    entrance,
    validity,
)
from starter.engine.client import connect
from starter.engine.doctor import Entrance, diagnose
from starter.engine.lock import FolderLock
from starter.engine.ready import search_attributes
from starter.engine.record import EngineRecord, Way, dump, find_running, write_atomically
from starter.engine.running import Engine, running
from texts import text

NOW = datetime.now(UTC)

KNOCK = """
import socket, ssl, sys
how, port = sys.argv[1], int(sys.argv[2])
line = socket.create_connection(("127.0.0.1", port), timeout=20)
try:
    if "tls" in how:
        anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        anybody.set_alpn_protocols(["h2"])
        line = anybody.wrap_socket(line)
    # The first words of HTTP/2, and those of the protocol by which services find each other.
    http2 = b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
    init = bytes([0, 48, 1, *[0] * 13, 0, 2, *[0] * 30])
    line.sendall(init if "ringpop" in how else http2)
    print(line.recv(64).hex() or "hung up")
except OSError:
    print("hung up")
"""
HOW = ("plain", "tls", "plain ringpop", "tls ringpop")

HUNG_UP = "hung up"
"""What is heard at a closed port; one that lets in answers, in hex."""


def as_nobody(*command: str | Path) -> str:
    """What the command says when the account `nobody` runs it."""
    nobody = pwd.getpwnam("nobody")
    done = subprocess.run(
        command,
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        cwd="/",
    )
    return done.stdout.strip()


def ports(engine: Engine) -> list[int]:
    """All that the server listens on."""
    config = json.loads((engine.folder.config / "server.yaml").read_text())
    return [
        service["rpc"][kind]
        for service in config["services"].values()
        for kind in ("grpcPort", "membershipPort")
    ]


@pytest.mark.temporal
async def test_a_client_without_the_certificate_is_refused(engine: Engine) -> None:
    for tls in (False, True):
        with pytest.raises(RuntimeError, match="Failed client connect"):
            await Client.connect(engine.address, namespace=engine.namespace, tls=tls)


@pytest.mark.temporal
async def test_the_certificate_of_another_folder_is_refused(engine: Engine, tmp_path: Path) -> None:
    other = tmp_path / "engine.pem"
    ensure(other)
    with pytest.raises(RuntimeError, match="Failed client connect"):
        await Client.connect(engine.address, tls=entrance(other).to_connect_tls_config())


@pytest.mark.temporal
async def test_another_account_of_the_machine_is_refused_at_every_port(engine: Engine) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to knock as another account")
    knocks = [(how, str(port)) for port in ports(engine) for how in HOW]

    def heard(knock: tuple[str, str]) -> str:
        return as_nobody("python3", "-I", "-c", KNOCK, *knock)

    with ThreadPoolExecutor(len(knocks)) as all_at_once:
        answers = dict(zip(knocks, all_at_once.map(heard, knocks), strict=True))
    assert answers == dict.fromkeys(knocks, HUNG_UP)
    assert as_nobody("cat", engine.folder.certificates) == ""


@pytest.mark.temporal
async def test_the_certificate_stays_from_start_to_start_and_is_for_its_account(
    tmp_path: Path,
) -> None:
    made: list[bytes] = []
    for _ in range(2):
        async with running(tmp_path, isolated=True) as engine:
            found = find_running(tmp_path)
            assert found is not None
            assert found.tls
            made.append(engine.folder.certificates.read_bytes())
            assert engine.folder.certificates.stat().st_mode & 0o777 == 0o600
            client = await connect(Settings(data=tmp_path))
            assert await search_attributes(client, engine.namespace)
    assert made[0] == made[1]


@pytest.mark.temporal
async def test_one_that_is_about_to_end_is_made_anew_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "engine.pem"
    ensure(file, NOW - VALID + timedelta(days=30))
    old = file.read_bytes()
    async with running(tmp_path, isolated=True):
        assert file.read_bytes() != old
        await connect(Settings(data=tmp_path))


@pytest.mark.temporal
async def test_who_lost_the_certificate_is_told_so(tmp_path: Path) -> None:
    async with running(tmp_path, isolated=True) as engine:
        engine.folder.certificates.unlink()
        with pytest.raises(Unreachable) as refused:
            await connect(Settings(data=tmp_path))
        assert refused.value.code is Code.ENGINE_UNREACHABLE
        assert "engine.pem" in str(refused.value.params["detail"])


@pytest.mark.parametrize(
    ("left", "kept"), [(RENEWED_BEFORE + timedelta(days=1), True), (timedelta(days=300), False)]
)
def test_a_start_renews_what_is_good_for_less_than_a_year(
    tmp_path: Path, left: timedelta, kept: bool
) -> None:
    file = tmp_path / "engine.pem"
    ensure(file, NOW - VALID + left)
    before = file.read_bytes()
    ensure(file, NOW)
    assert (file.read_bytes() == before) is kept
    span = validity(file)
    assert span is not None
    assert span[1] - NOW >= RENEWED_BEFORE


def test_one_from_the_future_or_no_certificate_at_all_is_made_anew(tmp_path: Path) -> None:
    """A clock that ran years ahead, a file that somebody emptied."""
    file = tmp_path / "engine.pem"
    ensure(file, NOW + timedelta(days=400))
    ensure(file, NOW)
    span = validity(file)
    assert span is not None
    assert span[0] < NOW
    file.write_text("")
    ensure(file, NOW)
    assert validity(file) is not None


class TestDoctor:
    @pytest.fixture
    def serves(self, tmp_path: Path) -> Iterator[Callable[[bool], None]]:
        """Says that an engine serves the folder, with TLS or, as a dev server, without."""
        lock = FolderLock(tmp_path / "engine.lock")

        def serve(tls: bool) -> None:
            record = EngineRecord(
                address="127.0.0.1:1",
                namespace="yishen",
                way=Way.CACHED if tls else Way.ON_PATH,
                pid=os.getpid(),
                tls=tls,
                started=NOW,
            )
            write_atomically(tmp_path / "engine.json", dump(record))

        yield serve
        lock.release()

    def test_says_nothing_of_an_engine_that_does_not_run(self, tmp_path: Path) -> None:
        assert diagnose(Settings(data=tmp_path)).entrance is None

    @pytest.mark.parametrize(
        ("left", "state"), [(WARNED_BEFORE + timedelta(1), "closed"), (timedelta(9), "ending")]
    )
    def test_warns_of_a_certificate_that_ends(
        self,
        serves: Callable[[bool], None],
        tmp_path: Path,
        left: timedelta,
        state: Literal["closed", "ending"],
    ) -> None:
        ensure(tmp_path / "engine.pem", NOW - VALID + left)
        serves(True)
        assert diagnose(Settings(data=tmp_path)).entrance == Entrance(state, (NOW + left).date())
        said = text("zh", f"cli.doctor.entrance_{state}", until=(NOW + left).date())
        assert "证书" in said

    def test_says_so_where_any_account_may_enter(
        self, serves: Callable[[bool], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        serves(False)
        assert diagnose(Settings(data=tmp_path)).entrance == Entrance("open")
        monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        assert diagnose(Settings(data=tmp_path)).entrance == Entrance("open"), (
            "a configured server without TLS"
        )
        monkeypatch.setenv("TEMPORAL_TLS", "true")
        assert diagnose(Settings(data=tmp_path)).entrance == Entrance("closed")
