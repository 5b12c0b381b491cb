"""How the files of tests are shared out to processes."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling, Scheduling

TOGETHER = ("tests/browser/",)
"""Folders whose files go to one process: they look at one desk, whose county takes half a minute
to be laid down and whose engine, worker and pages take their share of a processor until the end."""


class ByPlace(LoadFileScheduling):  # type: ignore[misc]
    """A file, or one of the folders, to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), _file(nodeid))


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Ours where files are asked for."""
    return ByPlace(config, log) if config.getvalue("dist") == "loadfile" else None
