"""The demonstration: a year of a real county, one request lived through, a desk of today.

    data.py      what was published, and the invented office, docket, story and desk (files)
    docket.py    cases that add up to the published totals
    days.py      days of a script relative to today
    stage.py     an engine, a worker and a register of its own
    county.py, story.py, today.py    the three parts on that stage
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


__all__ = ["run"]
