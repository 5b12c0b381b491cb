"""Runs one command line, and turns every no into its exit."""

import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import texts
from cli.frame import show
from cli.frame.fail import fail
from cli.frame.given import unfolded
from cli.frame.help import help_of
from cli.frame.session import open_session, settings
from cli.frame.warned import listen
from cli.frame.words import say
from cli.run.services import SERVICES
from domain.errors import Code, InputError, Unreachable, YishenError
from office.private import claim
from speech.words import speak


def before(argv: Sequence[str]) -> list[str]:
    """Take up language, folder and form of the answer before anything is built: they may stand
    anywhere on the line."""
    kept = list(argv)
    speak(texts.language())
    show.use_json("--json" in kept)
    while (source := _take(kept, "--words")) is not None:
        kept += unfolded(source)
    wrong = next((word for word in kept if not _is_text(word)), None)
    show.use_json("--json" in kept)
    if wrong is not None:
        detail = say("usage.not_text", given=wrong.encode("utf-8", "replace").decode())
        raise InputError(Code.USAGE, detail=detail, help=help_of(""))
    lang = _take(kept, "--lang")
    speak(texts.language(lang))
    if lang is not None and texts.language(lang) != lang.replace("-", "_").split("_")[0].lower():
        raise InputError(Code.UNKNOWN_LANGUAGE, given=lang, known=", ".join(texts.LANGUAGES))
    data = _take(kept, "--data")
    open_session(Path(data) if data else None)
    # `yishen --json list` is as good as `yishen list --json`.
    first = next((i for i, word in enumerate(kept) if not word.startswith("-")), None)
    if first is not None and "--json" in kept[:first]:
        kept = [*kept[first:], "--json"]
    return kept


def _is_text(word: str) -> bool:
    """Whether a word of the line was UTF-8: other bytes come as half characters, which neither
    database nor engine takes."""
    try:
        word.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _take(argv: list[str], flag: str) -> str | None:
    for index, word in enumerate(argv):
        if word.startswith(flag + "="):
            del argv[index]
            return word.removeprefix(flag + "=")
        if word == flag:
            if index + 1 == len(argv) or argv[index + 1].startswith("--"):
                raise InputError(
                    Code.USAGE, detail=say("usage.value", option=flag), help=help_of("")
                )
            value = argv[index + 1]
            del argv[index : index + 2]
            return value
    return None


def run(argv: Sequence[str]) -> int:
    """Run one command line; its exit code."""
    listen()
    try:
        rest = before(argv)
        if rest[:1] == ["due"]:
            from cli.due.command import run as run_due

            return run_due(rest[1:])
        if len(rest) == 1 and rest[0] in SERVICES:
            SERVICES[rest[0]]()
            return 0
        return _invoke(rest)
    except YishenError as error:
        return fail(error)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except RecursionError:
        return fail(InputError(Code.BAD_JSON, detail="nesting"))
    except OSError as error:
        # Ours to foresee: a disk that is full, a folder that went away.
        refused = Unreachable(Code.SYSTEM_REFUSED, detail=error.strerror or type(error).__name__)
        try:
            return fail(refused)
        except OSError:  # where the answer goes is what is full: there is nowhere to say it
            return refused.exit_code
    except Exception as error:
        return fail(_unexpected(error))


def _unexpected(error: Exception) -> Unreachable:
    """A bug, or a world we didn't foresee: one line for the clerk, the rest in a file."""
    from starter.replaced import replaced

    log = settings().data / "yishen-errors.log"
    try:
        claim(log.parent)
        handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as out:
            print(datetime.now(UTC).isoformat(), *sys.argv[:2], file=out)
            traceback.print_exception(error, file=out)
    except (OSError, InputError):
        log = Path("-")
    # Where, not what: the words of an error may hold names out of the record.
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
    if replaced(settings().data):
        return Unreachable(Code.CODE_REPLACED, detail=where, log=log)
    return Unreachable(Code.UNEXPECTED, detail=where, log=log)


def _invoke(argv: list[str]) -> int:
    from cli.frame.building import invoke

    return invoke(argv)
