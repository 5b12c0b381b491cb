"""The log of a service: lines for programs, and nothing in them that the record keeps."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from starter.logs import LateLog, configure, configure_late


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator["Lines"]:
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield Lines(capsys)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


class Lines:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize("begin", [configure, configure_late])
def test_an_event_is_written_with_its_values(lines: Lines, begin: Callable[[str], None]) -> None:
    begin("info")
    log = LateLog()
    log.info("polling", queue="cases")
    log.error("stopped")
    structlog.get_logger().debug("never said")
    first, last = lines()
    assert first.pop("at").endswith("Z")
    assert first == {"queue": "cases", "event": "polling", "level": "info"}
    assert (last["event"], last["level"]) == ("stopped", "error")


def test_a_library_is_quoted_without_what_it_speaks_of(lines: Lines) -> None:
    configure("info")
    log = logging.getLogger("somebody.else")
    log.info("never said")
    try:
        raise ValueError("张三的申请")
    except ValueError:
        log.exception("Failing activity %s ({'applicant': '张三'})", "张三")
    [line] = lines()
    assert "张三" not in str(line)
    assert (line["event"], line["error"]) == ("Failing activity %s", "ValueError")
    assert "test_logs.py" in line["where"]


def test_only_whoever_asks_for_it_gets_the_whole_error(lines: Lines) -> None:
    configure("debug")
    try:
        raise ValueError("张三的申请")
    except ValueError:
        logging.getLogger("somebody.else").exception("Failing")
    [line] = lines()
    assert "张三的申请" in line["traceback"]
