"""No process is left, whichever way the parent goes; one engine per data folder."""

import os
import signal
import sys
from pathlib import Path

import pytest

from domain.errors import Code, InputError
from starter.engine.lock import FolderLock, is_held
from starter.engine.logs import log_tail
from starter.engine.ports import answers
from starter.engine.record import EngineRecord, find_running, process_exists
from tests.starter.engine.processes import parent, wait_until

pytestmark = pytest.mark.temporal

TETHERS = ["deathsig", "pipe"] if sys.platform == "linux" else ["pipe"]


def port_of(record: EngineRecord) -> int:
    return int(record.address.rpartition(":")[2])


@pytest.mark.parametrize("tether", TETHERS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_server_goes_with_its_parent(
    tmp_path: Path, number: signal.Signals, tether: str
) -> None:
    with parent("engine", tmp_path, tether) as started:
        started.wait_for("ready")
        record = find_running(tmp_path)
        assert record is not None
        assert process_exists(record.pid)
        assert answers(port_of(record))
        os.kill(started.process.pid, number)
        started.process.wait(timeout=60)
        wait_until(lambda: not process_exists(record.pid), "server process gone")
        wait_until(lambda: not answers(port_of(record)), "port closed")
        wait_until(lambda: not is_held(tmp_path / "engine.lock"), "folder free")
        assert find_running(tmp_path) is None


def test_a_second_start_on_the_folder_is_refused_and_says_who_holds_it(tmp_path: Path) -> None:
    with parent("engine", tmp_path) as first:
        first.wait_for("ready")
        with parent("engine", tmp_path) as second:
            line = second.wait_for(Code.DATA_FOLDER_IN_USE)
            assert second.process.wait(timeout=60) == InputError.exit_code
        assert f"pid {first.process.pid}" in line
        assert find_running(tmp_path) is not None, "the first still serves"


def test_after_a_kill_the_folder_serves_again(tmp_path: Path) -> None:
    with parent("engine", tmp_path) as first:
        first.wait_for("ready")
        before = find_running(tmp_path)
        first.process.kill()
        first.process.wait()
    wait_until(lambda: not is_held(tmp_path / "engine.lock"), "folder free")
    assert before is not None
    assert (tmp_path / "engine.json").exists(), "the killed parent could not remove it"
    assert find_running(tmp_path) is None, "and it isn't believed"
    with parent("engine", tmp_path) as second:
        second.wait_for("ready")
        after = find_running(tmp_path)
    assert after is not None
    assert after.pid != before.pid


def test_the_folder_stays_locked_while_the_server_outlives_its_parent(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "engine.lock")
    copy = os.dup(lock.fd)  # as the server child has it
    lock.release()
    assert is_held(tmp_path / "engine.lock")
    with pytest.raises(InputError):
        FolderLock(tmp_path / "engine.lock")
    os.close(copy)
    assert not is_held(tmp_path / "engine.lock")
    FolderLock(tmp_path / "engine.lock").release()


def test_of_a_server_s_log_what_it_said_is_told(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    log.write_text(
        '{"level":"info","msg":"started","ts":"2026-11-29"}\n'
        '{"level":"error","msg":"service failures","error":"disk is full","stacktrace":"a\\nb"}\n'
        "panic:   out of\tmemory\n[1]\n",
        encoding="utf-8",
    )
    said = "started | service failures: disk is full | panic: out of memory | [1]"
    assert log_tail(log) == said
