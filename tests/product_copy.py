"""A copy of the product with what a how-to page adds to it, and Python run in that copy."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = (
    *("activities", "cli", "domain", "law", "office", "papers", "register", "speech", "starter"),
    *("texts", "workflows", "tests/domain"),
)
FILES = ("worker.py", "yishen.py", "tests/__init__.py")

EDIT = re.compile(
    r"^`([\w/.]+)`(?:, (after|before|instead of) `([^\n]+)`)?\n```\w+\n(.*?)^```$", re.M | re.S
)
LIVED = re.compile(r"^```python\n(from .*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class HowTo:
    """A page: its `edits` (file, where, at which line, text) and the example that it lives."""

    page: str

    @classmethod
    def read(cls, name: str) -> "HowTo":
        """The page of that name in docs/."""
        return cls((ROOT / "docs" / name).read_text(encoding="utf-8"))

    @property
    def edits(self) -> list[tuple[str, str, str, str]]:
        """Every block that belongs to a file."""
        return EDIT.findall(self.page)

    @property
    def lived(self) -> str:
        """The one block that is run."""
        (example,) = LIVED.findall(EDIT.sub("", self.page))
        return str(example)

    @property
    def counted(self) -> list[int]:
        """How many files it touches: all, of Python, others."""
        files = {name for name, *_ in self.edits}
        code = {name for name in files if name.endswith(".py")}
        return [len(files), len(code), len(files - code)]

    def followed(self, copy: Path) -> Path:
        """The product in the folder `copy`, with what the page says."""
        for room in ROOMS:
            shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
        for name in FILES:
            shutil.copy(ROOT / name, copy / name)
        for name, how, anchor, text in self.edits:
            _edit(copy / name, how, anchor, text)
        return copy


def _edit(path: Path, how: str, anchor: str, text: str) -> None:
    """Put `text` at the first line that begins with `anchor`; without one it is a new file."""
    if not how:
        assert not path.exists(), path
        path.write_text(text, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    here = next((n for n, line in enumerate(lines) if line.startswith(anchor)), None)
    assert here is not None, f"{path.name}: no line begins with {anchor!r}"
    first = here + (how == "after")
    lines[first : here + (how != "before")] = [text]
    path.write_text("".join(lines), encoding="utf-8")


def run(product: Path, *line: str) -> str:
    """What Python says in the copy; every error of its own is a failure."""
    done = subprocess.run(
        [sys.executable, *line],
        cwd=product,
        env={**os.environ, "PYTHONPATH": str(product)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout
