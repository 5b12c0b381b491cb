"""What can't be written is refused, what is accepted is written, a stuck case is seen."""

import json

import pytest

from domain.case import facts as f
from domain.case.act import Event, Evidence
from domain.case.people import Role
from domain.errors import Code, InputError, YishenError
from office.acts.order import Order, new_command_id, send_act
from office.running.key_store import key_store
from register.reads.troubles import troubles
from register.writes.record import record
from tests.engine_fixture import pointing_at
from tests.faults.site import Site
from tests.starter.command_line import Answer, CommandLine
from tests.waiting import until
from workflows.messages import TASK_QUEUE

ASSIGNED = f.Assigned(department="ghj", handler="li")
A_MINUTE = 60.0


def noted(place: Site, case: str, texts: int) -> Order:
    """A note with so many long texts beside it, 12 kB each, 16 once sealed."""
    return Order(
        case=case,
        user="li",
        what=f.Noted(text="附长文"),
        command_id=new_command_id(),
        evidence=tuple(Evidence(text="长" * 4000) for _ in range(texts)),
    )


async def test_large_acts_that_waited_for_the_register_are_all_written(place: Site) -> None:
    case = (await place.office.open()).id
    await place.office.do(case, "intake", ASSIGNED)
    await place.rows(case, 2)
    with place.locked_register():
        for _ in range(24):  # 2.7 MB: more than the engine hands over at once
            await send_act(place.office.desk, noted(place, case, 7))
    await place.rows(case, 26)
    assert place.holds(case)


async def test_an_act_too_large_to_be_kept_is_refused_with_what_to_do(place: Site) -> None:
    case = (await place.office.open()).id
    await place.office.do(case, "intake", ASSIGNED)
    with pytest.raises(YishenError) as no:
        await send_act(place.office.desk, noted(place, case, 15))
    assert no.value.code is Code.ACT_TOO_LARGE
    with pytest.raises(InputError):
        await send_act(place.office.desk, noted(place, case, 30))
    await place.rows(case, 2)


@pytest.fixture
def yishen(place: Site) -> CommandLine:
    kept = pointing_at(place.engine)
    return CommandLine(
        place.folder,
        {**kept, "YISHEN_REGISTER": place.office.settings.register, "YISHEN_USER": "wang"},
    )


async def seen(yishen: CommandLine, case: str, supervisor: str) -> dict[str, Answer]:
    return {
        "doctor": await yishen("doctor", "--json"),
        "verify": await yishen("verify", "--json"),
        "case": await yishen("case", case, "--json"),
        "list": await yishen("list", "--json"),
        "tasks": await yishen("tasks", "--as", supervisor, "--json"),
    }


async def test_a_case_whose_entries_contradict_the_record_is_seen_everywhere(
    place: Site, yishen: CommandLine
) -> None:
    case = (await place.office.open()).id
    await place.rows(case, 1)
    view = await place.office.view(case)
    other = Event(
        seq=2,
        at=view.now,
        effective_on=view.now.date(),
        person="li",
        role=Role.HANDLER,
        command_id="foreign",
        what=f.Noted(text="来自另一份数据（虚构）"),
    )
    with place.office.register.writing() as session:
        record(session, case, [other], view.summary)
    await place.office.do(case, "intake", ASSIGNED)
    await place.office.do(case, "handler", f.Noted(text="第二条"))

    async def noted() -> bool:
        with place.office.register.reading() as session:
            return [line.code for line in troubles(session, case)] == [Code.RECORD_CONFLICT]

    await until(noted, A_MINUTE)
    assert (await place.office.view(case)).unwritten == 2  # behind it, in order
    told = await seen(yishen, case, place.office.person["supervisor"])
    assert told["doctor"].code != 0
    assert told["verify"].code == 1
    for what in ("doctor", "verify", "case", "tasks"):
        body = json.loads(told[what].out)
        assert case in [line["case_id"] for line in body["troubles"]], what
    assert {line["id"]: line["stuck"] for line in told["list"].json["cases"]}[case]
    for lang, words in (("zh", "停滞"), ("en", "stuck")):
        assert words in (await yishen("list", lang=lang)).out
        assert case[:4] in (await yishen("doctor", lang=lang)).out


async def test_a_run_whose_tasks_fail_is_seen_within_a_minute_and_gone_when_it_is_over(
    place: Site,
) -> None:
    client = place.office.client
    key_store(place.office.settings).make("2001-0001")
    handle = await client.start_workflow(
        "CaseWorkflow", {"id": "nothing else"}, id="2001-0001", task_queue=TASK_QUEUE
    )

    async def noted() -> bool:
        with place.office.register.reading() as session:
            return any(line.case_id == "2001-0001" for line in troubles(session))

    await until(noted, A_MINUTE)
    with place.office.register.reading() as session:
        (line,) = [line for line in troubles(session) if line.case_id == "2001-0001"]
    assert (line.what, line.code) == ("run", Code.RUN_FAILS)
    assert line.detail
    await handle.terminate()

    async def gone() -> bool:
        return not await noted()

    await until(gone, A_MINUTE)


async def test_a_mail_folder_nobody_can_write_is_told_to_the_administrator_until_it_heals(
    place: Site, yishen: CommandLine
) -> None:
    drop = place.office.settings.mail_drop
    if drop.exists():
        drop.rename(drop.with_name("mail.aside"))
    drop.write_text("a file where the folder should be", encoding="utf-8")

    async def noted() -> bool:
        with place.office.register.reading() as session:
            return any(line.what == "mail" for line in troubles(session))

    await until(noted, A_MINUTE)
    case = (await place.office.open()).id
    await place.office.do(case, "intake", ASSIGNED)
    doctor = await yishen("doctor", "--json")
    assert doctor.code != 0
    (told,) = [line for line in doctor.json["troubles"] if line["what"] == "mail"]
    assert str(drop) in told["remedy"]
    assert f"邮件投递目录 {drop} 不能写入" in (await yishen("doctor", lang="zh")).out
    for person, hears in (("admin", True), ("handler", False)):
        tasks = await yishen("tasks", "--as", place.office.person[person], lang="zh")
        assert ("邮件投递目录" in tasks.out) is hears
    troubled = (await yishen("verify", "--offline", "--json")).json["troubles"]
    assert "mail" not in [line["what"] for line in troubled]
    drop.unlink()

    async def healed() -> bool:
        return not await noted()

    await until(healed, A_MINUTE)
    assert await place.letters(case)
