"""docs/cli.md says what --help says."""

from pathlib import Path

from cli.frame.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "python -m cli.frame.reference > docs/cli.md"
    )
