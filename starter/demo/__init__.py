"""The demonstration: a year of a real county, one request lived through, a desk of today, a
refusal fought over to the end, an invented county with its two hundred cases.

    data.py      what was published, and the invented office, docket, story and desk (files)
    docket.py    cases that add up to the published totals
    days.py      days of a script relative to today
    stage.py     an engine, a worker and a register of its own
    county.py, story.py, today.py    the parts on that stage; the fourth is another story
    anlan/       the fifth: the county whose desk `make desk` opens
    annex.py     the annex, cell by cell beside the published one

How it is told stands in `cli.demo`.
"""

from pathlib import Path

MARK = "yishen-demo"
"""A file of this name makes a folder one of ours, to be cleared at the next run; it says on which
day the demonstration in it came to its end."""


def desk_elsewhere(data: Path) -> Path | None:
    """The folder of the last demonstration, for `yishen up` on `data` to point at. None: there was
    none, or what lies in `data` is a demonstration itself, that one or another."""
    return None if (data / MARK).exists() else _left_desk()


def whole_desk() -> Path | None:
    """The folder of the last demonstration, where it came to its end."""
    folder = _left_desk()
    return folder if folder is not None and (folder / MARK).read_text(encoding="utf-8") else None


def _left_desk() -> Path | None:
    from starter.engine.paths import cache_folder

    folder = cache_folder() / "demo"
    return folder if (folder / "register.db").exists() else None
