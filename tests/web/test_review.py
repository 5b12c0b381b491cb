"""Items reviewed at the desk, one after another: what is shown, what is sent, what comes next."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from hashlib import sha256

import httpx
import pytest
from sqlalchemy import select

from domain.case import facts as f
from domain.statute import Party
from office.acts.order import Order, new_command_id, send_act
from office.answers.reviews import following
from office.files import Incoming
from register.models import KeptFile
from register.reads import queries
from starter.demo.anlan.paper import MAKERS
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.site import Browser, fields_of
from tests.web.test_case_private import logged

pytestmark = pytest.mark.temporal

PDF = MAKERS["pdf"]


@pytest.fixture(scope="module")
async def reviewer(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, office.person["reviewer"]) as someone:
        yield someone


async def hand_in(office: Office, case: str, what: f.OfficeFact, content: bytes) -> None:
    """An act of the handler with its file; the hash stands in the fact already."""
    incoming = Incoming()
    incoming.take(sha256(content).hexdigest(), Bytes(content))
    user = office.person["handler"]
    order = Order(case=case, user=user, what=what, command_id=new_command_id())
    await send_act(office.desk, order, incoming)


@dataclass(frozen=True)
class Bytes:
    """A file at hand."""

    content: bytes

    def chunks(self, limit: int) -> Iterator[bytes]:
        """All of it."""
        del limit
        yield self.content


async def with_items(office: Office, *titles: str) -> str:
    """A case in hand with an item for each title."""
    case = await in_hand(office)
    for n, title in enumerate(titles, 1):
        content = PDF(title)
        digest = sha256(content).hexdigest()
        await hand_in(office, case, f.ItemAdded(ref=f"a{n}", title=title, sha256=digest), content)
    return case


def address(case: str, ref: str) -> str:
    return f"/cases/{case}/acts/item_reviewed?ref={ref}"


def review_of(office: Office, case: str, ref: str) -> "f.ItemReviewed | None":
    with office.register.reading() as session:
        found = [e.what for e in queries.events(session, case)]
    reviews = [what for what in found if isinstance(what, f.ItemReviewed) and what.ref == ref]
    return reviews[-1] if reviews else None


async def sent(someone: Browser, path: str, **fields: str) -> httpx.Response:
    """Filled in, looked at, sent; the answer to that."""
    form = await someone.get(path)
    check = await someone.press(path, {**fields_of(form), **fields, "_step": "look"}, path)
    assert check.status_code == 200, check.text
    return await someone.press(path, {**fields_of(check), "_step": "send"}, path)


async def test_each_item_leads_to_the_next_and_the_last_one_back(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）", "批复（虚构）")
    inbox = await reviewer.get("/")
    assert address(case, "a1") in inbox.text
    first = await sent(reviewer, address(case, "a1"), decision="release")
    assert first.headers["location"] == f"{address(case, 'a2')}&reviewed=true"
    assert review_of(office, case, "a1") is not None
    page = await reviewer.get(first.headers["location"])
    assert "上一项已提交" in page.text
    withheld = {"decision": "withhold", "ground": "涉及隐私（虚构）", "article": "art 15"}
    second = await sent(reviewer, address(case, "a2"), **withheld)
    with office.register.reading() as session:
        _, coming = following(session, office.person["reviewer"], case, "a2")
    onward = second.headers["location"]
    if coming is None:
        assert onward == "/?reviewed=true"
        assert "等您审查的都已提交" in (await reviewer.get(onward)).text
    else:
        assert onward == f"{address(coming.case_id, str(coming.ref))}&reviewed=true"
    found = review_of(office, case, "a2")
    assert found is not None
    assert found.article == "art 15"


async def test_the_review_is_of_the_version_that_was_shown(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）")
    path = address(case, "a1")
    form = await reviewer.get(path)
    shown = fields_of(form)["sha256"]
    newer = PDF("另一份合同（虚构）")
    replaced = f.ItemReplaced(ref="a1", sha256=sha256(newer).hexdigest())
    assert replaced.sha256 != shown
    await hand_in(office, case, replaced, newer)
    fields = {**fields_of(form), "decision": "release", "_step": "send"}
    answer = await reviewer.press(path, fields, "/")
    assert answer.status_code == 409
    assert review_of(office, case, "a1") is None
    # What is shown then is the newer one, and is what would be reviewed.
    assert fields_of(answer)["sha256"] == replaced.sha256


@pytest.mark.usefixtures("walls")
async def test_a_copy_is_looked_at_beside_its_original_before_it_can_be_sent(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）")
    path = address(case, "a1")
    form = await reviewer.get(path)
    assert form.text.count("data:image/jpeg") == 1
    fields = {**fields_of(form), "decision": "release_deidentified", "_step": "look"}
    files = {"released_file": ("去标识化.pdf", PDF("合同，已隐去姓名（虚构）"), "application/pdf")}
    check = await reviewer.press(path, fields, path, files)
    assert check.status_code == 200
    assert review_of(office, case, "a1") is None
    assert check.text.count("data:image/jpeg") == 2
    assert "拟公开的版本" in check.text
    done = await reviewer.press(path, {**fields_of(check), "_step": "send"}, path)
    assert done.status_code == 303, done.text
    review = review_of(office, case, "a1")
    assert review is not None
    assert review.released_sha256 not in (None, review.sha256)
    # Sent back, the copy of last time stands beside the original.
    await office.do(case, "leader_in_charge", f.Returned(reason="漏了一处（虚构）", items=("a1",)))
    again = await reviewer.get(path)
    assert again.text.count("data:image/jpeg") == 2
    assert "已退回：漏了一处（虚构）" in again.text


async def test_a_copy_that_is_the_original_says_so_and_another_takes_its_place(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）")
    path = address(case, "a1")
    fields = {**fields_of(await reviewer.get(path)), "decision": "release_deidentified"}
    same = {"released_file": ("合同.pdf", PDF("合同（虚构）"), "application/pdf")}
    no = await reviewer.press(path, {**fields, "_step": "look"}, path, same)
    assert "与原件一字不差" in no.text
    assert "选别的文件，就换成那一个" in no.text
    other = {"released_file": ("去标识化.pdf", PDF("已隐去姓名（虚构）"), "application/pdf")}
    again = {**fields_of(no), "decision": "release_deidentified", "_step": "look"}
    check = await reviewer.press(path, again, path, other)
    assert check.status_code == 200, check.text
    assert "去标识化.pdf" in check.text
    assert "合同.pdf" not in check.text
    done = await reviewer.press(path, {**fields_of(check), "_step": "send"}, path)
    assert done.status_code == 303, done.text
    page = (await reviewer.get(f"/cases/{case}")).text
    assert page.index("处理后的版本") < page.index(">原件<")  # which of the two goes out
    review = review_of(office, case, "a1")
    assert review is not None
    assert review.released_sha256 == sha256(other["released_file"][1]).hexdigest()


@pytest.mark.usefixtures("walls")
async def test_a_copy_whose_place_another_took_does_not_stay_in_the_case(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）")
    path = address(case, "a1")
    wrong = {"released_file": ("错的.pdf", PDF("没有隐去姓名（虚构）"), "application/pdf")}
    right = {"released_file": ("对的.pdf", PDF("已隐去姓名（虚构）"), "application/pdf")}
    fields = {**fields_of(await reviewer.get(path)), "decision": "release_deidentified"}
    check = await reviewer.press(path, {**fields, "_step": "look"}, path, wrong)
    both = {**fields_of(check), "_step": "send"}  # the wrong one was kept, the right one comes
    done = await reviewer.press(path, both, path, right)
    assert done.status_code == 303, done.text
    with office.register.reading() as session:
        kept = set(session.scalars(select(KeptFile.sha256).where(KeptFile.case_id == case)))
    assert sha256(right["released_file"][1]).hexdigest() in kept
    assert sha256(wrong["released_file"][1]).hexdigest() not in kept


@pytest.mark.usefixtures("walls")
async def test_looking_at_an_item_is_one_reading_however_often_its_form_is_shown(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）")
    path = address(case, "a1")
    for _ in range(2):
        form = await reviewer.get(path)
    wrong = await reviewer.press(path, {**fields_of(form), "_step": "look"}, path)
    assert wrong.status_code == 422
    assert len(logged(office.register, "file_read", case)) == 1


async def test_only_grounds_that_the_statute_knows_are_offered(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同（虚构）")
    page = await reviewer.get(address(case, "a1"))
    offered = re.findall(
        r'<(?:input type="radio" name="article"|option) value="(art[^"]+)"', page.text
    )
    statute = (await office.view(case)).state.law.statute
    kinds = [k for k in statute.replies.values() if k.needs_withheld and k.dispatchable]
    assert set(offered) == {kind.article for kind in kinds if kind.article}


async def test_each_item_has_a_draft_of_its_own(office: Office, reviewer: Browser) -> None:
    case = await with_items(office, "合同（虚构）", "批复（虚构）")
    one, other = address(case, "a1"), address(case, "a2")
    begun = {"decision": "withhold", "ground": "某项理由（虚构）", "_step": "keep"}
    kept = await reviewer.press(one, {**fields_of(await reviewer.get(one)), **begun}, one)
    assert kept.status_code == 204
    assert "某项理由" in (await reviewer.get(one)).text
    assert "某项理由" not in (await reviewer.get(other)).text
    assert one in (await reviewer.get("/")).text


async def test_what_one_handed_in_is_for_somebody_else_to_review(office: Office) -> None:
    case = await with_items(office, "合同（虚构）", "批复（虚构）")
    handler = office.person["handler"]
    with office.register.reading() as session:
        for user in (handler, office.person["reviewer"]):
            left, coming = following(session, user, case, "a1")
            assert (coming is None) == (user == handler)
            assert left == 0 or user != handler


async def test_whoever_reviews_sees_what_was_said_by_those_who_were_consulted(
    office: Office, reviewer: Browser
) -> None:
    case = await with_items(office, "合同甲（虚构）", "合同乙（虚构）")
    name, why = "某公司（虚构）", "含报价明细（虚构）"
    sent = f.ConsultationSent(ref="l1", party=Party.THIRD_PARTY, name=name, items=("a1",))
    said = f.ConsultationAnswered(ref="l1", answer=f.Answer.OBJECTS, reason=why)
    for what in (sent, said):
        await office.do(case, "handler", what)
    path = f"/cases/{case}/acts/item_reviewed"
    assert f"第三方“{name}”：不同意公开；{why}" in (await reviewer.get(f"{path}?ref=a1")).text
    assert name not in (await reviewer.get(f"{path}?ref=a2")).text
