"""One desk for the tests of pages that need no engine."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from tests.web.county import CountySite, county_site
from tests.web.site import Browser, browser, desk_app, visiting


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Starlette]:
    """The desk of a demonstration."""
    async with desk_app(tmp_path_factory.mktemp("desk")) as (made, _):
        yield made


@pytest_asyncio.fixture
async def visitor(app: Starlette) -> AsyncIterator[Browser]:
    """Somebody who has not signed in."""
    async with browser(app) as made:
        yield made


@pytest_asyncio.fixture
async def wang(app: Starlette) -> AsyncIterator[Browser]:
    """Somebody of intake."""
    async with visiting(app, "wang") as made:
        yield made


PLANS = (
    *("new from the web", "assigned", "late", "waits for the correction", "third party objects"),
    *("awaits review", "awaits approval", "ready to go", "partly granted", "extended"),
    *(
        "withdrawal waits for a second person",
        "wrong day amended",
        "fee paid",
        "reconsideration to be answered",
    ),
    *("answered anew", "in conflict", "hearing called"),
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def county(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[CountySite]:
    """A county with a case of each of the plans."""
    async with county_site(tmp_path_factory.mktemp("county"), PLANS) as site:
        yield site
