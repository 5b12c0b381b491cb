"""Fixtures for every room. An engine or a database starts only when a test asks for it."""

from tests.engine_fixture import client, engine

__all__ = ["client", "engine"]
