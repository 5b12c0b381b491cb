"""Builds the application in the language of this run, and runs one command line of it."""

import inspect
from collections.abc import Sequence
from typing import Any

import typer
from typer.exceptions import Abort, TyperException

from cli.frame.command import Command, bind
from cli.frame.commands import all_commands
from cli.frame.help import choices, help_of
from cli.frame.speech import SpokenCommand, SpokenGroup
from cli.frame.words import say
from domain.errors import Code, InputError

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


def build(line: Sequence[str] = ()) -> typer.Typer:
    """The application, its texts in the language spoken now; `line`: with the command or group
    alone that it names first, where there is one, and of a group's commands with those whose names
    stand on it (a hundred others take longer than what one does)."""
    app = _typer(say("help.yishen"))
    groups: dict[str, typer.Typer] = {}
    every = sorted(all_commands(), key=lambda c: PANELS.index(c.panel))
    named = next((word for word in line if not word.startswith("-")), None)
    own = [c for c in every if named == (c.group or c.name)]
    told = [c for c in own if c.group is None or c.name in line]
    commands = (told if any(c.group for c in told) else own) or every
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


def invoke(argv: list[str]) -> int:
    """Run one command line; its exit code. InputError(usage), and what the command raises."""
    command = typer.main.get_command(build(argv))
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
    return InputError(Code.USAGE, detail=detail, help=help_of(path))


def _number(parameter: Any, said: str) -> str:
    """What a number has to be, where the library says so in its own language; else `said`."""
    if not said.startswith("Input should be"):
        return said
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if low is not None and high is not None:
        return say("usage.between", low=low, high=high)
    return say("usage.number") if low is None else say("usage.at_least", low=low)


def _near_command(given: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(given, [c.group or c.name for c in all_commands()])
    return say("usage.near", near=", ".join(dict.fromkeys(near))) if near else ""
