"""docs/running.md names what there is."""

import re
from pathlib import Path

from office.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")


def test_every_variable_stands_in_the_table() -> None:
    fields = Settings.model_fields.items()
    known = {str(f.validation_alias or f"YISHEN_{name.upper()}") for name, f in fields}
    assert set(re.findall(r"^\| `(YISHEN_\w+)` \|", PAGE, re.M)) == {*known, "YISHEN_LANG"}


def test_every_default_is_as_the_table_says() -> None:
    for name in ("timeout", "row_wait", "file_limit", "log"):
        default = Settings.model_fields[name].default
        shown = f"{default:g}" if isinstance(default, float) else str(default)
        assert re.search(rf"^\| `YISHEN_{name.upper()}` \| `?{shown}`? \|", PAGE, re.M), name
