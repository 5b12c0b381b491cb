"""User-facing texts, Chinese first: one folder per language, one TOML file per topic.

A key is a dotted path that begins with the topic (`errors.bad_json` stands in `errors.toml`, those
of `desk.case` in `desk/case.toml`);
values are filled with `str.format_map`. Both languages hold the same keys with the same
placeholders; a test keeps it so.
"""

import os
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

LANGUAGES = ("zh", "en")

FOLDERS = ("desk",)
"""Topics with a file for each part of theirs."""


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


class _Texts(dict[str, str]):
    """Texts of one language by key, each topic read once one of it is asked for: what a command
    says stands in few of them, and to read all takes as long as many commands do."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._folder = files(__package__).joinpath(lang)
        self._read: set[str] = set()

    def __missing__(self, key: str) -> str:
        first, _, rest = key.partition(".")
        topic = f"{first}.{rest.partition('.')[0]}" if first in FOLDERS else first
        if topic not in self._read:
            self.read(topic)
        found = self.get(key)  # another thread may have read it since the key was missing
        if found is None:
            raise KeyError(key)
        return found

    def read(self, topic: str) -> None:
        """All texts of a topic, if there is one."""
        *folders, name = topic.split(".")
        file = self._folder.joinpath(*folders, f"{name}.toml")
        if file.is_file():
            self.update(_flat(topic, tomllib.loads(file.read_text(encoding="utf-8"))))
        self._read.add(topic)


def _flat(prefix: str, node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flat(f"{prefix}.{key}", value)
    else:
        yield prefix, str(node)


_texts = cache(_Texts)


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All texts of one language, flat: dotted key to text."""
    every = _texts(lang)

    def read(prefix: str, folder: Traversable) -> None:
        for found in folder.iterdir():
            if found.is_dir():
                read(f"{prefix}{found.name}.", found)
            elif found.name.endswith(".toml"):
                every.read(prefix + found.name.removesuffix(".toml"))

    read("", files(__package__).joinpath(lang))
    return every


def text(lang: str, key: str, /, **values: object) -> str:
    """The text of `key` in `lang`, filled. KeyError for an unknown key: texts are never guessed."""
    return _texts(lang)[key].format_map(values)


def has(lang: str, key: str) -> bool:
    """Whether the catalogue of `lang` has `key`."""
    try:
        return isinstance(_texts(lang)[key], str)
    except KeyError:
        return False
