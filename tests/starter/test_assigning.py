"""Who a case may be given to: the register knows, and says so before the act is sent."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select, update

from domain.case import facts as f
from domain.errors import Code, YishenError
from office.acts.order import new_command_id
from office.people.ending import end, restore
from register.models import AccessEntry, RoleGrant, User
from register.reads import tasks
from register.reads.visible import viewer_of
from starter.engine.running import Engine
from tests.office_fixture import Office
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def refused(office: Office, case: str, what: f.OfficeFact, command_id: str = "") -> Code:
    with pytest.raises(YishenError) as no:
        await office.do(case, "intake", what, command_id=command_id or None)
    return no.value.code


@pytest.mark.parametrize(
    ("department", "handler", "code"),
    [
        ("没有这个局", "li", Code.UNKNOWN_DEPARTMENT),
        ("ghj", "没有这个人", Code.UNKNOWN_PERSON),
        ("ghj", "chen", Code.NOT_A_HANDLER),  # a reviewer
        ("ghj", "zhao", Code.NOT_A_HANDLER),  # a handler of another department
    ],
)
async def test_a_case_goes_only_to_a_handler_of_a_department_of_its_organ(
    office: Office, department: str, handler: str, code: Code
) -> None:
    case = (await office.open()).id
    assert await refused(office, case, f.Assigned(department=department, handler=handler)) is code
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    again = f.Reassigned(department=department, handler=handler, reason="休假")
    assert await refused(office, case, again) is code
    with office.register.reading() as session:
        tried = session.scalars(select(AccessEntry.code).where(AccessEntry.case_id == case)).all()
    assert tried == [code, code]


async def test_names_that_one_alone_bears_are_as_good_as_ids(office: Office) -> None:
    case = (await office.open()).id
    named = f.Assigned(department="自然资源和规划局", handler="李明")
    command = new_command_id()
    await office.do(case, "intake", named, command_id=command)
    state = (await office.view(case)).state
    assert (state.department, state.handler) == ("ghj", "li")
    by_id = f.Assigned(department="ghj", handler="li")
    assert (await office.do(case, "intake", by_id, command_id=command)).answer.repeated


async def test_a_command_id_belongs_to_one_case(office: Office) -> None:
    first, second = (await office.open()).id, (await office.open()).id
    command = new_command_id()
    note = f.Noted(text="电话沟通")
    assert (await office.do(first, "intake", note, command_id=command)).written
    assert await refused(office, second, note, command) is Code.COMMAND_ID_REUSED
    with pytest.raises(YishenError) as no:
        await office.open(command_id=command)
    assert no.value.code is Code.COMMAND_ID_REUSED


@pytest.mark.parametrize("how", ["left", "role taken", "department dissolved"])
async def test_the_cases_of_a_handler_who_left_wait_for_another_one(
    office: Office, how: str
) -> None:
    """Nobody would see them else: whoever may pass them on has them as a task."""
    case = (await office.open()).id
    await office.do(case, "intake", f.Assigned(department="jyj", handler="zhao"))
    assert not unattended(office, "intake", case)
    put_back = leave(office, how)
    try:
        assert unattended(office, "intake", case) == ["zhao"]
        assert unattended(office, "disclosure_head", case) == ["zhao"]
        assert not unattended(office, "reviewer", case)
        if how == "department dissolved":
            stays = f.Reassigned(department="jyj", handler="zhao", reason="仍由其承办")
            assert await refused(office, case, stays) is Code.PLACE_ENDED
        other = f.Reassigned(department="ghj", handler="li", reason="原承办人调离")
        assert (await office.do(case, "intake", other)).written
        assert not unattended(office, "intake", case)
    finally:
        put_back()


def leave(office: Office, how: str) -> Callable[[], object]:
    """Take the handler out of service or out of the role, or their department away; what undoes
    it."""
    if how == "department dissolved":
        end(office.register, "xu", "qinghe", "jyj")
        return partial(restore, office.register, "xu", "qinghe", "jyj")
    of_zhao = (RoleGrant.person == "zhao") & (RoleGrant.role == "handler")

    def put(active: bool, role: str) -> None:
        with office.register.writing() as session:
            session.execute(update(User).where(User.id == "zhao").values(active=active))
            session.execute(update(RoleGrant).where(RoleGrant.id == number).values(role=role))

    with office.register.reading() as session:
        number = session.scalars(select(RoleGrant.id).where(of_zhao)).one()
    put(how != "left", "handler" if how == "left" else "reviewer")
    return lambda: put(True, "handler")


def unattended(office: Office, role: str, case: str) -> list[str | None]:
    with office.register.reading() as session:
        who = viewer_of(session, office.person[role])
        found = tasks.tasks_of(session, who)
    return [t.ref for t in found if t.case_id == case and t.kind == "reassigned"]


async def test_a_list_of_what_nobody_bears_is_an_error_that_says_what_there_is(
    engine: Engine, office: Office
) -> None:
    line = CommandLine(office.settings.data, {"YISHEN_REGISTER": office.settings.register})
    for command, option, code, there in (
        ("list", "--department", "unknown_department", "ghj"),
        ("list", "--handler", "unknown_person", "li"),
        ("list", "--organ", "unknown_organ", "qinghe"),
        ("proceedings", "--department", "unknown_department", "ghj"),
        ("annual", "--organ", "unknown_organ", "qinghe"),
        ("outcomes", "--organ", "unknown_organ", "qinghe"),
        ("ical", "--organ", "unknown_organ", "qinghe"),
    ):
        year = ("2024",) if command in ("annual", "outcomes") else ()
        no = await line(command, *year, option, "没有这个", "--json")
        assert (no.code, no.json["error"]["code"]) == (2, code)
        assert there in no.json["error"]["message"]
    named = await line("list", "--handler", "李明", "--json")
    assert {row["handler"] for row in named.done["cases"]} <= {"li"}
