"""What was never entered can be entered later, as of its day, though it can't be done any more."""

import re
from datetime import timedelta

from domain.case.answers.late_acts import acts_entered_late
from office.cases.seen import seen_case
from register.reads import roster
from register.reads.visible import viewer_of
from tests.web.county import CountySite
from tests.web.site import Browser, fields_of

PLAN = "waits for the correction"


async def test_what_can_be_done_no_more_is_entered_with_a_day_of_then(county: CountySite) -> None:
    case, person = county.cases[PLAN], county.handler(PLAN)
    with county.register.reading() as session:
        record = seen_case(session, viewer_of(session, person), case)
        late = acts_entered_late(record.state, roster.actor(session, person), record.now)
    act = next(one for one in late if one.kind == "extension_asked")
    path = f"/cases/{case}/acts/{act.kind}"
    async with county.visit(person) as handler:
        assert f'href="/cases/{case}/late"' in (await handler.get(f"/cases/{case}")).text
        listed = await handler.get(f"/cases/{case}/late")
        assert set(re.findall(r"/acts/(\w+)", listed.text)) == {one.kind for one in late}

        filled = {"working_days": "10", "reason": "材料较多（虚构）"}
        no_day = await look(handler, path, filled)
        assert no_day.count("必须填写") == 2  # in the summary and at the field
        too_late = await look(handler, path, {**filled, "on": f"{record.today}"})
        assert "请核对" not in too_late
        day = act.last if act.last < record.today else act.last - timedelta(days=1)
        check = await look(handler, path, {**filled, "on": f"{day}"})
        assert "请核对" in check


async def look(handler: Browser, path: str, filled: dict[str, str]) -> str:
    form = await handler.get(path)
    return (await handler.press(path, {**fields_of(form), **filled, "_step": "look"}, path)).text


async def test_who_only_looks_has_nothing_to_enter(county: CountySite) -> None:
    case = county.cases[PLAN]
    async with county.visit("an.tao") as supervisor:
        page = (await supervisor.get(f"/cases/{case}/late")).text
        assert "/acts/" not in page
        answer = await supervisor.get(f"/cases/{case}/acts/extension_asked")
        assert answer.status_code == 409
