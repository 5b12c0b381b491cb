"""The program was replaced under what runs: whoever meets it hears what to do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.frame import app
from domain.errors import Code
from starter import replaced
from starter.engine.record import EngineRecord, Way
from tests.starter.test_cli_usage import Desk, yishen

__all__ = ["yishen"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Something runs on the folder since now."""
    at = datetime.now(UTC)
    record = EngineRecord(
        address="127.0.0.1:1", namespace="yishen", way=Way.BUILT, pid=1, started=at
    )
    monkeypatch.setattr(replaced, "find_running", lambda data: record)
    return at


def test_an_error_nobody_foresaw_says_to_start_again(
    yishen: Desk, started: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(argv: list[str]) -> int:
        raise KeyError("novel")

    monkeypatch.setattr(app, "_invoke", fails)
    assert yishen("list", "--json").json["error"]["code"] == Code.UNEXPECTED
    monkeypatch.setattr(replaced, "newest", lambda: datetime.max.replace(tzinfo=UTC))
    said = yishen("list", lang="zh")
    assert said.code == 3
    assert "请停止 yishen up（Ctrl-C），再启动，然后重试" in said.err
    assert "KeyError" in (yishen.data / "yishen-errors.log").read_text(encoding="utf-8")


def test_nothing_runs_so_nothing_was_replaced(tmp_path: Path) -> None:
    assert not replaced.replaced(tmp_path)


def test_the_program_s_files_have_an_age() -> None:
    newest = replaced.newest()
    own = Path(replaced.__file__).stat().st_mtime
    assert datetime.fromtimestamp(own, UTC) <= newest <= datetime.now(UTC)
