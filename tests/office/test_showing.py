"""Documents as images of their pages: what is drawn, what can't be, and what the program that draws
them can reach."""

import io
import json
import socket
import sys
from datetime import datetime
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image, ImageChops

from domain.errors import Code, InputError, Unreachable
from office.showing import pages, walls
from office.showing.drawing.words import packed_words
from office.showing.pages import AT_ONCE, PagesAsked, ShownPages, shown_pages
from starter.demo.anlan.paper import MAKERS
from tests import documents_made as made
from tests.starter.engine.processes import wait_until

needs_walls = pytest.mark.usefixtures("walls")

MINUTE = datetime(2026, 3, 2, 9, 5)  # noqa: DTZ001


def asked(first: int = 1, width: int = 400, reader: str = "王晓敏") -> PagesAsked:
    return PagesAsked(first, width, reader, "wang", MINUTE)


def drawn(content: bytes, **wish: object) -> ShownPages:
    half = len(content) // 2
    return shown_pages([content[:half], content[half:]], asked(**wish))  # type: ignore[arg-type]


def seen(shown: ShownPages) -> list[Image.Image]:
    return [Image.open(io.BytesIO(image)).convert("RGB") for image in shown.images]


@needs_walls
@pytest.mark.parametrize(
    ("content", "count"),
    [
        (made.pdf(3), 3),
        (MAKERS["pdf"]("道路养护合同"), 1),
        (made.picture([(300, 200)]), 1),
        (made.picture([(300, 200)], "JPEG"), 1),
        (made.picture([(300, 200), (200, 300)], "TIFF"), 2),
        ("申请公开（虚构）\n".encode() * 100, 4),
        ("申请公开（虚构）".encode("gb18030"), 1),
    ],
    ids=["pdf", "pdf without its fonts", "png", "jpeg", "tiff", "text", "text of old"],
)
def test_what_offices_keep_is_drawn_whatever_its_name(content: bytes, count: int) -> None:
    shown = drawn(content)
    assert (shown.count, shown.first, shown.last) == (count, 1, count)
    for image in seen(shown):
        assert image.width <= 401
        assert image.getextrema() != ((255, 255), (255, 255), (255, 255))


@needs_walls
@pytest.mark.parametrize(
    "content",
    [
        made.text_file(made.paragraph("道路养护合同（虚构）")),
        made.table_file(汇总=[["项目", "金额"], ["养护", 1200]], 附表=[["甲"]]),
    ],
    ids=["text", "table"],
)
def test_of_office_files_the_words_are_drawn_and_it_is_said_that_these_are_all(
    content: bytes,
) -> None:
    shown = drawn(content)
    assert shown.words_only
    assert shown.count == 1
    assert not drawn(made.pdf()).words_only


def test_words_that_a_program_would_hide_are_among_them() -> None:
    box = made.paragraph("框中")
    body = (
        made.paragraph("正文")
        + "<w:p><w:del><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p>"
        + f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        + "</mc:AlternateContent>"
    )
    text = made.text_file(
        body,
        comments=made.paragraph("批注"),
        footnotes=made.paragraph("脚注"),
        header1=made.paragraph("页眉"),
        styles=made.paragraph("样式"),
    )
    said = packed_words(text)
    assert [line for line in said.splitlines() if line] == [
        *("正文", "[-删去的-]", "框中"),
        *("[comments]", "批注", "[footnotes]", "脚注", "[header1]", "页眉"),
    ]
    table = made.table_file(汇总=[["项目", "金额"], ["养护", 1200]], 附表=[["身份证号", ""]])
    lines = packed_words(table).splitlines()
    assert lines == ["[汇总]", "项目\t金额", "养护\t1200", "", "[附表] [hidden]", "身份证号"]


