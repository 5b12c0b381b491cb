"""From what was submitted to the act: read in the habits of people, refused at its field."""

import itertools
from datetime import timedelta

import pytest

import texts
from domain.case import facts as f
from domain.case.act import Evidence
from domain.case.answers.prospect import Prospect
from domain.case.reading import CasePart
from domain.case.second_person import Reason
from domain.case.state import CaseState
from domain.errors import Code, InputError
from domain.statute import Party
from law.files import load_calendar
from office.acts.forms import form_of
from office.acts.forms.amending import amending
from office.acts.forms.choosing import choices
from office.acts.forms.filling import Filled, GivenFile, Submitted, fill, problem_in
from office.acts.forms.fitting import fitted
from office.acts.forms.ordering import ordered
from office.acts.prospect import prospect_from_record
from office.legal_time import legal_now
from tests.domain.case.desk import hashed
from tests.office.site import Site

TODAY = legal_now().date()
FILE = GivenFile(hashed("规划图"), "规划图.pdf")


def filled(
    name: str, given: Submitted, state: CaseState | None = None, **files: GivenFile
) -> Filled:
    form = form_of(name)
    if state is not None:
        form = fitted(form, state, TODAY)
    return fill(form, given, TODAY, {key: [file] for key, file in files.items()})


def wrong(found: Filled) -> dict[str, str]:
    return {problem.field: problem.expected for problem in found.problems}


def test_days_and_numbers_are_read_and_all_that_is_wrong_is_said_at_its_field() -> None:
    found = filled("extension_asked", {"working_days": ["２０个工作日"], "reason": [" 数量较多 "]})
    assert (found.given, found.problems) == ({"working_days": 20, "reason": "数量较多"}, ())
    found = filled("extension_asked", {"working_days": ["0"], "on": ["2099-01-01"]})
    assert wrong(found) == {"working_days": "at_least", "reason": "missing", "on": "not_after"}
    found = filled("fee_paid", {"amount": ["1,200.505"]})
    assert wrong(found) == {"amount": "two_decimals"}
    assert wrong(filled("fee_paid", {"amount": ["9" * 40]})) == {"amount": "amount"}
    far = {"received": ["9999-12-31T23:59-14:00"]}
    assert wrong(filled("registered", far))["received"] == "date_or_instant"
    found = filled("noted", {"text": ["坏\x07字"]})
    assert wrong(found) == {"text": "control_character"}
    found = filled("noted", {"text": ["长" * 4001]})
    assert wrong(found) == {"text": "string_too_long"}
    assert wrong(filled("dispatched", {"channel": ["private_courier"]})) == {"channel": "one_of"}


def test_a_field_is_needed_or_out_of_place_by_what_another_says() -> None:
    withheld = {"ref": ["a"], "decision": ["withhold"]}
    assert wrong(filled("item_reviewed", withheld)) == {"ground": "missing"}
    released = {"ref": ["a"], "decision": ["release"], "ground": ["过程性信息"]}
    assert wrong(filled("item_reviewed", released)) == {"ground": "only_with"}
    cleaned = {"ref": ["a"], "decision": ["release_deidentified"]}
    assert wrong(filled("item_reviewed", cleaned)) == {"released_file": "missing"}
    assert filled("item_reviewed", cleaned, released_file=FILE).problems == ()
    ordered_anew = {"ref": ["s1"], "form": ["judgment"], "outcome": ["annulled"]}
    ordered_anew |= {"orders_reply": ["true"]}
    assert wrong(filled("judgment_received", ordered_anew)) == {}
    in_fifteen = ordered_anew | {"within": ["15个工作日"]}  # days of which kind is not guessed
    assert wrong(filled("judgment_received", in_fifteen)) == {"within_unit": "missing"}
    said = in_fifteen | {"within_unit": ["working_day"]}
    assert wrong(filled("judgment_received", said)) == {}
    consents = {"ref": ["t1"], "answer": ["consents"], "items": ["a"]}
    assert wrong(filled("consultation_answered", consents)) == {"items": "only_with"}


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_problem_is_said_in_the_words_of_the_form(lang: str) -> None:
    found = filled("item_reviewed", {"ref": ["a"], "decision": ["release"], "ground": ["x"]})
    said = problem_in(lang, found.form, found.problems[0])
    assert texts.text(lang, "forms.label.decision") in said
    late = filled("noted", {"text": ["x"], "on": ["2099-01-01"]})
    assert TODAY.isoformat() in problem_in(lang, late.form, late.problems[0])


