"""How many cases the worker keeps in memory.

One that was dropped is replayed from the first event of its run before it answers, which takes
longer and no more; a calendar change reaches thousands in one go.
"""

import os
from pathlib import Path

CASE = 200 << 10
"""Bytes of a case: 100 to 150 KB (`bench/memory.py`), and more with each act that its run lives."""

SHARE = 8
"""Of what there is, one part in so many is for cases at rest."""

FEWEST, MOST = 200, 50_000

GROUPS = Path("/sys/fs/cgroup")
OWN_GROUP = Path("/proc/self/cgroup")


def cases_in_memory(megabytes: int | None = None) -> int:
    """How many find room in `megabytes`; None: in an eighth of what there is."""
    room = available() // SHARE if megabytes is None else megabytes << 20
    return min(max(room // CASE, FEWEST), MOST)


def available(groups: Path = GROUPS, own: Path = OWN_GROUP) -> int:
    """Bytes of memory that this process may use: the machine's, or what its control group
    (version 2), or one above it, is held to."""
    found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    place = groups / _group(own)
    for folder in (place, *place.parents):
        if not folder.is_relative_to(groups):
            break
        limit = _text(folder / "memory.max").strip()
        found += [int(limit)] if limit.isdecimal() else []
    return min(found)


def _group(own: Path) -> str:
    """Below the root of the groups; empty where there are none, or older ones."""
    lines = (line.split(":", 2) for line in _text(own).splitlines())
    return next((path.lstrip("/") for number, _, path in lines if number == "0"), "")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return ""
