"""The demonstration: a year of a real county, one request lived through, a desk of today, a
refusal fought over to the end.

    data.py      what was published, and the invented office, docket, story and desk (files)
    docket.py    cases that add up to the published totals
    days.py      days of a script relative to today
    stage.py     an engine, a worker and a register of its own
    county.py, story.py, today.py    the parts on that stage; the fourth is another story
    annex.py     the annex, cell by cell beside the published one
    show.py      printing; all words are in texts/*/demo.toml

`yishen demo` calls `starter.demo.run`; nothing heavy is imported before.
"""

from pathlib import Path


def run(folder: Path | None = None) -> int:
    """Run the whole demonstration in `folder` (None: the user's cache); the exit code.

    0: every cell and every date is as expected; 1: one differs. Raises YishenError.
    """
    from starter.demo.main import demonstrate

    return demonstrate(folder)


def left_desk() -> Path | None:
    """The folder of the last demonstration, for `yishen up` to point at, if there was one."""
    from starter.engine.paths import cache_folder

    folder = cache_folder() / "demo"
    return folder if (folder / "register.db").exists() else None


__all__ = ["left_desk", "run"]