async def in_hand(site: Site) -> str:
    case = await site.open()
    hands = f.Assigned(department="ghj", handler="li")
    await site.do(case, "intake", hands)
    return case


async def order(
    site: Site, case: str, role: str, name: str, given: Submitted, **files: GivenFile
) -> f.OfficeFact:
    found = filled(name, given, site.look(case).state, **files)
    made = await ordered(site.desk, site.look(case).state, site.person[role], found, f"c-{name}")
    await site.send(made)
    return made.what


async def test_a_form_becomes_the_act_and_what_was_left_out_is_found(site: Site) -> None:
    case = await in_hand(site)
    added = await order(site, case, "handler", "item_added", {"title": ["规划图"]}, document=FILE)
    assert added == f.ItemAdded(ref="item-1", title="规划图", sha256=FILE.sha256)
    sent = {"party": ["third_party"], "name": ["某公司（虚构）"], "items": ["item-1"]}
    assert await order(site, case, "handler", "consultation_sent", sent) == f.ConsultationSent(
        ref="letter-1", party=Party.THIRD_PARTY, name="某公司（虚构）", items=("item-1",)
    )
    answered = await order(site, case, "handler", "consultation_answered", {"answer": ["consents"]})
    assert answered == f.ConsultationAnswered(ref="letter-1", answer=f.Answer.CONSENTS)
    fee = {"standard": ["item"], "items": ["12"], "ground": ["超量"], "how_to_pay": ["财政专户"]}
    notice = await order(site, case, "handler", "fee_notice_sent", fee)
    assert isinstance(notice, f.FeeNoticeSent)
    assert notice.amount > 0
    owed = fitted(form_of("fee_paid"), site.look(case).state, TODAY).field("amount")
    assert owed is not None
    assert owed.default == (str(notice.amount),)


async def test_what_is_wrong_is_raised_at_the_fields_of_the_form(site: Site) -> None:
    case = await in_hand(site)
    found = filled("extension_asked", {"working_days": ["x"]}, site.look(case).state)
    with pytest.raises(InputError) as no:
        await ordered(site.desk, site.look(case).state, "li", found, "c-x")
    assert no.value.code is Code.BAD_FIELD
    assert {p.field for p in no.value.problems} == {"working_days", "reason"}
    too_many = filled(
        "extension_asked", {"working_days": ["21"], "reason": ["x"]}, site.look(case).state
    )
    assert wrong(too_many) == {"working_days": "at_most"}


@pytest.mark.parametrize("shown", ["a", "a:x", ":", f"{'a' * 99}:{'0' * 64}"])
async def test_what_a_page_shows_and_hands_back_otherwise_is_refused(
    site: Site, shown: str
) -> None:
    state = site.look(await in_hand(site)).state
    with pytest.raises(InputError) as no:
        await ordered(site.desk, state, "li", filled("signed", {"items": [shown]}), "c-s")
    assert no.value.code is Code.BAD_FIELD