@needs_walls
def test_pages_are_turned_in_portions_and_never_beyond_the_end() -> None:
    content = made.pdf(AT_ONCE + 2)
    assert made.page_count(content) == AT_ONCE + 2
    assert (drawn(content).first, drawn(content).last) == (1, AT_ONCE)
    rest = drawn(content, first=AT_ONCE + 1)
    assert (rest.first, rest.last) == (AT_ONCE + 1, AT_ONCE + 2)
    for given, first in ((999, AT_ONCE + 2), (-3, 1), (0, 1)):
        assert drawn(content, first=given).first == first


@needs_walls
def test_every_page_bears_faintly_who_looks() -> None:
    content = made.pdf(2)
    mine, theirs = seen(drawn(content)), seen(drawn(content, reader="李建国"))
    for page, other in zip(mine, theirs, strict=True):
        darkest = min(low for low, _ in page.getextrema())  # type: ignore[misc]
        assert 180 < darkest < 250
        assert ImageChops.difference(page, other).getbbox() is not None
    # All over it: none of its parts can be cut out without.
    wide, high = mine[0].size
    for x in (0, wide // 2):
        for y in (0, high // 2):
            part = mine[0].crop((x, y, x + wide // 2, y + high // 2))
            assert min(low for low, _ in part.getextrema()) < 250  # type: ignore[misc]


@needs_walls
@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (made.pdf(1, password="secret"), {Code.FILE_LOCKED}),
        (made.pdf(0), {Code.FILE_EMPTY, Code.FILE_BROKEN}),
        (b"", {Code.FILE_EMPTY}),
        (b" \n\n", {Code.FILE_EMPTY}),
        (b"%PDF-1.7\nnothing of the kind", {Code.FILE_BROKEN}),
        (made.pdf(1)[:200], {Code.FILE_BROKEN}),
        (made.picture([(300, 200)])[:60], {Code.FILE_BROKEN}),
        (made.packed(OFD=b"<ofd/>"), {Code.FILE_NOT_SHOWN}),
        (b"PK\x03\x04" + bytes(100), {Code.FILE_BROKEN}),
        (made.packed(word__document=bytes(200 << 20)), {Code.FILE_TOO_HEAVY}),
        (made.packed(word__document=b"<!DOCTYPE x><x/>"), {Code.FILE_BROKEN}),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), {Code.FILE_LOCKED}),
        (b"\xd0\xcf\x11\xe0" + bytes(100), {Code.FILE_NOT_SHOWN}),
        (bytes(range(256)) * 8, {Code.FILE_NOT_SHOWN}),
        (made.swollen_png(), {Code.FILE_TOO_HEAVY}),
    ],
    ids=[
        *("locked", "no page", "nothing", "blank", "broken", "cut short", "cut picture"),
        *("ofd", "broken zip", "swollen text", "entities", "locked office"),
        *("old office", "binary", "swollen picture"),
    ],
)
def test_what_cannot_be_drawn_is_said_why(content: bytes, codes: set[Code]) -> None:
    with pytest.raises(InputError) as no:
        drawn(content)
    assert no.value.code in codes


@needs_walls
@pytest.mark.slow
def test_a_small_file_that_swells_stops_nothing_but_itself() -> None:
    content = made.swollen_pdf()
    assert len(content) < 8 << 20  # of 1.2 GB
    begun = monotonic()
    try:
        shown = drawn(content)
    except InputError as no:
        assert no.code in (Code.FILE_TOO_HEAVY, Code.FILE_BROKEN)  # noqa: PT017
    else:  # a library that goes along it line by line may well draw it
        assert shown.count == 1
    assert monotonic() - begun < walls.SECONDS


def test_what_is_larger_than_anybody_shows_is_not_taken_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "LARGEST", 1000)
    taken = []

    def endless() -> object:
        while True:
            taken.append(600)
            yield bytes(600)

    with pytest.raises(InputError) as no:
        shown_pages(endless(), asked())  # type: ignore[arg-type]
    assert no.value.code == Code.FILE_TOO_HEAVY
    assert len(taken) == 2


