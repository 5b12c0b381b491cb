"""An act from its form to the record, over HTTP, on the real engine."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.case import facts as f
from domain.errors import Code, Unreachable
from domain.statute import Channel
from office.legal_time import legal_now
from office.settings import Settings
from register.reads import queries
from speech.dates import day, full_day, plain_day
from tests.office_fixture import Office
from tests.web.at_desk import at_desk, in_hand
from tests.web.site import Browser, fields_of

pytestmark = pytest.mark.temporal


@pytest.fixture(scope="module")
async def handler(office: Office) -> AsyncIterator[Browser]:
    async with at_desk(office, office.person["handler"]) as someone:
        yield someone


def entries(office: Office, case: str) -> list[str]:
    with office.register.reading() as session:
        return [event.what.kind for event in queries.events(session, case)]


async def test_an_act_is_filled_in_checked_and_recorded_once(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    path = f"/cases/{case}/acts/extension_asked"
    wrong = await handler.press(path, {**fields_of(await handler.get(path)), "_step": "look"}, path)
    assert wrong.status_code == 422
    assert "延长的工作日数：必须填写" in wrong.text

    filled = {**fields_of(wrong), "working_days": "１０", "reason": "材料较多（虚构）"}
    check = await handler.press(path, {**filled, "_step": "look"}, path)
    assert "请核对" in check.text
    assert "材料较多（虚构）" in check.text
    assert "extension_asked" not in entries(office, case)

    sending = {**fields_of(check), "_step": "send"}
    for _ in range(2):  # the second click, the back button
        done = await handler.press(path, sending, path)
        assert done.status_code == 303, done.text
    assert entries(office, case).count("extension_asked") == 1
    page = await handler.get(done.headers["location"])
    assert "已记录：申请延期" in page.text


async def test_an_act_that_opens_no_more_once_it_is_done_is_led_to_its_case_all_the_same(
    office: Office,
) -> None:
    case = (await office.open()).id
    path = f"/cases/{case}/acts/assigned"
    async with at_desk(office, office.person["intake"]) as wang:
        hands = {"department": "ghj", "handler": office.person["handler"]}
        sending = {**fields_of(await wang.get(path)), **hands, "_step": "send"}
        for _ in range(2):
            done = await wang.press(path, sending, "/")
            assert done.status_code == 303, done.text
            assert "已记录：" in (await wang.get(done.headers["location"])).text
    assert entries(office, case).count("assigned") == 1


async def test_a_form_that_rests_on_an_older_state_says_so_and_keeps_its_words(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    path = f"/cases/{case}/acts/extension_asked"
    form = await handler.get(path)
    await office.do(case, "handler", f.ItemAdded(ref="a", title="规划图（虚构）"))
    filled = {**fields_of(form), "working_days": "5", "reason": "材料较多（虚构）"}
    answer = await handler.press(path, {**filled, "_step": "send"}, "/")
    assert answer.status_code == 409
    assert "办件有了新的记录" in answer.text
    assert "材料较多（虚构）" in answer.text
    assert "extension_asked" not in entries(office, case)
    again = {**fields_of(answer), "working_days": "5", "reason": "材料较多（虚构）"}
    done = await handler.press(path, {**again, "_step": "send"}, "/")
    assert done.status_code == 303


async def test_what_is_not_ones_to_do_is_refused_with_the_reason(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    answer = await handler.get(f"/cases/{case}/acts/extension_granted")
    assert answer.status_code == 403
    assert "公开工作机构负责人" in answer.text
    assert (await handler.get(f"/cases/{case}/acts/nonsense")).status_code == 409


async def test_with_the_engine_away_the_form_keeps_everything(office: Office) -> None:
    async def away(settings: Settings) -> object:
        raise Unreachable(Code.ENGINE_NOT_RUNNING, folder=settings.data)

    case = await in_hand(office)
    path = f"/cases/{case}/acts/noted"
    async with at_desk(office, office.person["intake"], away) as wang:
        form = await wang.get(path)
        filled = {**fields_of(form), "text": "电话已通知（虚构）", "_step": "send"}
        answer = await wang.press(path, filled, path)
        assert answer.status_code == 503
        assert "电话已通知（虚构）" in answer.text
        kept = fields_of(answer)
        assert "已提交，还没有得到答复" in (await wang.get("/")).text
        waiting = await wang.get(f"/unanswered/{kept['_command']}")
        assert "电话已通知（虚构）" in waiting.text
        assert fields_of(waiting)["_command"] == kept["_command"]
    assert kept["_command"] == fields_of(form)["_command"]


async def test_what_was_filled_in_is_there_when_one_comes_back(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    path = f"/cases/{case}/acts/extension_asked"
    first = {**fields_of(await handler.get(path)), "reason": "材料较多（虚构）"}
    kept = await handler.press(path, {**first, "_step": "keep"}, path)
    assert kept.status_code == 204
    again = await handler.get(path)
    assert "材料较多（虚构）" in again.text
    assert fields_of(again)["_command"] == first["_command"]
    await handler.press(path, {"_command": first["_command"], "_step": "drop"}, path)
    assert "材料较多（虚构）" not in (await handler.get(path)).text


async def test_what_is_given_a_day_of_its_own_is_looked_at_before_it_is_recorded(
    office: Office,
) -> None:
    """What the form said beforehand, it said of today."""
    today = legal_now().date()
    case = (await office.open(arrived=today - timedelta(days=5))).id
    path, day = f"/cases/{case}/acts/noted", f"{today - timedelta(days=1)}"
    async with at_desk(office, office.person["intake"]) as wang:
        filled = {**fields_of(await wang.get(path)), "text": "电话已通知（虚构）", "on": day}
        check = await wang.press(path, {**filled, "_step": "send"}, path)
        assert check.status_code == 200, check.text
        assert "请核对" in check.text
        assert "noted" not in entries(office, case)
        done = await wang.press(path, {**fields_of(check), "_step": "send"}, path)
        assert done.status_code == 303, done.text
    assert entries(office, case).count("noted") == 1


async def test_whoever_decides_on_an_extension_sees_what_was_asked_for(office: Office) -> None:
    case = await in_hand(office)
    await office.do(case, "handler", f.ExtensionAsked(working_days=11, reason="材料较多（虚构）"))
    async with at_desk(office, office.person["disclosure_head"]) as head:
        for kind in ("extension_granted", "extension_refused"):
            form = (await head.get(f"/cases/{case}/acts/{kind}")).text
            assert "延期 11 个工作日，理由：材料较多（虚构）" in form


async def test_what_decides_by_its_day_asks_for_it_first(office: Office) -> None:
    case = (await office.open(channel=Channel.FAX)).id
    async with at_desk(office, office.person["intake"]) as wang:
        form = (await wang.get(f"/cases/{case}/acts/receipt_confirmed")).text
    assert form.index("与申请人确认的日期") < form.index("more-about")


async def test_whoever_corrects_an_entry_sees_which_and_what_changes(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    await office.do(case, "handler", f.ItemAdded(ref="a", title="规划图（虚构）", pages=3))
    for kind in ("entry_amended", "entry_annulled"):  # many entries are of one kind and day
        assert "规划图（虚构）" in (await handler.get(f"/cases/{case}/acts/{kind}")).text
    path = f"/cases/{case}/acts/entry_amended?seq=3"
    form = await handler.get(path)
    assert "第 3 条：添加信息项" in form.text
    assert "不填，日期不改" in form.text
    filled = {**fields_of(form), "title": "规划图甲（虚构）", "pages": "3", "amend_reason": "笔误"}
    check = await handler.press(path, {**filled, "_step": "look"}, path)
    assert "原为：规划图（虚构）" in check.text
    assert check.text.count("原为：") == 1


async def test_a_registration_is_put_right_by_its_arrival_and_a_second_person_sees_what_changes(
    office: Office,
) -> None:
    today = legal_now().date()
    case = (await office.open(arrived=today)).id
    path = f"/cases/{case}/acts/entry_amended?seq=1"
    async with at_desk(office, office.person["intake"]) as wang:
        form = await wang.get(path)
        assert 'name="received"' in form.text
        assert 'name="on"' not in form.text
        said = {
            **fields_of(form),
            "channel": "mail_signed",
            "applicant_kind": "natural",
            "contact": "无",
            "applicant": "张某（虚构）",
            "subject": "某道路规划文件（虚构）",
            "amend_reason": "笔误（虚构）",
            "received": f"{today}",
            "_step": "look",
        }
        assert (await wang.press(path, {**said, "on": "昨天"}, path)).status_code == 409
        earlier = {**said, "received": f"{today - timedelta(days=9)}"}
        bare = await wang.press(path, earlier, path)
        assert bare.status_code == 409
        assert "须附凭据" in bare.text
        assert '<details class="more-about" open>' in bare.text
        whole = {**earlier, "evidence": "收件章（虚构）"}
        check = await wang.press(path, whole, path)
        assert "请核对" in check.text
        assert "答复期限：" in check.text
        sent = await wang.press(path, {**whole, "_step": "send"}, path)
        assert sent.status_code == 303, sent.text
    async with at_desk(office, office.person["disclosure_head"]) as head:
        approval = f"/cases/{case}/acts/entry_approved"
        assert f'href="{approval}"' in (await head.get("/")).text  # two taps away
        for kind in ("entry_approved", "entry_refused"):
            page = (await head.get(f"/cases/{case}/acts/{kind}")).text
            for words in ("提请：更正记录", "笔误（虚构）", "收件章（虚构）"):
                assert words in page
            assert page.count("原为：") == 1
            assert f"原为：{full_day(today)}" in page
        form = await head.get(approval)
        assert "答复期限：" in form.text  # what it brings about, before anything is pressed
        done = await head.press(approval, {**fields_of(form), "_step": "send"}, approval)
        assert done.status_code == 303, done.text
    assert "entry_amended" in entries(office, case)


async def test_a_proposal_is_of_the_day_it_was_made_not_of_the_day_it_is_about(
    office: Office,
) -> None:
    today = legal_now().date()
    arrived = today - timedelta(days=40)  # the reply is overdue
    case = (await office.open(arrived=arrived)).id
    about, path = arrived + timedelta(days=1), f"/cases/{case}/acts/withdrawn"
    async with at_desk(office, office.person["intake"]) as wang:
        form = await wang.get(path)
        assert '<details class="more-about" open>' in form.text  # it takes proof, as the page says
        said = {**fields_of(form), "on": f"{about}", "evidence": "撤回书（虚构）"}
        check = await wang.press(path, {**said, "_step": "send"}, path)
        assert "请核对" in check.text
        done = await wang.press(path, {**fields_of(check), "_step": "send"}, path)
        assert done.status_code == 303, done.text
    async with at_desk(office, office.person["disclosure_head"]) as head:
        page = (await head.get(f"/cases/{case}/acts/entry_approved")).text
    assert f"于{day(today, today)}提请补记：申请人撤回，发生在{day(about, today)}" in page


async def test_a_fee_that_is_computed_is_seen_before_it_is_charged(
    office: Office, handler: Browser
) -> None:
    case = await in_hand(office)
    path = f"/cases/{case}/acts/fee_notice_sent"
    said = {"standard": "page", "pages": "250", "ground": "数量过大（虚构）", "how_to_pay": "窗口"}
    form = await handler.get(path)
    check = await handler.press(path, {**fields_of(form), **said, "_step": "send"}, path)
    assert check.status_code == 200, check.text
    assert "<dd>4700</dd>" in check.text
    assert "fee_notice_sent" not in entries(office, case)
    done = await handler.press(path, {**fields_of(check), "_step": "send"}, path)
    assert done.status_code == 303, done.text
    assert entries(office, case)[-1] == "fee_notice_sent"


async def test_days_in_a_refusal_are_said_as_people_say_them(office: Office) -> None:
    today = legal_now().date()
    case = (await office.open(channel=Channel.FAX, arrived=today)).id
    path = f"/cases/{case}/acts/receipt_confirmed"
    before, ahead = today - timedelta(days=3), today + timedelta(days=3)
    async with at_desk(office, office.person["intake"]) as wang:
        fields = fields_of(await wang.get(path))
        no = await wang.press(path, {**fields, "on": f"{before}", "_step": "look"}, path)
        late = await wang.press(path, {**fields, "on": f"{ahead}", "_step": "look"}, path)
    assert f"发生日期 {plain_day(before)} 早于" in no.text
    assert f"与申请人确认的日期：不能晚于 {plain_day(today)}" in late.text