async def test_only_what_fits_can_be_picked(site: Site) -> None:
    case = await in_hand(site)
    for ref, title in (("a", "规划图（虚构）"), ("b", "合同（虚构）"), ("c", "合同（虚构）")):
        await site.do(case, "handler", f.ItemAdded(ref=ref, title=title))
    asked = f.ConsultationSent(ref="l", party=Party.THIRD_PARTY, name="某公司", items=("b",))
    await site.do(case, "handler", asked)
    record, actor = site.look(case), site.actor("handler")
    with site.register.reading() as session:
        hands = choices(form_of("reassigned"), record, session, actor, "zh")
        reply = choices(form_of("reply_drafted"), record, session, actor, "zh")
        letters = choices(form_of("consultation_answered"), record, session, actor, "zh")
        review = choices(form_of("item_reviewed"), record, session, actor, "zh")
        dispatch = choices(form_of("dispatched"), record, session, actor, "en")
        entries = choices(form_of("entry_annulled"), record, session, actor, "zh")
    assert {(c.value, c.label) for c in hands["handler"]} >= {
        ("li", "李明 · 自然资源和规划局"),
        ("zhao", "赵磊 · 教育局"),
    }
    assert ("ghj", "自然资源和规划局") in {(c.value, c.label) for c in hands["department"]}
    assert "granted" in {c.value for c in reply["reply_kind"]}
    assert "withdrawn" not in {c.value for c in reply["reply_kind"]}
    assert ("art 36(2)", "第36条第2项") in {(c.value, c.label) for c in reply["article"]}
    assert [c.label for c in letters["ref"]] == ["第三方：某公司"]
    assert [c.value for c in letters["items"]] == ["b"]
    named = ["规划图（虚构）", "合同（虚构） (b)", "合同（虚构） (c)"]
    assert [c.label for c in review["ref"]] == named
    assert "private_courier" not in {c.value for c in dispatch["channel"]}
    assert [c.value for c in entries["seq"]] == ["6", "5", "4", "3"]


async def test_the_reply_asks_for_what_its_kind_needs(site: Site) -> None:
    case = await in_hand(site)
    state = site.look(case).state
    partly = {"reply_kind": ["partly_granted"], "reasons": ["部分公开"]}
    assert wrong(filled("reply_drafted", partly, state)) == {"ground": "missing"}
    public = {"reply_kind": ["already_public"], "reasons": ["已公开"], "ground": ["x"]}
    assert wrong(filled("reply_drafted", public, state)) == {
        "ground": "only_with",
        "location": "missing",
    }


async def test_amending_shows_what_stands_and_tells_what_it_will_do(site: Site) -> None:
    calendar, ago = load_calendar("cn"), (TODAY - timedelta(days=n) for n in itertools.count(1))
    arrived, earlier = itertools.islice(filter(calendar.is_working_day, ago), 2)
    case = await site.open(arrived=arrived)
    with site.register.reading() as session:
        form, day = amending(session, case, 1, frozenset(CasePart))
    assert day == arrived
    shown = {field.name: field.default for field in form.asked}
    assert shown["received"] == (arrived.isoformat(),)
    assert shown["applicant"] == ("张某（虚构）",)
    given = {name: list(value) for name, value in shown.items()}
    given |= {"received": [f"{earlier.month}月{earlier.day}日"], "amend_reason": ["看错邮戳"]}
    found = fill(form, given, TODAY)
    assert found.problems == ()
    made = await ordered(site.desk, site.look(case).state, "wang", found, "c-amend")
    assert isinstance(made.what, f.EntryAmended)
    registered = made.what.what
    assert isinstance(registered, f.Registered)
    assert registered.receipt.arrived == earlier
    assert registered.applicant == f.NewApplicant(name="张某（虚构）", contact="无")
    told = await prospect_from_record(site.desk, made)
    assert told.needs is Reason.MOVES_LIMIT
    assert {move.limit for move in told.moves} >= {"reply"}
    assert site.look(case).state.seq == told.before.seq  # nothing is recorded


async def test_the_preview_needs_no_engine(site: Site) -> None:
    case = await in_hand(site)
    found = filled("correction_notice_sent", {"points": ["请写明年份"]}, site.look(case).state)
    made = await ordered(site.desk, site.look(case).state, "li", found, "c-notice")
    told: Prospect = await prospect_from_record(site.desk, made)
    assert [(m.limit, m.due is None) for m in told.moves if m.limit == "reply"] == [("reply", True)]


def test_proofs_of_all_kinds_come_along() -> None:
    given = {
        "text": ["x"],
        "evidence": ["挂号信单号 1（虚构）", "电话记录（虚构）"],
        "on": ["昨天"],
    }
    found = filled("noted", given, files=FILE)
    assert found.on == TODAY - timedelta(days=1)
    assert found.evidence == (
        Evidence(text="挂号信单号 1（虚构）"),
        Evidence(text="电话记录（虚构）"),
        Evidence(sha256=FILE.sha256, name=FILE.name),
    )
