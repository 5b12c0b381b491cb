"""What papers need from the system: WeasyPrint's libraries and a font with rare Chinese names."""

import os
import shutil

import pytest

from domain.errors import Unreachable

RARE = "玥堃䶮"
"""Characters of names that many fonts lack."""

TOOLS = ("pdffonts", "pdftotext")


def missing() -> str | None:
    """What is not there, None when everything is."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        return f"{', '.join(lacking)} (poppler-utils)"
    from papers.pdf import pdf

    try:
        pdf(f'<p style="font-family: Noto Serif CJK SC">{RARE}')
    except Unreachable as error:
        return f"{error.code} {error.params}"
    return None


@pytest.fixture(scope="session")
def paper() -> None:
    """Named skip where no PDF can be made here."""
    found = missing()
    if found is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no PDF can be made here, and CI must not skip: {found}")
        pytest.skip(f"no PDF can be made here: {found} (python -m tests.prepare)")
