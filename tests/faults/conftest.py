"""One site for all faults: every test leaves it running."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.faults.site import Site, site


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Engine and worker of the fault tests, apart from those of all others, and ended with them."""
    async with site(tmp_path_factory.mktemp("site")) as opened:
        yield opened
