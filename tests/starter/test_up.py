"""`up` as a process: everything starts, everything stops, a dead worker comes back."""

import os
import signal
from pathlib import Path

import httpx
import pytest

from domain.errors import Code, InputError, Unreachable
from register.engine import open_register
from register.migrate import upgrade
from register.reads.troubles import What
from register.writes.troubles import clear, note
from starter.engine.record import find_running, process_exists
from tests.starter.engine.processes import Parent, children_of, parent, wait_until

pytestmark = pytest.mark.temporal

WORKER = Path(__file__).parent / "engine" / "stand_in_worker.py"


def worker_pid(folder: Path) -> int:
    return int((folder / "worker.pid").read_text())


def line_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def ready(started: Parent) -> float:
    """Wait for the ready line; the seconds it names."""
    return float(started.wait_for("ready").split()[-1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_starts_all_and_stops_worker_then_engine(tmp_path: Path, number: signal.Signals) -> None:
    with parent("up", tmp_path, WORKER) as started:
        assert ready(started) < 10
        keys = [line.split()[0] for line in started.seen]
        assert keys == ["engine", "migrated", "ready"]
        record = find_running(tmp_path)
        assert record is not None
        worker = worker_pid(tmp_path)
        started.process.send_signal(number)
        started.wait_for("stopping")
        started.wait_for("stopped")
        assert started.process.wait(timeout=60) == 0
        assert (tmp_path / "worker.stopped").read_text() == "gracefully"
        assert not process_exists(worker)
        assert not process_exists(record.pid)


def test_the_pages_answer_where_it_says_and_again_after_they_died(tmp_path: Path) -> None:
    with parent("up", tmp_path, WORKER) as started:
        address = started.wait_for("pages").split()[-1]
        assert [line.split()[0] for line in started.seen][-2:] == ["ready", "pages"]
        assert httpx.get(f"{address}sign-in", timeout=60).status_code == 200
        (web,) = (pid for pid in children_of(started.process.pid) if b"\0web\0" in line_of(pid))
        os.kill(web, signal.SIGKILL)
        assert started.wait_for("restarted").split()[1] == "web"
        assert httpx.get(f"{address}sign-in", timeout=60).status_code == 200  # it waited
        assert started.wait_for("pages").split()[-1] == address
        started.process.terminate()
        started.wait_for("stopped")


def test_pages_that_may_not_be_served_are_refused_before_anything_starts(tmp_path: Path) -> None:
    with parent("up", tmp_path, WORKER, env={"YISHEN_WEB_LISTEN": "0.0.0.0:8730"}) as started:
        started.wait_for(Code.WEB_NOT_PROTECTED)
        assert started.process.wait(timeout=60) == InputError.exit_code
    assert not (tmp_path / "engine.db").exists()


def test_kill_leaves_nothing(tmp_path: Path) -> None:
    with parent("up", tmp_path, WORKER) as started:
        ready(started)
        record = find_running(tmp_path)
        assert record is not None
        worker = worker_pid(tmp_path)
        started.process.kill()
        started.process.wait()
        wait_until(lambda: not process_exists(worker), "worker gone")
        wait_until(lambda: not process_exists(record.pid), "server gone")


def test_a_dead_worker_is_started_again(tmp_path: Path) -> None:
    with parent("up", tmp_path, WORKER) as started:
        ready(started)
        first = worker_pid(tmp_path)
        os.kill(first, signal.SIGKILL)
        started.wait_for("restarted")
        file = tmp_path / "worker.pid"  # empty while it is written
        wait_until(lambda: file.read_text() not in ("", str(first)), "another worker")
        started.process.terminate()
        started.wait_for("stopped")


def test_a_worker_that_dies_again_and_again_stops_all(tmp_path: Path) -> None:
    (tmp_path / "die-early").touch()
    with parent("up", tmp_path, WORKER) as started:
        started.wait_for("restarted")
        line = started.wait_for(Code.SERVICE_FAILED)
        assert started.process.wait(timeout=60) == Unreachable.exit_code
    assert "worker.log" in line
    assert find_running(tmp_path) is None


def test_a_case_that_cannot_go_on_is_told_and_so_is_its_healing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    upgrade(url)
    register = open_register(url)
    try:
        with parent("up", tmp_path, WORKER) as started:
            ready(started)
            with register.writing() as session:
                note(session, "2026-0001", What.RUN, Code.RUN_FAILS, "TMPRL1101")
            assert "2026-0001" in started.wait_for("trouble")
            with register.writing() as session:
                clear(session, "2026-0001", What.RUN)
            assert "2026-0001" in started.wait_for("healed")
            started.process.terminate()
            started.wait_for("stopped")
    finally:
        register.close()


def test_a_dead_engine_stops_all(tmp_path: Path) -> None:
    with parent("up", tmp_path, WORKER) as started:
        ready(started)
        record = find_running(tmp_path)
        assert record is not None
        worker = worker_pid(tmp_path)
        os.kill(record.pid, signal.SIGKILL)
        started.wait_for(Code.ENGINE_DIED)
        assert started.process.wait(timeout=60) == Unreachable.exit_code
        assert not process_exists(worker)


def test_what_it_writes_is_for_its_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with parent("up", folder, WORKER) as started:
        ready(started)
        assert folder.stat().st_mode & 0o777 == 0o700
        for name in ("engine.db", "engine.log", "worker.log", "engine.json"):
            assert (folder / name).stat().st_mode & 0o077 == 0, name
        started.process.terminate()
        started.wait_for("stopped")
