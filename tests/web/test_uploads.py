"""Files that come with a form: sealed on their way, kept by the case, or gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from domain.case.facts import ItemAdded
from office.cases import seen
from office.cases.record import Record, record_of
from office.uploads import PLACE
from register.reads import queries
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.site import ORIGIN, Browser, fields_of, token_of

pytestmark = pytest.mark.temporal

PLAIN = "某道路工程合同（虚构）".encode() * 4000


@pytest.fixture(scope="module")
async def handler(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, "zhao") as someone:
        yield someone


@pytest.fixture(autouse=True)
def nothing_waits(office: Office) -> None:
    """What other tests chose and never sent."""
    for path in waiting(office):
        path.unlink()


def waiting(office: Office) -> list[Path]:
    return list((office.settings.files / PLACE).glob("*"))


async def zhaos(office: Office) -> str:
    return await in_hand(office, "jyj", "zhao")


async def test_a_file_is_never_plain_and_belongs_to_its_case_once_its_act_is_sent(
    office: Office, handler: Browser
) -> None:
    case = await zhaos(office)
    path = f"/cases/{case}/acts/item_added"
    file = {"document": ("合同 “终稿”.txt", PLAIN, "text/plain")}
    check = await handler.press(path, {"title": "合同", "_step": "look"}, path, file)
    assert check.status_code == 200, check.text
    assert "合同 “终稿”.txt" in check.text
    [sealed] = waiting(office)
    assert PLAIN[:60] not in sealed.read_bytes()
    done = await handler.press(path, {**fields_of(check), "_step": "send"}, path)
    assert done.status_code == 303, done.text
    assert waiting(office) == []
    with office.register.reading() as session:
        added = queries.events(session, case)[-1].what
    assert isinstance(added, ItemAdded)
    assert added.sha256 is not None
    assert office.desk.folder(case).content(added.sha256) == PLAIN


async def test_a_file_of_a_form_that_is_not_ours_is_not_kept(
    office: Office, handler: Browser
) -> None:
    case = await zhaos(office)
    answer = await handler.post(
        f"/cases/{case}/acts/item_added",
        data={"_token": "0" * 64, "title": "合同"},
        files={"document": ("a.txt", PLAIN, "text/plain")},
        headers={"origin": ORIGIN},
    )
    assert (answer.status_code, waiting(office)) == (403, [])


async def test_a_body_that_breaks_off_leaves_nothing(office: Office, handler: Browser) -> None:
    case = await zhaos(office)
    page = fields_of(await handler.get(f"/cases/{case}/acts/item_added"))
    assert "_command" in page
    token = token_of(await handler.get("/"))
    body = (
        f'--x\r\ncontent-disposition: form-data; name="_token"\r\n\r\n{token}\r\n'
        '--x\r\ncontent-disposition: form-data; name="document"; filename="a.txt"\r\n\r\nabc'
    )
    answer = await handler.post(
        f"/cases/{case}/acts/item_added",
        content=body,
        headers={"origin": ORIGIN, "content-type": "multipart/form-data; boundary=x"},
    )
    assert (answer.status_code, waiting(office)) == (422, [])


async def test_an_upload_that_is_gone_is_asked_for_again(office: Office, handler: Browser) -> None:
    case = await zhaos(office)
    path = f"/cases/{case}/acts/item_added"
    file = {"document": ("a.txt", PLAIN, "text/plain")}
    check = await handler.press(path, {"title": "合同", "_step": "look"}, path, file)
    for sealed in waiting(office):
        sealed.unlink()
    answer = await handler.press(path, {**fields_of(check), "_step": "send"}, path)
    assert answer.status_code == 422
    assert "请重新选择" in answer.text


async def test_a_form_reads_the_record_of_its_case_once(
    office: Office, handler: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, read = await zhaos(office), []

    def counted(session: Session, case: str) -> Record:
        read.append(case)
        return record_of(session, case)

    path = f"/cases/{case}/acts/noted"
    token = token_of(await handler.get(path))
    monkeypatch.setattr(seen, "record_of", counted)
    sent = {"_token": token, "text": "已电话联系（虚构）", "_step": "look"}
    looked = await handler.post(path, data=sent, headers={"origin": ORIGIN})
    assert (looked.status_code, read) == (200, [case])
    read.clear()
    file = {"document": ("合同.txt", PLAIN, "text/plain")}
    elsewhere = await in_hand(office, "ghj")
    refused = await handler.press(f"/cases/{elsewhere}/acts/noted", {}, path, file)
    assert (refused.status_code, waiting(office)) == (403, [])
    assert elsewhere not in read
