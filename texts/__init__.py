"""User-facing texts, Chinese first: one folder per language, one TOML file per topic.

A key is a dotted path that begins with the topic (`errors.bad_json` stands in `errors.toml`, those
of `desk.case` in `desk/case.toml`);
values are filled with `str.format_map`. Both languages hold the same keys with the same
placeholders; a test keeps it so.
"""

import os
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

LANGUAGES = ("zh", "en")


def language(asked: str | None = None) -> str:
    """The language to speak: `asked`, else YISHEN_LANG, else the locale's; Chinese where none of
    them names one of ours (the plain C locale names none)."""
    get = os.environ.get
    locale = get("LC_ALL") or get("LC_MESSAGES") or get("LANG")
    for name in (asked, get("YISHEN_LANG"), locale):
        short = (name or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if short in LANGUAGES:
            return short
    return LANGUAGES[0]


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of one language, flat: dotted key to text."""
    folder = files(__package__).joinpath(lang)
    flat: dict[str, str] = {}

    def walk(prefix: str, node: object) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(f"{prefix}.{key}", value)
        else:
            flat[prefix] = str(node)

    def read(prefix: str, folder: Traversable) -> None:
        for found in folder.iterdir():
            topic, _, ending = found.name.rpartition(".")
            if found.is_dir():
                read(f"{prefix}{found.name}.", found)
            elif ending == "toml":
                walk(prefix + topic, tomllib.loads(found.read_text(encoding="utf-8")))

    read("", folder)
    return flat


def text(lang: str, key: str, /, **values: object) -> str:
    """The text of `key` in `lang`, filled. KeyError for an unknown key: texts are never guessed."""
    return catalogue(lang)[key].format_map(values)


def has(lang: str, key: str) -> bool:
    """Whether the catalogue of `lang` has `key`."""
    return key in catalogue(lang)
