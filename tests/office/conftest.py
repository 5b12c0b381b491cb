"""The office of `tests.register.office` with its key store, on SQLite and on PostgreSQL; and one
whose cases are lived without an engine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register
from tests.office.site import Site
from tests.register.conftest import database_url, empty_url, new_database, new_file, url

__all__ = ["empty_url", "url"]


@pytest.fixture(scope="session")
def keys_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder whose keys the templates are made ready with, to be copied."""
    return tmp_path_factory.mktemp("keys") / "data"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, keys_made: Path) -> Path:
    """A file with the office in it, made ready, to be copied."""
    file = new_file(tmp_path_factory.mktemp("template"))
    make_ready(Settings(data=keys_made, YISHEN_REGISTER=f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_port: int, keys_made: Path) -> str:
    """The same as a database, to be cloned."""
    name = new_database(postgres_port)
    make_ready(Settings(data=keys_made, YISHEN_REGISTER=database_url(postgres_port, name)))
    return name


@pytest.fixture
def settings(url: str, keys_made: Path, tmp_path: Path) -> Settings:
    """Those of an installation that is ready."""
    shutil.copytree(keys_made, tmp_path / "data")
    return Settings(data=tmp_path / "data", YISHEN_REGISTER=url, timeout=2)


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
