"""Typer's own words (usage, panels, marks) in the language of this run."""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from starter.cli.words import say


class SpokenCommand(TyperCommand):
    """A command whose usage line and help option speak the reader's language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, _pieces(self, ctx), prefix=say("usage.prefix"))

    def get_help_option(self, ctx: Any) -> Any:
        return _spoken_help(super().get_help_option(ctx))


class SpokenGroup(TyperGroup):
    """The same for a group of commands."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, _pieces(self, ctx), prefix=say("usage.prefix"))

    def get_help_option(self, ctx: Any) -> Any:
        return _spoken_help(super().get_help_option(ctx))


def _pieces(command: Any, context: typer.Context) -> str:
    pieces = command.collect_usage_pieces(context)
    spoken = {"[OPTIONS]": say("usage.options"), "COMMAND [ARGS]...": say("usage.command")}
    return " ".join(spoken.get(piece, piece) for piece in pieces)


def _spoken_help(option: Any) -> Any:
    if option is not None:
        option.help = say("option.help")
        option.rich_help_panel = say("panel.common")
    return option


def localise() -> None:
    """Put typer's headings and marks into the language of this run."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = say("panel.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = say("panel.options")
    rich_utils.COMMANDS_PANEL_TITLE = say("panel.commands")
    rich_utils.REQUIRED_LONG_STRING = say("usage.required")
    rich_utils.DEFAULT_STRING = say("usage.default", value="{}")
    rich_utils.ENVVAR_STRING = say("usage.envvar", value="{}")


def choices(parameter: Any) -> list[str]:
    """The words a parameter accepts, where they are few."""
    found = parameter.type_descriptor.choices if hasattr(parameter, "type_descriptor") else None
    return [str(getattr(c, "value", c)) for c in found or ()]
