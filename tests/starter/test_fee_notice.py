"""The fee notice of an office: what the tariff comes to, the items of the month from the register,
and what stands in the record."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal

import pytest
import pytest_asyncio

from domain.case import facts as f
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.statute import Channel
from office.acts.order import Sent, new_command_id
from office.cases.application import Application
from office.cases.intake import register
from register.reads import queries
from register.reads.fees import items_before
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.temporal

GROUND = {"ground": "当月申请过多", "how_to_pay": "缴入财政专户（虚构）"}


@pytest_asyncio.fixture(loop_scope="session")
async def yishen(engine: Engine, office: Office) -> AsyncIterator[CommandLine]:
    kept = pointing_at(engine)
    yield CommandLine(office.settings.data, {**kept, "YISHEN_REGISTER": office.settings.register})


async def asked(office: Office, name: str, arrived: date) -> str:
    """A request of that applicant, in hand of li; its id."""
    new = await register(
        office.desk,
        Application(
            user=office.person["intake"],
            command_id=new_command_id(),
            receipt=Receipt(channel=Channel.IN_PERSON, arrived=arrived),
            applicant=NewApplicant(kind="natural", name=name, contact="无"),
            subject="某道路规划文件（虚构）",
            organ="qinghe",
        ),
    )
    await office.do(new.id, "intake", f.Assigned(department="ghj", handler="li"))
    return new.id


def today(office: Office) -> date:
    from office.legal_time import legal_now

    return legal_now().date()


async def notice(office: Office, case: str, **given: object) -> Sent:
    what = f.FeeNoticeSent.model_validate({**GROUND, **given})
    return await office.do(case, "handler", what)


def recorded(office: Office, sent: Sent) -> f.FeeNoticeSent:
    with office.register.reading() as session:
        event = queries.event(session, sent.case, sent.answer.seq)
    assert event is not None
    assert isinstance(event.what, f.FeeNoticeSent)
    return event.what


async def test_the_items_of_the_month_come_from_the_register_and_then_stand(
    office: Office,
) -> None:
    day, name = today(office), "赵一（虚构）"
    first = await asked(office, name, day)
    sent = await notice(office, first, standard="item", items=12, amount=200)
    assert recorded(office, sent).by_tariff == Decimal(200)  # the 11th and the 12th
    await asked(office, "别人（虚构）", day)
    second = await asked(office, name, day)
    third = await asked(office, name, day)
    # 14 to 30 at 100, 31 to 33 at 200
    sum_ = 17 * 100 + 3 * 200
    sent = await notice(office, third, standard="item", items=20, amount=sum_)
    what = recorded(office, sent)
    assert (what.items_before, what.items) == (13, 20)
    assert what.by_tariff == Decimal(sum_)
    await office.agreed(second, "intake", f.Voided(reason="重复登记"))
    with office.register.reading() as session:
        assert items_before(session, third) == 12
    state = (await office.view(third)).state
    assert state.fee is not None
    assert state.fee.amount == Decimal(2300)


async def test_pages_are_computed_and_another_amount_says_why(office: Office) -> None:
    case = await asked(office, "钱二（虚构）", today(office))
    with pytest.raises(Refusal) as no:
        await notice(office, case, standard="page", pages=57, amount="100.00")
    assert no.value.code is Code.FEE_NOT_BY_TARIFF
    assert no.value.params == {"amount": "100.00", "tariff": "270"}
    with pytest.raises(Refusal) as no:
        await notice(office, case, standard="page", pages=30, amount=10)
    assert no.value.params["tariff"] == "0"
    with pytest.raises(Refusal) as no:
        await notice(office, case, standard="page", items=3, pages=57, amount=270)
    assert no.value.code is Code.FEE_BY_ONE_STANDARD
    what = {"standard": "page", "pages": 57, "amount": "100.00", "because": "部分减免"}
    assert recorded(office, await notice(office, case, **what)).by_tariff == Decimal(270)


async def test_the_same_command_again_means_the_same_notice(office: Office) -> None:
    """Whatever was registered in between."""
    day, name, command = today(office), "孙三（虚构）", new_command_id()
    earlier = await asked(office, name, day)
    case = await asked(office, name, day)
    what = f.FeeNoticeSent.model_validate(
        {**GROUND, "standard": "item", "items": 15, "amount": 600}
    )
    first = await office.do(case, "handler", what, command_id=command)
    await office.agreed(earlier, "intake", f.Voided(reason="重复登记"))
    again = await office.do(case, "handler", what, command_id=command)
    assert again.answer.repeated
    assert again.answer.seq == first.answer.seq


async def test_the_command_offers_nothing_where_nothing_is_due_or_known(
    yishen: CommandLine, office: Office
) -> None:
    case = await asked(office, "周五（虚构）", today(office))
    line = ("fee-notice", case, "--as", "li", "--ground", "超量", "--how-to-pay", "转账", "--json")
    for more, code in (
        (("--standard", "page"), "fee_amount_missing"),
        (("--standard", "page", "--pages", "30"), "no_fee_due"),
        (("--standard", "item", "--items", "10"), "no_fee_due"),
    ):
        done = await yishen(*line, *more)
        assert (done.code, done.json["error"]["code"]) == (1, code), done.out


async def test_the_command_offers_the_amount_and_the_case_shows_how_it_came_about(
    yishen: CommandLine, office: Office
) -> None:
    case = await asked(office, "李四（虚构）", today(office))
    line = ("fee-notice", case, "--as", "li", "--standard", "page", "--ground", "超量")
    tried = await yishen(*line, "--how-to-pay", "转账", "--pages", "119", "--dry-run")
    assert tried.code == 0, tried.out
    done = await yishen(*line, "--how-to-pay", "转账", "--pages", "119", "--json")
    assert done.code == 0, done.out
    second = await asked(office, "李四（虚构）", today(office))
    line_of_items = ("fee-notice", second, "--as", "li", "--standard", "item", "--ground", "超量")
    asked_for = await yishen(*line_of_items, "--how-to-pay", "转账", "--items", "11", lang="zh")
    assert "按件；当月第 2–12 件；200 元" in asked_for.out, asked_for.out
    shown = (await yishen("case", case, lang="zh")).out
    for said in ("按量", "119 页", "1080 元"):
        assert said in shown, shown
    amended = await yishen(
        *("amend", case, str(done.json["seq"]), "--as", "li", "--set", "pages=57"),
        *("--reason", "数错", "--evidence", "清点记录", "--json"),
    )
    assert amended.code == 0, amended.out
    state = (await office.view(case)).state
    assert state.fee is not None
    assert state.fee.amount == Decimal(270)
