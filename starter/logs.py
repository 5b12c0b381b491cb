"""What services write into their log: one JSON object a line, without personal data.

Errors are named by type and place; their words may quote the record. With YISHEN_LOG=debug the
tracebacks are there too.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from threading import Lock
from typing import Any

_waiting: list[str] = []
"""The level of a log that isn't ready yet, or nothing."""
_turn = Lock()


def configure(level: str) -> None:
    """Set up this process; `level`: info or debug."""
    configure_late(level)
    ready()


def configure_late(level: str) -> None:
    """The same, but for our own lines, whose library brings one for terminals along: it is loaded
    with the first of them (`LateLog`), or by `ready`."""
    with _turn:
        _waiting[:] = [level]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line(level == "debug"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def ready() -> None:
    """Our own lines can be written; nothing more happens where they could before."""
    with _turn:  # nobody writes a line before it is as it should be
        if _waiting:
            _set_up(_waiting[-1])
            _waiting.clear()


def _set_up(level: str) -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.DEBUG if level == "debug" else logging.INFO
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class LateLog:
    """Our own lines where what is answered first isn't to wait for their library."""

    def info(self, event: str, **values: object) -> None:
        """What happened."""
        self._log().info(event, **values)

    def error(self, event: str, **values: object) -> None:
        """What went wrong."""
        self._log().error(event, **values)

    @staticmethod
    def _log() -> Any:
        ready()
        import structlog

        return structlog.get_logger()


class _Line(logging.Formatter):
    """A record of the libraries in the same form."""

    def __init__(self, debug: bool) -> None:
        super().__init__()
        self._debug = debug

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg).partition(" (")[0].splitlines()[0][:200],
        }
        for place in ("temporal_activity", "temporal_workflow"):
            known = getattr(record, place, None) or {}
            said |= {
                name: known[name]
                for name in ("workflow_id", "activity_type", "attempt")
                if name in known
            }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said["error"] = getattr(error, "type", None) or type(error).__name__
            if error.__traceback__ is not None:
                last = traceback.extract_tb(error.__traceback__)[-1]
                said["where"] = f"{last.filename}:{last.lineno}"
            if self._debug:
                said["traceback"] = "".join(traceback.format_exception(error))
        return json.dumps(said, ensure_ascii=False, default=str)
