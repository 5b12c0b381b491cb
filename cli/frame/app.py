"""Builds the application in the language of this run, runs it, and turns every no into its exit."""

import inspect
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

import texts
from cli.frame import show
from cli.frame.command import Command, bind
from cli.frame.fail import fail
from cli.frame.given import unfolded
from cli.frame.help import choices
from cli.frame.session import open_session, settings
from cli.frame.speech import SpokenCommand, SpokenGroup
from cli.frame.warned import listen
from cli.frame.words import say
from domain.errors import Code, InputError, Unreachable, YishenError
from office.private import claim
from speech.words import speak

PANELS = (
    "look",
    "intake",
    "handler",
    "reviewer",
    "leaders",
    "head",
    "legal",
    "anyone",
    "office",
    "run",
)
"""Groups of the help, in this order."""

KEYWORD_ONLY = inspect.Parameter.KEYWORD_ONLY

CONTEXT = {"help_option_names": ["--help", "-h"]}


def build(named: str | None = None) -> typer.Typer:
    """The application, its texts in the language spoken now; `named`: with that command or group
    alone, where there is one (a hundred others take as long as what it does)."""
    from cli.frame.commands import all_commands

    app = _typer(say("help.yishen"))
    groups: dict[str, typer.Typer] = {}
    every = sorted(all_commands(), key=lambda c: PANELS.index(c.panel))
    commands = [c for c in every if named == (c.group or c.name)] or every
    alone = {command.name: command for command in commands if command.group is None}
    for command in commands:
        panel = say(f"panel.{command.panel}")
        home = app
        if command.group is not None:
            if command.group not in groups:
                head = alone.get(command.group)
                groups[command.group] = _typer(say(f"help.{command.group}"), head)
                app.add_typer(groups[command.group], name=command.group, rich_help_panel=panel)
            home, panel = groups[command.group], say("panel.commands")
        elif any(command.name == other.group for other in commands):
            continue  # a group that does something by itself
        home.command(
            command.name,
            help=say(f"help.{command.key}"),
            rich_help_panel=panel,
            context_settings=CONTEXT,
            cls=SpokenCommand,
        )(bind(command))
    return app


def _typer(sentence: str, head: Command | None = None) -> typer.Typer:
    """A group; `head`: what it does where none of its commands is named (None: its help)."""
    app = typer.Typer(
        help=sentence,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings=CONTEXT,
        cls=SpokenGroup,
    )
    run = None if head is None else bind(head)

    def start(context: typer.Context, **given: Any) -> None:
        if context.invoked_subcommand is not None:
            return
        if run is None:
            context.command.format_help(context, context.make_formatter())
        else:
            run(**given)

    own = list(inspect.signature(run).parameters.values()) if run else []
    first = inspect.Parameter("context", KEYWORD_ONLY, annotation=typer.Context)
    start.__signature__ = inspect.Signature([first, *own])  # type: ignore[attr-defined]
    app.callback(invoke_without_command=True)(start)
    return app


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
        raise InputError(Code.USAGE, detail=detail, help=_help(""))
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
                raise InputError(Code.USAGE, detail=say("usage.value", option=flag), help=_help(""))
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
    from typer.exceptions import Abort, TyperException

    named = next((word for word in argv if not word.startswith("-")), None)
    command = typer.main.get_command(build(named))
    try:
        code: Any = command.main(argv, prog_name="yishen", standalone_mode=False)
    except TyperException as error:
        raise _usage(error, argv) from error
    except Abort:
        return 130
    return code if isinstance(code, int) else 0


def _usage(error: Any, argv: list[str]) -> InputError:
    """Wrong usage in the reader's language; typer's own classes tell what is wrong."""
    parameter = getattr(error, "param", None)
    name = type(error).__name__
    option = getattr(error, "option_name", "") or ""
    if parameter is not None:
        named = parameter.param_type_name == "argument"
        option = (parameter.metavar or parameter.name) if named else parameter.opts[0]
    detail = error.format_message()
    if name == "MissingParameter":
        detail = say("usage.missing", option=option)
    elif name == "NoSuchOption":
        documented = {name for own in error.ctx.command.params for name in own.opts}
        near = ", ".join(name for name in error.possibilities or () if name in documented)
        detail = say("usage.unknown_option", option=option)
        detail += say("usage.near", near=near) if near else ""
    elif name == "BadOptionUsage":
        detail = say("usage.value", option=option)
    elif name == "BadParameter" and parameter is not None:
        few = ", ".join(choices(parameter))
        wrong = say("usage.choices", choices=few) if few else _number(parameter, error.message)
        detail = say("usage.bad", option=option, detail=wrong)
    elif "No such command" in error.message:
        given = next((word for word in argv if not word.startswith("-")), "")
        detail = say("usage.unknown_command", given=given) + _near_command(given)
    elif "unexpected extra argument" in error.message:
        detail = say("usage.extra", given=error.message.partition("(")[2].rstrip(")"))
    context = getattr(error, "ctx", None)
    path = context.command_path.partition(" ")[2] if context else ""
    return InputError(Code.USAGE, detail=detail, help=_help(path))


def _number(parameter: Any, said: str) -> str:
    """What a number has to be, where the library says so in its own language; else `said`."""
    if not said.startswith("Input should be"):
        return said
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if low is not None and high is not None:
        return say("usage.between", low=low, high=high)
    return say("usage.number") if low is None else say("usage.at_least", low=low)


def _help(path: str) -> str:
    return " ".join(["yishen", *path.split(), "--help"])


def _near_command(given: str) -> str:
    from difflib import get_close_matches

    from cli.frame.commands import all_commands

    near = get_close_matches(given, [c.group or c.name for c in all_commands()])
    return say("usage.near", near=", ".join(dict.fromkeys(near))) if near else ""
