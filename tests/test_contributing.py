"""What the documents say is where they say: paths exist, and names stand in their files."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Where do I change X")[1]
ROWS = re.findall(r"^\| (.+?) \| (.+) \|$", TABLE, re.M)[2:]

PATH = re.compile(r"`([\w./-]+/|[\w./-]+\.(?:py|toml|md))`")
NAMED = re.compile(r"`([\w./-]+\.py)`: ((?:`\w+`(?:, )?)+)")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[\w-]+)?\)")

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PRODUCT = (
    *("activities", "cli", "domain", "law", "office", "papers", "register", "starter"),
    *("texts", "workflows", "tests", "docs"),
)

MENTION = re.compile(rf"(?<![\w/.-])((?:{'|'.join(PRODUCT)})/[\w./-]*\w)")
"""A path of ours in running text."""

EXAMPLES = ("NNNN", "xx", "/docs/")
"""What stands for a name, not for a file."""


OWN_WORDS = ("docs/adding-", "tests/test_contributing.py")
"""Files that name what is not there: examples, and this one."""


def names_in(path: Path) -> set[str]:
    """Functions, classes and constants of a file."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_the_table_answers_what_people_ask() -> None:
    asked = " ".join(what for what, _ in ROWS)
    for word in ("limit's length", "reminder step", "an act", "a role", "refusal's words"):
        assert word in asked
    for word in ("list column", "a paper", "a statute", "remedy path", "figure", "engine setting"):
        assert word in asked


@pytest.mark.parametrize(("what", "where"), ROWS, ids=[what for what, _ in ROWS])
def test_the_place_of_a_change_is_there(what: str, where: str) -> None:
    paths = PATH.findall(where)
    assert paths or "`" in where, what
    for path in paths:
        assert (ROOT / path).exists(), path
    for path, names in NAMED.findall(where):
        assert set(re.findall(r"\w+", names)) <= names_in(ROOT / path), where


@pytest.mark.parametrize("page", DOCUMENTS, ids=[p.relative_to(ROOT).as_posix() for p in DOCUMENTS])
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_path_that_is_mentioned_is_there() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    gone = []
    for name in listed.stdout.splitlines():
        if not name.endswith((".py", ".md", ".toml")) or name.startswith(OWN_WORDS):
            continue
        for path in MENTION.findall((ROOT / name).read_text(encoding="utf-8")):
            there = (ROOT / path).exists() or any(ROOT.glob(f"{path}.*"))
            if not there and not any(word in path for word in EXAMPLES):
                gone.append(f"{name}: {path}")
    assert not gone
