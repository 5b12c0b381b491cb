"""Fixtures for every room. An engine or a database starts only when a test asks for it."""

from tests.engine_fixture import client, engine
from tests.office_fixture import office
from tests.paper_fixture import paper
from tests.postgres_fixture import postgres, postgres_port
from tests.shared_out import pytest_xdist_make_scheduler
from tests.walls_fixture import walls

__all__ = [
    "client",
    "engine",
    "office",
    "paper",
    "postgres",
    "postgres_port",
    "pytest_xdist_make_scheduler",
    "walls",
]
