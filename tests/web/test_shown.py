"""The pages of a file at the desk: whom they are shown to, what is written down, what is not."""

import asyncio
import base64
import io
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from PIL import Image

from office.access import reading
from office.showing import pages, walls
from starter.demo.anlan.paper import NOTE
from tests.web.county import CountySite, county_site
from tests.web.test_case_private import logged

pytestmark = pytest.mark.usefixtures("walls")

PLAN = "partly granted"
AUDITOR = "an.qin"


def links(page: str, case: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="(/cases/{case}/shown/[^"?]+)"', page)))


def images(answer: httpx.Response) -> list[Image.Image]:
    found = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', answer.text)
    return [Image.open(io.BytesIO(base64.b64decode(one))) for one in found]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def files(county: CountySite) -> AsyncIterator[list[str]]:
    """Where the files of the case are shown."""
    id_ = county.cases[PLAN]
    async with county.visit(AUDITOR) as auditor:
        found = links((await auditor.get(f"/cases/{id_}")).text, id_)
    assert found
    yield found


async def test_every_file_of_a_case_is_shown_beside_a_link_to_save_it(
    county: CountySite, files: list[str]
) -> None:
    drawn = 0
    async with county.visit(AUDITOR) as auditor:
        for path in files:
            answer = await auditor.get(path)
            assert answer.status_code == 200, path
            assert answer.headers["cache-control"] == "no-store"
            assert f'href="{path.replace("/shown/", "/files/")}" download' in answer.text
            drawn += len(images(answer))
            for number, image in enumerate(images(answer), 1):
                assert image.width <= 1001
                assert f'alt="第 {number} 页，共 ' in answer.text
        larger = await auditor.get(f"{files[0]}?page=1&wide=true")
    assert drawn >= len(files)
    assert images(larger)


async def test_a_reading_is_written_down_once_however_many_pages_are_turned(
    county: CountySite, files: list[str]
) -> None:
    id_ = county.cases[PLAN]

    def readings() -> int:
        return len(logged(county.register, "file_read", id_))

    async with county.visit(AUDITOR) as auditor:
        before = readings()
        # Who comes by a page in the middle reads it as well.
        for path, more in (
            (f"{files[0]}?page=1", 1),
            (f"{files[0]}?page=1&wide=true", 1),
            (f"{files[1]}?page=1", 2),
            (files[0], 3),
            (f"{files[0]}?page=9", 3),
        ):
            assert (await auditor.get(path)).status_code == 200
            assert readings() == before + more, path
    async with county.visit(AUDITOR) as again:
        await again.get(f"{files[0]}?page=1")
    assert readings() == before + 4
    newest = logged(county.register, "file_read", id_)[-1]
    assert str(newest.asked_by).startswith("desk:")
    assert newest.detail.startswith(files[0].rpartition("/")[2])  # type: ignore[union-attr]


async def test_nothing_is_shown_that_cannot_be_written_down(
    county: CountySite, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with county.visit(AUDITOR) as auditor:
        monkeypatch.setattr(reading, "log_access", lambda *a, **k: False)
        for path in (files[0], f"{files[0]}?page=1"):
            answer = await auditor.get(path)
            assert answer.status_code == 503
            assert not images(answer)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_where_no_walls_can_be_built_the_file_can_still_be_saved(
    county: CountySite, files: list[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(walls, "BUILDER", "no-such-program")
    async with county.visit(AUDITOR, language) as auditor:
        answer = await auditor.get(files[0])
    assert answer.status_code == 200
    assert "no-such-program" in answer.text
    assert not images(answer)
    assert files[0].replace("/shown/", "/files/") in answer.text


async def test_documents_that_take_for_ever_keep_no_list_waiting(
    county: CountySite, files: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import sys\nsys.stdin.buffer.read()\nwhile True: pass")
    monkeypatch.setattr(pages, "PROGRAM", walls.Confined(slow, "/p.py", ("/p.py",)))
    monkeypatch.setattr(walls, "SECONDS", 6.0)
    async with county.visit(AUDITOR) as auditor:
        drawing = [asyncio.ensure_future(auditor.get(files[0])) for _ in range(2)]
        for path in ("/cases", "/supervision", f"/cases/{county.cases[PLAN]}"):
            assert (await auditor.get(path)).status_code == 200
        assert not all(one.done() for one in drawing)
        for answer in await asyncio.gather(*drawing):
            assert answer.status_code == 200
            assert "过大或过于复杂" in answer.text
            assert not images(answer)


async def test_what_was_shown_lies_nowhere_in_plain(tmp_path: Path) -> None:
    """Looked for among all that was written while it was shown."""
    word = NOTE[:16].encode()
    async with county_site(tmp_path / "data", (PLAN,)) as site:
        for plain in (tmp_path / "data" / "documents").iterdir():
            plain.unlink()  # where the demonstration made them
        id_, before = site.cases[PLAN], plain_files()
        async with site.visit(AUDITOR) as auditor:
            shown = [
                await auditor.get(path)
                for path in links((await auditor.get(f"/cases/{id_}")).text, id_)
            ]
        assert sum(len(images(answer)) for answer in shown) >= 2
        for path in (*plain_files() - before, *(tmp_path / "data").rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                assert word not in content, path
                assert not content.startswith(b"\xff\xd8\xff"), path


def plain_files() -> set[Path]:
    """What lies where programs put what they have no place for."""
    return {path for path in Path(tempfile.gettempdir()).iterdir() if path.is_file()}
