"""People entered, invited, given roles and put out of service; what takes two waits for two."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from html import unescape
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import update
from starlette.applications import Starlette

from office.people.directory_file import load_office
from register.engine import Register
from register.models import Organ
from register.reads import roster
from register.reads.attempts import Looked, attempts
from register.reads.office_history import office_history
from register.reads.people import PersonLine, all_people
from register.verify import verify
from register.writes.directory import Directory, UserEntry
from register.writes.outbox import mark_failed, pending_notices
from tests.web.site import ORIGIN, Browser, desk_app, visiting
from web.admin import health

XU = "/admin/people/xu"


class AdminSite:
    """A desk of its own: what one test does to its people, no other test meets."""

    def __init__(self, app: Starlette, register: Register) -> None:
        self.app, self.register = app, register

    def visit(self, person: str) -> AbstractAsyncContextManager[Browser]:
        """That person at a browser, signed in."""
        return visiting(self.app, person)

    def person(self, name: str) -> PersonLine:
        """As the register has them."""
        with self.register.reading() as session:
            return next(one for one in all_people(session) if one.id == name)


@pytest_asyncio.fixture
async def site(tmp_path: Path) -> AsyncIterator[AdminSite]:
    async with desk_app(tmp_path / "desk") as (app, register):
        yield AdminSite(app, register)


NEW = {"id": "he", "name": "何静", "email": "he.jing@qinghe.example", "language": "zh"}


async def test_somebody_new_is_entered_given_a_role_and_invited_once(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        assert 'name="email"' in (await xu.get("/admin/enter")).text
        done = await xu.press("/admin/enter", NEW, at="/admin/enter")
        here = "/admin/people/he"
        assert done.headers["location"].startswith(here), done.text
        assert "还没有岗位" in (await xu.get(done.headers["location"])).text
        role = {"role": "handler", "place": "qinghe/jyj"}
        assert (await xu.press(f"{here}/give", role, at=here)).status_code == 303
        assert [(g.role, g.department) for g in site.person("he").grants] == [("handler", "jyj")]
        shown = await xu.press(f"{here}/invite", {}, at=here)
        link = re.search(rf"{ORIGIN}(/invite/[\w-]+)", shown.text)
        assert link is not None
        assert link[1] not in (await xu.get(here)).text
        listed = (await xu.get("/admin/people")).text
        assert "何静" in listed
        assert "邀请链接" in listed


def listed(page: str) -> list[str]:
    """The user names in a list of people."""
    return re.findall(r'<td><a href="/admin/people/([^"]+)"', page)


PEOPLE = "/admin/people"


async def test_people_are_found_by_what_is_typed_which_stands_in_no_address(
    site: AdminSite,
) -> None:
    async with site.visit("xu") as xu:
        for typed in ("李明", "明", " ＬＩ.ming ", "li.ming@"):
            found = await xu.press(PEOPLE, {"text": typed}, at=PEOPLE)
            assert (found.status_code, listed(found.text)) == (200, ["li"]), typed
            assert "找到 1 人" in found.text
        for typed in ("%", "_", "\\", "没有此人", "李" * 60000):
            found = await xu.press(PEOPLE, {"text": typed}, at=PEOPLE)
            assert (found.status_code, listed(found.text)) == (200, []), typed[:9]
            assert "没有符合条件的人员" in found.text
        picked = await xu.press(PEOPLE, {"text": " ", "role": "handler"}, at=PEOPLE)
        assert picked.headers["location"] == f"{PEOPLE}?role=handler"
    async with site.visit("wang") as wang:
        assert (await wang.press(PEOPLE, {"text": "李"})).status_code == 403


async def test_people_are_picked_by_role_and_place_of_one_grant_and_by_service(
    site: AdminSite,
) -> None:
    async with site.visit("xu") as xu:
        role = {"role": "legal", "place": "qinghe/jyj"}
        await xu.press("/admin/people/li/give", role, at="/admin/people/li")
        legal = f"{PEOPLE}?role=legal&place=qinghe/"
        assert listed((await xu.get(f"{legal}jyj")).text) == ["li", "wu"]
        assert listed((await xu.get(f"{legal}ghj")).text) == ["wu"], "who holds it in all"
        handlers = listed((await xu.get(f"{PEOPLE}?role=handler&place=qinghe/jyj")).text)
        assert handlers == ["zhao"], "li handles elsewhere"
        await xu.press("/admin/people/li/leave", {}, at="/admin/people/li")
        assert "li" not in listed((await xu.get(PEOPLE)).text)
        sought = await xu.press(PEOPLE, {"text": "李明"}, at=PEOPLE)
        assert "已停用的人员中有 1 人符合" in sought.text
        assert listed((await xu.get(f"{PEOPLE}?standing=left")).text) == ["li"]
        nonsense = await xu.get(f"{PEOPLE}?role=x&place=y&standing=z&after=")
        assert "li" not in listed(nonsense.text)
        assert "xu" in listed(nonsense.text)


async def test_many_people_come_by_pages_that_nothing_shifts(site: AdminSite) -> None:
    many = [UserEntry(id=f"p{n:03}", name=f"虚构{n}") for n in range(120)]
    with site.register.writing() as session:
        load_office(session, Directory(users=tuple(many)))
    async with site.visit("xu") as xu:
        seen, path = list[str](), f"{PEOPLE}?standing=all"
        while path:
            page = (await xu.get(path)).text
            seen += listed(page)
            further = re.search(r'<a href="(/admin/people\?[^"]*after=[^"]*)">下一页', page)
            path = unescape(further[1]) if further else ""
        assert [one for one in seen if one.startswith(("p0", "p1"))] == [one.id for one in many]
        assert len(seen) == len(set(seen))
        first = await xu.press(PEOPLE, {"text": "虚构"}, at=PEOPLE)
        assert listed(first.text) == [one.id for one in many[:50]]
        hidden = {"text": "虚构", "after": "p049"}
        assert all(f'name="{name}" value="{value}"' in first.text for name, value in hidden.items())
        second = await xu.press(PEOPLE, hidden, at=PEOPLE)
        assert listed(second.text) == [one.id for one in many[50:100]]


async def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        wrong = await xu.press("/admin/enter", NEW | {"email": "何静"}, at="/admin/enter")
        assert wrong.status_code == 422
        assert 'id="email-problem"' in wrong.text
        assert 'value="何静" class=""' in wrong.text
        here = "/admin/people/li"
        wrong = await xu.press(here, {"name": "李小明", "email": "x", "language": "zh"}, at=here)
        assert 'value="李小明"' in wrong.text
        unknown = {"role": "handler", "place": "nowhere"}
        answer = await xu.press("/admin/people/li/give", unknown, at="/admin/people/li")
        assert (answer.status_code, "nowhere" in answer.text) == (422, True)


async def test_a_role_that_decides_waits_for_a_second_person(site: AdminSite) -> None:
    async with site.visit("xu") as xu, site.visit("huang") as huang:
        asked = {"role": "reviewer", "place": "qinghe"}
        done = await xu.press("/admin/people/li/give", asked, at="/admin/people/li")
        assert done.headers["location"].endswith("done=waits")
        assert "等待第二人同意：" in (await xu.get("/admin/people/li")).text
        told = (await huang.get("/")).text
        assert "1 项人员岗位或登录的变更，等您" in told
        assert 'href="/admin/changes"' in told
        assert "reviewer" not in [g.role for g in site.person("li").grants]
        own = await xu.get("/admin/changes")
        number = re.search(r'action="/admin/changes/(\d+)"', own.text)
        assert number is not None
        path = f"/admin/changes/{number[1]}"
        assert (await xu.press(path, {"answer": "agree"}, at="/admin/changes")).status_code == 409
        assert (await huang.get("/admin")).headers["location"] == "/admin/changes"
        agreed = await huang.press(path, {"answer": "agree"}, at="/admin/changes")
        assert agreed.status_code == 303, agreed.text
        assert "reviewer" in [g.role for g in site.person("li").grants]
        assert "没有等待同意" in (await huang.get("/admin/changes")).text
        assert "等您作为第二人决定" not in (await huang.get("/")).text


async def test_who_asked_may_take_it_back(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        asked = {"role": "reviewer", "place": "qinghe"}
        await xu.press("/admin/people/li/give", asked, at="/admin/people/li")
        found = re.search(r'action="(/admin/changes/\d+)"', (await xu.get("/admin/changes")).text)
        assert found is not None
        gone = await xu.press(found[1], {"answer": "decline"}, at="/admin/changes")
        assert gone.headers["location"].endswith("done=declined")
        assert "没有等待同意" in (await xu.get("/admin/changes")).text


async def test_who_leaves_is_out_and_may_come_back_without_roles(site: AdminSite) -> None:
    async with site.visit("xu") as xu, site.visit("li") as li:
        here = "/admin/people/li"
        assert (await xu.press(f"{here}/leave", {}, at=here)).status_code == 303
        assert (await li.get("/")).headers["location"].startswith("/sign-in")
        assert "已停用" in (await xu.get(here)).text
        await xu.press(here, {"name": "李明", "language": "zh"}, at=here)
        assert (site.person("li").active, site.person("li").grants) == (True, ())


async def test_a_role_is_taken_at_once(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        here = "/admin/people/zhao"
        role = {"role": "handler", "place": "qinghe/jyj"}
        assert (await xu.press(f"{here}/take", role, at=here)).status_code == 303
        assert site.person("zhao").grants == ()
        again = await xu.press(f"{here}/take", role, at=here)
        assert again.status_code == 409


async def test_nobody_changes_their_own_rights(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        assert f"{XU}/give" not in (await xu.get(XU)).text
        role = {"role": "auditor", "place": "qinghe"}
        assert (await xu.press(f"{XU}/give", role, at=XU)).status_code == 409
        assert (await xu.press(f"{XU}/leave", {}, at=XU)).status_code == 409


async def test_only_administrators_see_people(site: AdminSite) -> None:
    async with site.visit("wang") as wang:
        for path in ("/admin/people", "/admin/people/li", "/admin/enter"):
            assert (await wang.get(path)).status_code == 403, path
        assert 'href="/admin"' not in (await wang.get("/")).text
        assert (await wang.press("/admin/people/li/leave", {})).status_code == 403
    assert site.person("li").active


async def test_what_is_broken_is_said_and_the_rest_is_well(
    site: AdminSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "lacking", lambda: None)  # whatever this machine has
    async with site.visit("xu") as xu:
        assert (await xu.get("/admin")).headers["location"] == "/admin/health"
        page = (await xu.get("/admin/health")).text
        assert "2 处需要处理" in page  # no engine runs here, hence no worker
        assert page.count("正常") == 3
    async with site.visit("wang") as wang:
        assert (await wang.get("/admin/health")).status_code == 403


async def test_a_notice_that_failed_is_named_with_why(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        asked = {"role": "reviewer", "place": "qinghe"}
        await xu.press("/admin/people/li/give", asked, at="/admin/people/li")
        with site.register.writing() as session:
            mark_failed(session, pending_notices(session, None)[0].id, "disk full")
        page = (await xu.get("/admin/health")).text
        assert "disk full" in page
        assert "未能发出的通知" in page


ENDS = ("from=0001-01-01", "to=9999-12-31")
"""Days that have none before them, or none after."""


async def test_the_log_is_read_by_those_who_may_and_says_so_itself(site: AdminSite) -> None:
    async with site.visit("sun") as sun, site.visit("wang") as wang:
        assert 'href="/admin"' in (await sun.get("/cases")).text
        assert (await wang.get("/admin/access")).status_code == 403
        refused = (await sun.get("/admin/access?person=wang&outcome=refused")).text
        assert "王芳" in refused.split("<tbody>")[1]
        assert "查看访问记录" in refused
        mine = (await sun.get("/admin/access?person=sun")).text
        assert "查看访问记录" in mine.split("<tbody>")[1]
        for odd in ("page=x", "page=99999", "case=nonsense", "from=never", *ENDS):
            assert (await sun.get(f"/admin/access?{odd}")).status_code == 200, odd


async def test_no_such_person_is_no_such_page(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        assert (await xu.get("/admin/people/nobody")).status_code == 404


async def test_what_is_done_stands_under_the_session_it_was_done_in(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        await xu.press("/admin/people/zhao/leave", {}, at="/admin/people/zhao")
    with site.register.reading() as session:
        found = attempts(session, Looked(organs=frozenset({"qinghe"}), person="xu"))
    left = next(one for one in found if one.command == "person_left")
    assert (left.detail, str(left.asked_by).startswith("desk:")) == ("zhao", True)


EDU = {"id": "qh-edu", "name": "青禾县教育局", "level": "department", "superior": "云岭市教育局"}


async def test_an_organ_is_entered_changed_and_given_departments(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        done = await xu.press("/admin/enter-organ", EDU, at="/admin/enter-organ")
        here = "/admin/organs/qh-edu"
        assert done.headers["location"].startswith(here), done.text
        unit = {"id": "jck", "name": "基础教育科", "committed_working_days": "10 个工作日"}
        assert (await xu.press(f"{here}/unit", unit, at=f"{here}/unit")).status_code == 303
        renamed = EDU | {"name": "青禾县教育和体育局", "kind": "department"}
        assert (await xu.press(here, renamed, at=here)).status_code == 303
        page = (await xu.get(here)).text
        assert "青禾县教育和体育局" in page
        assert "基础教育科" in page
        assert 'value="qh-edu/jck"' in (await xu.get("/admin/people/li")).text
    with site.register.reading() as session:
        first, *_, last = roster.organs(session)
        assert (first.id, last.id, last.profile.superior) == ("qinghe", "qh-edu", "云岭市教育局")
        assert (last.department_days, last.first_day is not None) == ({"jck": 10}, True)
        said = office_history(session)[0]
        assert (said.person, said.about, said.now) == (
            "xu",
            "organs",
            {"name": "青禾县教育和体育局", "kind": "department"},
        )
        assert said.asked_by is not None
        assert said.asked_by.startswith("desk:")
    assert verify(site.register).holds


async def test_what_is_wrong_with_an_organ_stands_at_its_field(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        for wrong, field in (
            ({"id": "教育局"}, "id"),
            ({"committed_working_days": "21"}, "committed_working_days"),
            ({"committed_working_days": "很快"}, "committed_working_days"),
            ({"name": ""}, "name"),
        ):
            path = "/admin/enter-organ"
            answer = await xu.press(path, EDU | wrong, at=path)
            assert answer.status_code == 422
            assert f'id="{field}-problem"' in answer.text, wrong
        assert (await xu.get("/admin/organs/qh-edu")).status_code == 404


async def test_a_change_of_an_organ_keeps_what_its_form_does_not_ask(site: AdminSite) -> None:
    with site.register.writing() as session:
        session.execute(update(Organ).values(sign_on_command_line=False))
    async with site.visit("xu") as xu:
        here = "/admin/organs/qinghe"
        said = {"name": "青禾县政府办", "level": "government", "kind": "government"}
        await xu.press(here, said, at=here)
    with site.register.reading() as session:
        [line] = roster.organs(session)
        assert (line.name, line.sign_on_command_line) == ("青禾县政府办", False)
        assert (line.profile.superior, len(line.departments)) == (None, 3)


async def test_only_administrators_change_organs(site: AdminSite) -> None:
    async with site.visit("huang") as head:
        for path in ("/admin/organs", "/admin/enter-organ", "/admin/organs/qinghe"):
            assert (await head.get(path)).status_code == 403
        answer = await head.press("/admin/organs/qinghe", EDU)
        assert answer.status_code == 403


async def test_whom_an_organ_lacks_stands_among_what_is_broken(site: AdminSite) -> None:
    async with site.visit("xu") as xu:
        assert "缺人" not in (await xu.get("/admin/health")).text
        await xu.press("/admin/enter-organ", EDU, at="/admin/enter-organ")
        page = (await xu.get("/admin/health")).text
        assert re.search(r"青禾县教育局</a> 没有在职的[^<]*保密审查员", page)


async def test_an_organ_that_ended_takes_nothing_new_until_it_is_put_back(site: AdminSite) -> None:
    here = "/admin/organs/qinghe"
    async with site.visit("xu") as xu, site.visit("wang") as wang:
        assert "在岗人员 11 人" in (await xu.get(here)).text
        ahead = await xu.press(f"{here}/end", {"on": "2999-01-01"}, at=here)
        assert (ahead.status_code, 'id="on-problem"' in ahead.text) == (422, True)
        assert (await wang.get("/register")).status_code == 200
        for _ in range(2):
            done = await xu.press(f"{here}/end", {"on": "今天"}, at=here)
            assert "已办理：撤销机关" in (await xu.get(done.headers["location"])).text
        closed = await wang.get("/register")
        assert (closed.status_code, "起已撤销" in closed.text) == (409, True)
        form = {"role": "legal", "place": "qinghe"}
        refused = await xu.press("/admin/people/li/give", form, at="/admin/people/li")
        assert (refused.status_code, "起已撤销" in refused.text) == (409, True)
        assert "缺人" not in (await xu.get("/admin/health")).text
        assert verify(site.register).holds
        for _ in range(2):
            await xu.press(f"{here}/restore", {}, at=here)
        assert (await wang.get("/register")).status_code == 200
        given = await xu.press("/admin/people/li/give", form, at="/admin/people/li")
        assert given.status_code == 303
    with site.register.reading() as session:
        ends = [line.now for line in office_history(session) if line.about == "organs"]
        assert [sorted(now or ()) for now in ends[:2]] == [["ended_on"], ["ended_on"]]
        assert "ended_on" not in (ends[2] or {}) or (ends[2] or {})["ended_on"] is None
    assert verify(site.register).holds


async def test_a_dissolved_department_is_offered_to_nobody(site: AdminSite) -> None:
    here, unit = "/admin/organs/qinghe", {"unit": "jyj"}
    async with site.visit("xu") as xu:
        assert "在岗人员 1 人" in (await xu.get(f"{here}/unit?id=jyj")).text
        place = 'value="qinghe/jyj"><button'  # of a role that is held, to be taken
        assert 'option value="qinghe/jyj"' in (await xu.get("/admin/people/zhao")).text
        await xu.press(f"{here}/end", unit, at=here)
        page = (await xu.get("/admin/people/zhao")).text
        assert ('option value="qinghe/jyj"' in page, place in page) == (False, True)
        assert "撤销</span>" in (await xu.get(here)).text
        await xu.press(f"{here}/restore", unit, at=here)
        assert 'option value="qinghe/jyj"' in (await xu.get("/admin/people/zhao")).text
    async with site.visit("huang") as head:
        assert (await head.press(f"{here}/end", unit)).status_code == 403
