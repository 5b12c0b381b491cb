"""The worker keeps as many cases in memory as there is room for."""

import os
from pathlib import Path

import pytest

from starter.memory import CASE, FEWEST, SHARE, available, cases_in_memory

MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def groups(folder: Path, limits: dict[str, str], own: str) -> tuple[Path, Path]:
    """A tree of control groups, and what a process reads of its own."""
    for place, limit in limits.items():
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / "memory.max").write_text(f"{limit}\n", encoding="utf-8")
    (folder / "own").write_text(own, encoding="utf-8")
    return folder, folder / "own"


@pytest.mark.parametrize(
    ("limits", "own", "found"),
    [
        ({}, "", MACHINE),
        ({"": "max"}, "0::/\n", MACHINE),
        ({"": "1000000"}, "0::/\n", 1_000_000),
        ({"a/b": "max", "a": "3000000"}, "0::/a/b\n", 3_000_000),
        ({"a/b": "2000000", "a": "3000000"}, "0::/a/b\n", 2_000_000),
        ({}, "4:memory:/a\n", MACHINE),
        ({"": str(MACHINE * 2)}, "0::/\n", MACHINE),
    ],
)
def test_the_narrowest_limit_counts(
    tmp_path: Path, limits: dict[str, str], own: str, found: int
) -> None:
    assert available(*groups(tmp_path, limits, own)) == found


def test_what_is_set_goes_before_what_there_is() -> None:
    assert cases_in_memory() == max(FEWEST, min(MACHINE // SHARE // CASE, 50_000))
    assert cases_in_memory(100) == 512
    assert cases_in_memory(1) == FEWEST
