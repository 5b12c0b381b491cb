"""User-facing texts, Chinese first: one TOML catalogue per language, one key per text.

A key is a dotted path (`errors.bad_json`); values are filled with `str.format_map`. Both
catalogues hold the same keys with the same placeholders; a test keeps it so.
"""

import locale
import os
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


def language(asked: str | None = None) -> str:
    """The language to speak: `asked` if we have it, else the locale's, else Chinese."""
    for name in (asked, os.environ.get("YISHEN_LANG"), *_locale_names()):
        short = (name or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if short in LANGUAGES:
            return short
    return LANGUAGES[0]


def _locale_names() -> tuple[str | None, ...]:
    return (
        os.environ.get("LC_ALL"),
        os.environ.get("LC_MESSAGES"),
        os.environ.get("LANG"),
        locale.getlocale()[0],
    )


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of one language, flat: dotted key to text."""
    tree = tomllib.loads(files(__package__).joinpath(f"{lang}.toml").read_text(encoding="utf-8"))
    flat: dict[str, str] = {}

    def walk(prefix: str, node: object) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                walk(f"{prefix}.{key}" if prefix else key, value)
        else:
            flat[prefix] = str(node)

    walk("", tree)
    return flat


def text(lang: str, key: str, /, **values: object) -> str:
    """The text of `key` in `lang`, filled. KeyError for an unknown key: texts are never guessed."""
    return catalogue(lang)[key].format_map(values)


def has(lang: str, key: str) -> bool:
    """Whether the catalogue of `lang` has `key`."""
    return key in catalogue(lang)
