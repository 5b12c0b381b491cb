"""A request from the counter to its number, also while the engine is away."""

from datetime import timedelta

from office.legal_time import legal_now
from speech.dates import full_day
from tests.web.site import Browser, fields_of

PATH = "/register"
SAID = {
    "channel": "in_person",
    "received": "今天",
    "applicant": "张无名（虚构）",
    "subject": "某道路规划文件（虚构）",
}


async def test_a_request_is_checked_then_registered_once_though_no_engine_runs(
    wang: Browser,
) -> None:
    form = await wang.get(PATH)
    assert form.status_code == 200, form.text
    kept = {"_command": fields_of(form)["_command"], "organ": fields_of(form)["organ"]}
    wrong = await wang.press(PATH, {**kept, "channel": "in_person", "_step": "look"}, PATH)
    assert wrong.status_code == 422
    assert "必须填写" in wrong.text

    check = await wang.press(PATH, {**kept, **SAID, "_step": "look"}, PATH)
    assert check.status_code == 200, check.text
    assert "请核对这件申请" in check.text
    assert "最迟答复" in check.text

    places = set()
    for _ in range(2):
        done = await wang.press(PATH, {**fields_of(check), "_step": "send"}, PATH)
        assert done.status_code == 303, done.text
        places.add(done.headers["location"])
    [place] = places
    page = await wang.get(place)
    assert "某道路规划文件（虚构）" in page.text


async def test_a_day_typed_in_any_habit_is_shown_as_what_it_is_taken_for(wang: Browser) -> None:
    form = await wang.get(PATH)
    kept = {"_command": fields_of(form)["_command"], "organ": fields_of(form)["organ"]}
    arrived = legal_now().date() - timedelta(days=1)
    said = {**SAID, "received": f"{arrived.month}.{arrived.day}"}
    check = await wang.press(PATH, {**kept, **said, "_step": "look"}, PATH)
    assert f"<dd><p>{full_day(arrived)}</p></dd>" in check.text


async def test_receipt_and_last_day_are_told_while_the_form_is_filled_in(wang: Browser) -> None:
    organ = fields_of(await wang.get(PATH))["organ"]
    fax = {"channel": "fax", "received": "今天", "organ": organ}
    told = await wang.press("/register/foreseen", fax, PATH)
    assert "与申请人确认之日" in told.text
    assert "第31条第3项" in told.text
    ahead = await wang.press("/register/foreseen", {**fax, "received": "明天"}, PATH)
    assert ahead.status_code == 200


async def test_a_request_that_came_before_under_the_name_is_seen_before_the_next(
    wang: Browser,
) -> None:
    form = await wang.get(PATH)
    kept = {"_command": fields_of(form)["_command"], "organ": fields_of(form)["organ"]}
    said = {**SAID, "applicant": "钱无双（虚构）", "subject": "某旧改方案（虚构）"}
    first = await wang.press(PATH, {**kept, **said, "_step": "look"}, PATH)
    assert "同名申请人" not in first.text
    done = await wang.press(PATH, {**fields_of(first), "_step": "send"}, PATH)
    again = {"_command": fields_of(await wang.get(PATH))["_command"], "organ": kept["organ"]}
    second = await wang.press(PATH, {**again, **said, "_step": "look"}, PATH)
    assert "同名申请人已有的申请" in second.text
    assert done.headers["location"].partition("?")[0] in second.text


async def test_who_is_not_of_intake_is_told_whose_it_is(visitor: Browser) -> None:
    await visitor.sign_in("chen")
    answer = await visitor.get(PATH)
    assert answer.status_code == 403
    assert "受理员" in answer.text


async def test_what_the_official_form_asks_stands_on_the_page_of_the_applicant(
    wang: Browser,
) -> None:
    form = await wang.get(PATH)
    kept = {"_command": fields_of(form)["_command"], "organ": fields_of(form)["organ"]}
    company = {
        "applicant": "云岭测绘有限公司（虚构）",
        "applicant_kind": "enterprise",
        "representative": "赵某（虚构）",
        "phone": "138 0013 8000",
    }
    check = await wang.press(PATH, {**kept, **SAID, **company, "_step": "look"}, PATH)
    assert check.status_code == 200, check.text
    done = await wang.press(PATH, {**fields_of(check), "_step": "send"}, PATH)
    place = done.headers["location"].partition("?")[0]
    shown = await wang.get(f"{place}/applicant")
    assert "商业企业" in shown.text
    for name, said in (("法定代表人或负责人", "赵某（虚构）"), ("联系电话", "138 0013 8000")):
        assert f"<dt>{name}</dt><dd>{said}</dd>" in shown.text
