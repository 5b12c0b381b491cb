"""One desk for the tests of pages that need no engine."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import FastAPI

from tests.web.site import Browser, browser, desk_app


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    """The desk of a demonstration."""
    async with desk_app(tmp_path_factory.mktemp("desk")) as (made, _):
        yield made


@pytest_asyncio.fixture
async def visitor(app: FastAPI) -> AsyncIterator[Browser]:
    """Somebody who has not signed in."""
    async with browser(app) as made:
        yield made


@pytest_asyncio.fixture
async def wang(app: FastAPI) -> AsyncIterator[Browser]:
    """Somebody of intake."""
    async with browser(app) as made:
        await made.press("/sign-in/demo", {"person": "wang"}, at="/sign-in")
        yield made
