"""Late facts, corrections and approvals as people enter them, and what they read."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio

from domain.case import facts as f
from domain.statute import Party
from register.verify import verify
from starter.engine.running import Engine
from starter.engine.virtual_time import skipper
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.replay.life import ASSIGNED, POST, Life
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.temporal

ARRIVED = date(2024, 9, 2)
PROOF = ("--evidence", "邮戳（虚构）")


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    """The command line of the shared office."""
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


async def begun(office: Office) -> Life:
    """Registered and in hand, in a time of its own."""
    jumping = replace(office, client=skipper(office.client).client)
    return await (await Life.begin(jumping, ARRIVED)).do("intake", ASSIGNED)


async def number(life: Life, kind: str) -> int:
    """Of the last entry of that kind."""
    await life.quiet()
    entries = (await life.office.view(life.case)).state.timeline
    return max(entry.seq for entry in entries if entry.kind == kind)


async def said(yishen: CommandLine, *words: object) -> str:
    """What a command that succeeds says in Chinese."""
    answer = await yishen(*words, lang="zh")
    assert answer.code == 0, answer.err
    return answer.out


async def refused(yishen: CommandLine, *words: object) -> str:
    """What a command that is refused says in Chinese."""
    answer = await yishen(*words, lang="zh")
    assert answer.code == 1
    return answer.err


async def test_a_correction_entered_after_the_lapse(yishen: CommandLine, office: Office) -> None:
    life = await (await begun(office)).until(date(2024, 9, 4))
    asked = f.CorrectionNoticeSent(points="请写明年份", correct_by=date(2024, 9, 13))
    await (await life.do("handler", asked)).until(date(2024, 9, 18))
    lapse = await number(life, "lapsed")
    words = ("correction", life.case, "--as", "wang", "--on", "2024-09-12")
    tried = await said(yishen, *words, "--dry-run")
    assert "状态：视为放弃 → 办理中" in tried
    assert f"第 {lapse} 条不再成立" in tried
    done = await said(yishen, *words)
    assert "2024年10月16日" in done
    page = await said(yishen, "case", life.case)
    assert "视为放弃（不再成立）" in page
    assert verify(office.register, [life.case]).differences == ()


async def test_a_dispatch_that_left_a_day_earlier(yishen: CommandLine, office: Office) -> None:
    life = await (await begun(office)).until(date(2024, 9, 30))
    await (await life.ready()).until(date(2024, 10, 8))
    sent = await number(await life.do("handler", POST), "dispatched")
    words = ("amend", life.case, sent, "--as", "li", "--reason", "邮戳", "--on", "2024-09-30")
    tried = await said(yishen, *words, "--dry-run")
    assert "经批准后生效：会使已逾期的期限变为未逾期" in tried
    assert "答复期限：逾期答复 → 已按期答复" in tried
    bare = await refused(yishen, *words)
    assert "（evidence_needed）：“更正记录”须附凭据并经批准" in bare
    proposed = await said(yishen, *words, *PROOF)
    assert f"“更正记录”已提请批准（第 {sent + 1} 条），批准后生效。" in proposed
    assert "逾期答复" in proposed
    assert "提请批准（待批准，尚未生效）" in await said(yishen, "case", life.case)
    assert "（not_your_role）" in await refused(
        yishen, "approve-entry", life.case, sent + 1, "--as", "li"
    )
    approved = await said(yishen, "approve-entry", life.case, sent + 1, "--as", "huang")
    assert "已按期答复" in approved
    page = await said(yishen, "case", life.case)
    assert f"提请批准（已由第 {sent + 2} 条批准）" in page
    original = next(line for line in page.splitlines() if line.startswith(f"{sent} "))
    assert f"2024-10-08  答复发出（已由第 {sent + 3} 条更正）" in original
    assert original.endswith("逾期")
    again = await refused(yishen, *words, *PROOF)
    assert "（amends_nothing）" in again
    assert verify(office.register, [life.case]).differences == ()


async def test_an_item_of_another_case_after_the_reply_left(
    yishen: CommandLine, office: Office
) -> None:
    life = await (await (await begun(office)).ready()).do("handler", POST)
    item = await number(life, "item_added")
    assert "（not_amendable）" in await refused(
        yishen, "amend", life.case, item + 4, "--as", "li", "--reason", "x", "--set", "reasons=另"
    )
    words = ("annul", life.case, item, "--as", "li", "--reason", "属于另一件", *PROOF)
    await said(yishen, *words)
    proposal = await number(life, "entry_proposed")
    shown = await said(yishen, "approve-entry", life.case, proposal, "--as", "huang")
    aside = (item + 1, item + 2, item + 3, item + 5, item + 6)
    asked = "、".join(map(str, aside))
    assert f"政府信息公开工作机构负责人：处理有冲突的记录 {asked}" in shown
    page = await said(yishen, "case", life.case)
    cause = proposal + 2
    assert f"添加信息项（已由第 {cause} 条撤销）" in page
    assert f"第 {item + 1}–{item + 3}、{item + 5}–{item + 6} 条暂不计入" in page
    assert (
        f"冲突：第 {item + 5} 条“批准答复”因第 {cause} 条暂不计入。"
        "答复类型“予以公开”至少要有一项准予公开的信息项。\n"
    ) in page
    assert page.count("yishen keep-conflict") == 1
    kept = ("keep-conflict", life.case, item + 6, "--reason", "已经发出")
    assert "（not_your_role）" in await refused(yishen, *kept, "--as", "li")
    assert "已发出" in await said(yishen, *kept, "--as", "huang")
    assert "答复发出（有冲突，仍予计入）" in await said(yishen, "case", life.case)
    assert verify(office.register, [life.case]).differences == ()


async def test_a_withdrawal_of_another_case(yishen: CommandLine, office: Office) -> None:
    life = await (await begun(office)).until(date(2024, 9, 5))
    letter = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某公司（虚构）")
    await (await life.do("handler", letter)).until(date(2024, 9, 9))
    proposed = await said(yishen, "withdraw", life.case, "--as", "wang", "--evidence", "来电")
    assert "“申请人撤回”已提请批准" in proposed
    assert "注意：不经答复即终止办理。" in proposed
    seq = await number(life, "entry_proposed")
    other = ("refuse-entry", life.case, seq, "--as", "huang", "--reason", "申请人否认")
    assert "已记录“不批准记录”" in await said(yishen, *other)
    assert "提请批准（已由第" in await said(yishen, "case", life.case)
    assert "（no_proposal）" in await refused(
        yishen, "approve-entry", life.case, seq, "--as", "huang"
    )
    await (await life.agreed("intake", f.Withdrawn())).until(date(2024, 11, 5))
    withdrawn = await number(life, "withdrawn")
    words = ("annul", life.case, withdrawn, "--as", "wang", "--reason", "撤回的是另一件")
    tried = await said(yishen, *words, "--dry-run")
    assert "状态：已撤回 → 办理中" in tried
    await said(yishen, *words, "--evidence", "两件申请书（虚构）")
    seq = await number(life, "entry_proposed")
    done = await said(yishen, "approve-entry", life.case, seq, "--as", "huang")
    assert "办理中，已逾期" in done
    page = await said(yishen, "case", life.case)
    assert f"申请人撤回（已由第 {seq + 2} 条撤销）" in page
    assert "2024-09-28  征求意见逾期未答" in page
    assert f"因第 {seq + 2} 条补记" in page
    assert verify(office.register, [life.case]).differences == ()


async def test_a_receipt_day_read_wrong(yishen: CommandLine, office: Office) -> None:
    life = await (await begun(office)).until(date(2024, 9, 4))
    words = ("--as", "wang", "--reason", "签收单日期看错", "--evidence", "签收单（虚构）")
    right = ("--channel", "mail_signed", "--received", "2024-08-30")
    proposed = await said(yishen, "correct-receipt", life.case, *words, *right)
    assert "补录或更正会改变本机关的期限" in proposed
    seq = await number(life, "entry_proposed")
    assert "2024年9月29日" in await said(yishen, "approve-entry", life.case, seq, "--as", "黄敏")
    same = await refused(yishen, "correct-receipt", life.case, *words, *right)
    assert "（amends_nothing）" in same
    await said(yishen, "amend", life.case, 1, *words, "--on", "2024-08-29")
    seq = await number(life, "entry_proposed")
    assert "2024年9月27日" in await said(yishen, "approve-entry", life.case, seq, "--as", "黄敏")
    assert "收到申请之日  2024年8月29日" in await said(yishen, "case", life.case)
    nobody = await yishen("amend", life.case, 99, *words, "--on", "2024-08-29", lang="zh")
    assert (nobody.code, "（no_such_entry）" in nobody.err) == (2, True)
    assert verify(office.register, [life.case]).differences == ()
