"""Declaring a command: its function, its panel in the help, and the options all commands share.

Help texts come from the catalogue when the application is built: `help.COMMAND` for a command,
`option.COMMAND.NAME`, `option.GROUP.NAME` or else `option.NAME` for a parameter (dashes as
underscores).
"""

import inspect
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import typer

import texts
from cli.frame.params import AsUser
from cli.frame.session import reading_user
from cli.frame.words import say
from speech.words import spoken

COMMON: dict[str, Any] = {
    "json": Annotated[bool, typer.Option("--json")],
    "lang": Annotated[str | None, typer.Option("--lang", metavar="zh|en")],
    "words": Annotated[str | None, typer.Option("--words", metavar="-|FILE")],
    "data": Annotated[Path | None, typer.Option("--data", metavar="FOLDER")],
}
"""Read from the command line before the application is built (see `app.before`)."""


READER = "as_user"
"""The parameter that says who acts or looks."""

LARGEST = 1_000_000_000
"""Bound of numbers that have none of their own: what lies above fits no day and no database."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command as typer will see it. `reads`: it shows cases, and asks who looks."""

    name: str
    panel: str
    run: Callable[..., None]
    group: str | None = None
    reads: bool = False

    @property
    def key(self) -> str:
        """Its key in the catalogue."""
        words = f"{self.group}_{self.name}" if self.group else self.name
        return words.replace("-", "_")


def parameters(command: Command) -> Iterator[inspect.Parameter]:
    """The parameters of a command and the common ones, each with its help text."""
    key, own = command.key, dict(inspect.signature(command.run, eval_str=True).parameters)
    if command.reads and READER not in own:
        own[READER] = inspect.Parameter(
            READER, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=AsUser
        )
    for parameter in own.values():
        hint = _with_help(parameter.annotation, key, parameter.name)
        yield parameter.replace(annotation=hint, kind=inspect.Parameter.KEYWORD_ONLY)
    panel = say("panel.common")
    for name, annotation in COMMON.items():
        yield inspect.Parameter(
            f"common_{name}",
            inspect.Parameter.KEYWORD_ONLY,
            default=False if name == "json" else None,
            annotation=_with_help(annotation, key, name, panel),
        )


def _with_help(annotation: Any, key: str, name: str, panel: str | None = None) -> Any:
    if get_origin(annotation) is not Annotated:
        raise TypeError(f"{key}.{name} is neither option nor argument")
    hint, given = get_args(annotation)
    info = copy(given)
    # A text that is still missing must not take every command down; a test finds it.
    group = key.partition("_")[0]
    keys = (f"option.{key}.{name}", f"option.{group}.{name}", f"option.{name}")
    info.help = next((say(k) for k in keys if texts.has(spoken(), f"cli.{k}")), "")
    info.rich_help_panel = panel
    if int in (hint, *get_args(hint)) and info.max is None:
        info.max = LARGEST
    return Annotated[hint, info]


def bind(command: Command) -> Callable[..., None]:
    """The function typer calls: with a signature of its own, common options taken off."""
    bound = list(parameters(command))
    named = READER in inspect.signature(command.run).parameters

    def call(**given: Any) -> None:
        own = {k: v for k, v in given.items() if not k.startswith("common_")}
        if command.reads:
            reader = reading_user(own.pop(READER))
            own |= {READER: reader} if named else {}
        command.run(**own)

    call.__signature__ = inspect.Signature(bound)  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in bound}
    call.__doc__ = None
    return call
