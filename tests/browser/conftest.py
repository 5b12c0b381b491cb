"""A browser, and the desk it looks at: both once for all tests here."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest
from playwright.async_api import Browser

from tests.browser.site import Site, served_county
from tests.browser.visit import Visit, visiting
from tests.browser_fixture import chromium

__all__ = ["chromium"]

Visiting = Callable[..., AbstractAsyncContextManager[Visit]]


@pytest.fixture(scope="package")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The county's desk. Its cases are there for all: a test that acts takes one of its own."""
    del chromium  # without one nothing is served
    with served_county(tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Visiting:
    """A window on the desk: `async with visit(PHONE, color_scheme="dark") as window`."""
    return partial(visiting, chromium, site.origin)
