"""Fixtures for every room. An engine or a database starts only when a test asks for it."""

from hypothesis import settings

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

# A limit of milliseconds for an example measures the machine, and who else is at work on it.
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")
