"""docs/errors.md and docs/register.md name what there is, as it is."""

import re
from pathlib import Path

from sqlalchemy import text

from cli.frame.error_list import CLASSES, page
from domain.errors import Code
from register.engine import open_register
from register.migrate import upgrade
from register.models import Base

DOCS = Path(__file__).parents[1] / "docs"
TABLES = re.findall(
    r"^\| ([\w, ]+?) \| .+ \| (record|projection|operational)(.*) \|$",
    (DOCS / "register.md").read_text(encoding="utf-8"),
    re.M,
)
KINDS = {
    name: kind + more
    for names, kind, more in TABLES
    for name in names.split(", ")
    if not name.endswith(" block")
}


def test_the_page_of_errors_is_current() -> None:
    assert (DOCS / "errors.md").read_text(encoding="utf-8") == page(), (
        "python -m cli.frame.error_list > docs/errors.md"
    )


def test_every_code_stands_on_the_page_once() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page(), re.M)
    assert sorted(rows) == sorted(Code)
    assert {code.error for code in Code} == set(CLASSES)


def test_every_table_stands_on_the_page_of_the_register_with_its_kind() -> None:
    assert set(KINDS) == set(Base.metadata.tables)


def test_what_is_called_append_only_is_what_triggers_guard(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    upgrade(url)
    register = open_register(url)
    query = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
    try:
        with register.reading() as session:
            guarded = set(session.execute(text(query)).scalars())
    finally:
        register.close()
    assert {name for name, kind in KINDS.items() if "append-only" in kind} == guarded
