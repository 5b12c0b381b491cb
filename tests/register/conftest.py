"""A register of its own for each test, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from register.engine import Register, open_register
from register.migrate import upgrade
from tests.register.office import with_office


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without tables."""
    if request.param == "postgres":
        fresh: str = request.getfixturevalue("postgres")()
        return fresh
    return f"sqlite:///{tmp_path / 'data' / 'register.db'}"


@pytest.fixture
def url(empty_url: str) -> str:
    """URL of a migrated register."""
    upgrade(empty_url)
    return empty_url


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    """An opened register with the office of `tests.register.office`."""
    opened = open_register(url, wait=2.0)
    yield with_office(opened)
    opened.close()
