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


def left_desk() -> Path | None:
    """The folder of the last demonstration, for `yishen up` to point at, if there was one."""
    from starter.engine.paths import cache_folder

    folder = cache_folder() / "demo"
    return folder if (folder / "register.db").exists() else None


def whole_desk() -> Path | None:
    """The same, where that demonstration came to its end."""
    from starter.demo.stage import MARK

    folder = left_desk()
    return folder if folder is not None and (folder / MARK).read_text(encoding="utf-8") else None


__all__ = ["left_desk", "whole_desk"]
