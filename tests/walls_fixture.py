"""What showing files needs from the system: the walls behind which they are drawn."""

import os

import pytest

from office.showing.walls import PACKAGE, lacking


@pytest.fixture(scope="session")
def walls() -> None:
    """Named skip where none can be built here."""
    found = lacking()
    if found is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no files can be shown here, and CI must not skip: {found}")
        pytest.skip(f"no files can be shown here: {found} (install {PACKAGE})")
