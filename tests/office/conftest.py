"""The office of `tests.register.office` with its key store, on SQLite and on PostgreSQL; and one
whose cases are lived without an engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from office.running.key_store import make_ready, register_at
from office.settings import Settings
from register.engine import Register
from tests.office.site import Site
from tests.register.conftest import empty_url, postgres_template, sqlite_template, url

__all__ = ["empty_url", "postgres_template", "sqlite_template", "url"]


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """Those of an installation that is ready."""
    found = Settings(data=tmp_path / "data", YISHEN_REGISTER=url, timeout=2)
    make_ready(found)
    return found


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """Its register; waits two seconds for locks."""
    opened = register_at(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Its register and keys are real; no engine answers."""
    made = Site.made(tmp_path_factory.mktemp("site"))
    yield made
    made.register.close()
