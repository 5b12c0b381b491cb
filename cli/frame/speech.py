"""Commands whose help speaks the reader's language, in full."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from cli.frame.help import help_lines, usage_pieces
from cli.frame.words import say


class _Spoken:
    """The parts of a command that typer would say in English, or cut off."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = usage_pieces(self, ctx)
        formatter.write_usage(ctx.command_path, pieces, prefix=say("usage.prefix"))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        print("\n".join(help_lines(self, ctx)))

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("option.help")
            option.rich_help_panel = say("panel.common")
        return option


class SpokenCommand(_Spoken, TyperCommand):
    """A command. `--reason` and `--reasons` are one option, whichever of them it calls its own."""

    def make_parser(self, ctx: Any) -> Any:
        parser: Any = super().make_parser(ctx)
        known = parser._long_opt
        for name, option in list(known.items()):
            if option.takes_value:
                known.setdefault(_other_number(name), option)
        return parser


def _other_number(option: str) -> str:
    """The name in the plural where it is in the singular, and the other way round."""
    return option.removesuffix("s") if option.endswith("s") else option + "s"


class SpokenGroup(_Spoken, TyperGroup):
    """A group of commands."""
