"""docs/cli.md from the help of every command: `python -m cli.frame.reference > docs/cli.md`."""

from collections.abc import Iterator
from typing import Any

import typer

import texts
from cli.frame.building import PANELS, build
from cli.frame.commands import all_commands
from cli.frame.help import choices
from speech import words

HEAD = """# Command line · 命令行

Generated from `--help` by `python -m cli.frame.reference > docs/cli.md`; a test keeps it current.

Exit codes: 0 done · 1 refused by the rules · 2 wrong usage or input · 3 engine or register not
reachable, or not answered in time. The name of an option that takes a value is understood in the
singular and in the plural (`--reason`, `--reasons`). Errors: one line on standard error; with
`--json` one object `{"ok": false, "error": {"code", "message", "article"?}}` on standard output.
"""


def trees() -> dict[str, Any]:
    """The command tree in each language."""
    found = {}
    for lang in texts.LANGUAGES:
        words.speak(lang)
        found[lang] = typer.main.get_command(build())
    return found


def reference() -> str:
    """The whole page."""
    spoken = trees()
    parts = [HEAD]
    for panel in PANELS:
        rows = [row for row in all_commands() if row.panel == panel]
        parts.append(f"## {_both(f'panel.{panel}')}\n")
        for row in rows:
            name = f"{row.group} {row.name}" if row.group else row.name
            parts += [*_command(name, spoken), ""]
    parts += [f"## {_both('panel.common')}\n", *_options(spoken, "list", common=True), ""]
    return "\n".join(parts).rstrip() + "\n"


def _both(key: str) -> str:
    return " · ".join(texts.text(lang, f"cli.{key}") for lang in texts.LANGUAGES)


def _command(name: str, spoken: dict[str, Any]) -> Iterator[str]:
    yield f"### yishen {name}\n"
    for lang in texts.LANGUAGES:
        yield f"{_find(spoken[lang], name).help}\n"
    if name == "due":
        for lang in texts.LANGUAGES:
            yield f"```\n{texts.text(lang, 'due.help').strip()}\n```\n"
        return
    yield from _options(spoken, name)


def _options(spoken: dict[str, Any], name: str, *, common: bool = False) -> Iterator[str]:
    trees_of = [_find(spoken[lang], name).params for lang in texts.LANGUAGES]
    rows = [
        pair
        for pair in zip(*trees_of, strict=True)
        if (pair[0].name or "").startswith("common_") == common
    ]
    if not rows:
        return
    yield "| | | |\n| --- | --- | --- |"
    for pair in rows:
        yield "| " + " | ".join([_flag(pair[0]), *(_cell(p.help or "") for p in pair)]) + " |"


def _flag(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name}`"
    mark = " *" if parameter.required else ""
    few = choices(parameter)
    values = f" ({', '.join(few)})" if few else ""
    return f"`{parameter.opts[0]}`{mark}{values}"


def _cell(help_text: str) -> str:
    return " ".join(help_text.replace("|", "\\|").split())


def _find(tree: Any, name: str) -> Any:
    for part in name.split():
        tree = tree.commands[part]
    return tree


if __name__ == "__main__":
    print(reference(), end="")