def test_without_walls_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "BUILDER", "no-such-program")
    with pytest.raises(Unreachable) as no:
        drawn(made.pdf())
    assert no.value.code == Code.SHOWING_UNAVAILABLE
    assert "no-such-program" in str(walls.lacking())


@needs_walls
def test_a_kernel_that_forbids_them_is_told_apart_from_a_bad_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1"
    )
    refusing.chmod(0o700)
    monkeypatch.setattr(walls, "BUILDER", str(refusing))
    with pytest.raises(Unreachable) as no:
        drawn(made.pdf())
    assert "No permissions" in no.value.params["detail"]


PROBE = """
import json, os, socket, sys
asked = json.loads(sys.stdin.buffer.read())
found = {}
try:
    socket.create_connection(("127.0.0.1", asked["port"]), 2)
    found["network"] = "reached"
except OSError as error:
    found["network"] = str(error)
found["interfaces"] = [name for _, name in socket.if_nameindex()]
try:
    open(asked["beside"], "w").write("names")
    found["written"] = True
except OSError:
    found["written"] = False
found["secret"] = os.path.exists(asked["secret"])
found["environment"] = [name for name in os.environ if name.startswith(("YISHEN", "HOME"))]
found["processes"] = os.getpid()
print(json.dumps(found))
"""


@needs_walls
def test_the_program_that_draws_reaches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked of a program that tries, in the place of the one that draws."""
    monkeypatch.setenv("YISHEN_MASTER_KEY", "0" * 64)
    probe, secret = tmp_path / "probe.py", tmp_path / "register.db"
    probe.write_text(PROBE)
    secret.write_text("names")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wish = {"port": listening.getsockname()[1], "secret": str(secret)}
        wish["beside"] = f"{sys.prefix}/lib/left-behind"
        found = json.loads(walls.run(program(probe), json.dumps(wish).encode()))
    assert found["network"] != "reached"
    assert found["interfaces"] in (["lo"], [])
    assert found["secret"] is False
    assert found["written"] is False
    assert found["environment"] == []
    assert found["processes"] < 10


@needs_walls
def test_who_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "SECONDS", 1.5)
    looping = tmp_path / "looping.py"
    looping.write_text("import sys\nsys.stdin.buffer.read()\nwhile True: pass")
    begun = monotonic()
    assert walls.run(program(looping), b"x" * 500_000) == b""
    assert monotonic() - begun < 10
    wait_until(lambda: not running(str(looping)), "it is gone")


@needs_walls
def test_who_says_too_much_is_not_listened_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walls, "MOST", 1 << 20)
    talking = tmp_path / "talking.py"
    talking.write_text("import sys\nwhile True: sys.stdout.buffer.write(bytes(65536))")
    assert walls.run(program(talking), b"") == b""
    wait_until(lambda: not running(str(talking)), "it is gone")


@pytest.mark.parametrize(
    "said",
    [
        b"no json",
        b"[]\n",
        b'{"no": "no such word"}\n',
        b'{"count": 1, "first": 1, "sizes": [4]}\n<svg',
        b'{"count": 1, "first": 1, "sizes": [400]}\n\xff\xd8\xff\xe0',
        b'{"count": 1, "first": 1, "sizes": []}\n',
        b'{"count": "many", "first": 1, "sizes": [4]}\n\xff\xd8\xff\xe0',
    ],
)
def test_what_it_says_is_not_believed_unseen(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "run", lambda *_: said)
    with pytest.raises(InputError) as no:
        drawn(made.pdf())
    assert no.value.code == Code.FILE_BROKEN


def program(path: Path) -> walls.Confined:
    return walls.Confined(path, "/program.py", ("/program.py",))


def running(word: str) -> bool:
    """Whether a process was started with that word."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if word.encode() in entry.read_bytes():
                return True
        except OSError:
            continue
    return False
