"""Help in full: usage, text, and every option or command under its panel, nothing cut off."""

from collections.abc import Iterable, Iterator
from typing import Any

from cli.frame import layout
from cli.frame.words import say

INDENT = "  "
NARROW = 34
"""An option this wide or wider has its text on the next line."""


def help_lines(command: Any, context: Any) -> Iterator[str]:
    """The whole help of a command, or of a group, as wide as the terminal."""
    columns = layout.width()
    usage = f"{say('usage.prefix')}{context.command_path} {usage_pieces(command, context)}"
    yield from layout.wrap(usage.rstrip(), columns)
    yield ""
    yield from layout.wrap(_plain(command.help or ""), columns)
    for panel, rows in _panels(command, context).items():
        yield ""
        yield f"{panel}{say('usage.panel_mark')}"
        yield from _listed(rows, columns)


def help_of(path: str) -> str:
    """The line that shows the help of a command, or of a group."""
    return " ".join(["yishen", *path.split(), "--help"])


def usage_pieces(command: Any, context: Any) -> str:
    """What follows the command's name in its usage."""
    spoken = {"[OPTIONS]": say("usage.options"), "COMMAND [ARGS]...": say("usage.command")}
    return " ".join(spoken.get(p, p) for p in command.collect_usage_pieces(context))


def _panels(command: Any, context: Any) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(context):
        argument = parameter.param_type_name == "argument"
        default = say("panel.arguments" if argument else "panel.options")
        panel = getattr(parameter, "rich_help_panel", None) or default
        found.setdefault(panel, []).append((_name(parameter), _text(parameter)))
    for name, child in getattr(command, "commands", {}).items():
        if not child.hidden:
            panel = getattr(child, "rich_help_panel", None) or say("panel.commands")
            found.setdefault(panel, []).append((name, _plain(child.help or "").split("\n")[0]))
    common = found.pop(say("panel.common"), [])
    return found | ({say("panel.common"): common} if common else {})


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    names = ", ".join(sorted(parameter.opts, key=len))
    if parameter.secondary_opts:
        names += f" / {', '.join(parameter.secondary_opts)}"
    if parameter.is_flag or choices(parameter):
        return names
    kind = getattr(getattr(parameter, "type_descriptor", None), "name", "")
    return " ".join(filter(None, (names, parameter.metavar or kind.upper())))


def _text(parameter: Any) -> str:
    parts = [parameter.help or ""]
    if few := choices(parameter):
        parts.append(say("usage.one_of_these", choices=", ".join(few)))
    if parameter.required:
        parts.append(say("usage.required"))
    if parameter.param_type_name == "option" and isinstance(parameter.envvar, str):
        parts.append(say("usage.envvar", value=parameter.envvar))
    return " ".join(filter(None, parts))


def _listed(rows: Iterable[tuple[str, str]], columns: int | None) -> Iterator[str]:
    rows = list(rows)
    fitting = [layout.cells(name) for name, _ in rows if layout.cells(name) < NARROW]
    wide = max(fitting, default=0)
    room = None if columns is None else columns - len(INDENT) * 2 - wide
    for name, text in rows:
        first, *more = layout.wrap(text, room) or [""]
        if layout.cells(name) > wide and room is not None:
            yield INDENT + name
        shown = name if layout.cells(name) <= wide or room is None else ""
        yield (INDENT + layout.pad(shown, wide) + INDENT + first).rstrip()
        yield from (INDENT * 2 + " " * wide + line for line in more)


def _plain(text: str) -> str:
    """Without the marks of emphasis."""
    return text.replace("[bold]", "").replace("[/]", "").replace("[/bold]", "").strip()


def choices(parameter: Any) -> list[str]:
    """The words a parameter accepts, where they are few."""
    found = parameter.type_descriptor.choices if hasattr(parameter, "type_descriptor") else None
    return [str(getattr(c, "value", c)) for c in found or ()]
