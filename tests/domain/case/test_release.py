"""No way around review: what may go out, who signs, what a reply needs."""

from datetime import date

import pytest

from domain.case import facts as f
from domain.case.decide import decide
from domain.case.people import Actor, Grant, Role
from domain.case.status import status
from domain.case.summary import Status
from domain.errors import Code, Refusal
from tests.domain.case.desk import HANDLER, ORGAN, PEOPLE, Desk, hashed, law, noon

DAY = date(2024, 9, 2)


def refusal(desk: Desk, role: Role, what: f.OfficeFact, actor: Actor | None = None) -> Refusal:
    act = desk.act(role, what)
    if actor is not None:
        act = act.model_copy(update={"actor": actor})
    with pytest.raises(Refusal) as no:
        decide(desk.state, act, noon(desk.day))
    return no.value


def desk() -> Desk:
    return Desk.open(DAY).assign()


POST = f.Dispatched(channel=f.DispatchChannel.POST)


def test_a_plain_case_goes_from_the_counter_to_its_end_in_ten_acts() -> None:
    case = desk().add().review().sign().draft().approve().dispatch().do(Role.HANDLER, f.Delivered())
    assert status(case.state) is Status.CLOSED
    assert case.state.seq == 10
    assert case.state.dispatch is not None
    assert case.state.dispatch.in_time
    assert case.state.deadlines == ()
    assert case.refolded() == case.state


def test_the_reviewer_is_not_who_added_the_item() -> None:
    case = desk().add()
    both = Actor(
        person=HANDLER,
        grants=tuple(Grant(role=r, organ=ORGAN) for r in (Role.HANDLER, Role.REVIEWER)),
    )
    what = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)
    no = refusal(case, Role.REVIEWER, what, both)
    assert no.code is Code.FOUR_EYES
    assert no.article


def test_the_two_signatures_come_in_order() -> None:
    case = desk().add().review()
    assert refusal(case, Role.PRINCIPAL_LEADER, f.Signed()).code is Code.SIGNATURE_OUT_OF_ORDER


def test_the_two_signatures_come_from_two_people() -> None:
    both = Actor(
        person="leader",
        grants=tuple(
            Grant(role=r, organ=ORGAN) for r in (Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER)
        ),
    )
    case = desk().add().review()
    case.take(case.act(Role.LEADER_IN_CHARGE, f.Signed()).model_copy(update={"actor": both}))
    assert refusal(case, Role.PRINCIPAL_LEADER, f.Signed(), both).code is Code.FOUR_EYES


@pytest.mark.parametrize("did", [Role.HANDLER, Role.REVIEWER])
def test_whoever_drafted_or_reviewed_an_item_can_not_sign_it(did: Role) -> None:
    case = desk().add().review()
    signer = PEOPLE[did].model_copy(
        update={"grants": (Grant(role=Role.LEADER_IN_CHARGE, organ=ORGAN),)}
    )
    assert refusal(case, Role.LEADER_IN_CHARGE, f.Signed(), signer).code is Code.FOUR_EYES


def test_a_signature_needs_every_item_reviewed() -> None:
    case = desk().add("a").add("b").review("a")
    assert refusal(case, Role.LEADER_IN_CHARGE, f.Signed()).code is Code.NOT_REVIEWED


def test_a_signature_on_other_versions_than_those_standing_is_refused() -> None:
    case = desk().add().review()
    seen = f.Signed(items=(f.ItemHash(ref="a", sha256=hashed("old")),))
    assert refusal(case, Role.LEADER_IN_CHARGE, seen).code is Code.CHANGED_MEANWHILE


def test_a_changed_item_voids_review_signatures_and_approval() -> None:
    case = desk().add().review().sign().draft().approve()
    case.do(Role.HANDLER, f.ItemReplaced(ref="a", sha256=hashed("second version")))
    assert case.state.signatures == ()
    assert status(case.state) is Status.IN_APPROVAL
    assert refusal(case, Role.HANDLER, POST).code is Code.NOT_IN_THIS_STATE
    assert refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved()).code is Code.NOT_REVIEWED
    case.review().sign().approve().dispatch()
    assert case.state.released[0].sha256 == hashed("second version")


def test_nothing_is_approved_before_both_signatures() -> None:
    case = desk().add().review().do(Role.LEADER_IN_CHARGE, f.Signed()).draft()
    assert refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved()).code is Code.NOT_SIGNED


def test_the_drafter_of_a_reply_does_not_approve_it() -> None:
    case = desk().add().review().sign().draft()
    head = PEOPLE[Role.DISCLOSURE_HEAD].model_copy(update={"person": HANDLER})
    assert refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved(), head).code is Code.FOUR_EYES


def test_partial_disclosure_needs_both_parts() -> None:
    case = desk().add("a").review("a").sign().draft("partly_granted", ground="过程性信息")
    no = refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved())
    assert no.code is Code.REPLY_NEEDS_WITHHELD
    assert no.article
    case.add("b").review("b", f.Decision.WITHHOLD).sign().approve().dispatch()
    assert [h.ref for h in case.state.released] == ["a"]


def test_granting_while_an_item_is_withheld_is_refused() -> None:
    """Already at the draft where the item is reviewed by then, else at the approval."""
    case = desk().add("a").add("b").review("a").review("b", f.Decision.WITHHOLD).sign()
    granted = f.ReplyDrafted(reply_kind="granted", reasons="予以公开")
    assert refusal(case, Role.HANDLER, granted).code is Code.REPLY_WITHHOLDS_TOO
    early = desk().add("a").add("b").draft()
    early.review("a").review("b", f.Decision.WITHHOLD).sign()
    no = refusal(early, Role.DISCLOSURE_HEAD, f.ReplyApproved())
    assert no.code is Code.REPLY_WITHHOLDS_TOO


AGAINST_ITEMS = (
    Code.NOT_REVIEWED,
    Code.REPLY_NEEDS_RELEASE,
    Code.REPLY_NEEDS_WITHHELD,
    Code.REPLY_RELEASES_TOO,
    Code.REPLY_WITHHOLDS_TOO,
)
DISPATCHABLE = {code: kind for code, kind in law().statute.replies.items() if kind.dispatchable}


@pytest.mark.parametrize("code", DISPATCHABLE)
@pytest.mark.parametrize(
    "decisions", [(), (None,), ("release",), ("withhold",), ("release", "withhold")]
)
def test_no_reply_is_approved_against_its_items(
    code: str, decisions: tuple[str | None, ...]
) -> None:
    """Drafted first, reviewed after: the approval sees every item decided, and only what the kind
    gives goes out. None: an item that nobody reviewed."""
    kind = DISPATCHABLE[code]
    fields = dict.fromkeys(kind.needs_fields, "如实填写")
    case = desk().draft(code, **fields)
    for n, decision in enumerate(decisions):
        case.add(f"i{n}")
        if decision is not None:
            case.review(f"i{n}", f.Decision(decision))
    released, withheld = "release" in decisions, "withhold" in decisions
    if released and None not in decisions:
        case.sign()
    fits = (
        None not in decisions
        and (kind.needs_release or kind.may_release or not released)
        and (released or not kind.needs_release)
        and (withheld or not kind.needs_withheld)
        and not (withheld and kind.needs_release and not kind.needs_withheld)
    )
    if fits:
        case.approve().dispatch()
        assert status(case.state) is Status.DISPATCHED
    else:
        assert refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved()).code in AGAINST_ITEMS


def test_another_title_keeps_the_file() -> None:
    case = desk().add()
    case.do(Role.HANDLER, f.ItemReplaced(ref="a", title="规划图（2023）"))
    item = case.state.item("a")
    assert item is not None
    assert (item.title, item.sha256) == ("规划图（2023）", hashed("a"))
    nothing = f.ItemReplaced(ref="a")
    assert refusal(case, Role.HANDLER, nothing).code is Code.REPLACES_NOTHING


def test_a_letter_without_items_asks_about_those_there_are() -> None:
    case = desk().add("a").consult()
    letter = case.state.consultation("t1")
    assert letter is not None
    assert letter.items == ("a",)
    case.add("b").review("b")
    what = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)
    assert refusal(case, Role.REVIEWER, what).code is Code.THIRD_PARTY_BLOCKS


def test_a_letter_before_there_are_items_asks_about_the_request_as_a_whole() -> None:
    case = desk().consult().add("a")
    what = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)
    assert refusal(case, Role.REVIEWER, what).code is Code.THIRD_PARTY_BLOCKS


def test_an_objection_to_some_items_leaves_the_others_free() -> None:
    case = desk().add("a").add("b").consult().add("c")
    some = f.ConsultationAnswered(
        ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密", items=("b",)
    )
    other = some.model_copy(update={"items": ("c",)})
    assert refusal(case, Role.HANDLER, other).code is Code.NOT_ASKED_ABOUT
    consents = some.model_copy(update={"answer": f.Answer.CONSENTS})
    assert refusal(case, Role.HANDLER, consents).code is Code.ITEMS_ONLY_OBJECTED
    case.do(Role.HANDLER, some).review("a").review("c")
    what = f.ItemReviewed(ref="b", decision=f.Decision.RELEASE)
    assert refusal(case, Role.REVIEWER, what).code is Code.THIRD_PARTY_BLOCKS
    case.review("b", f.Decision.WITHHOLD).sign()
    case.draft("partly_granted", ground="商业秘密").approve().dispatch()
    assert [h.ref for h in case.state.released] == ["a", "c"]
    assert case.refolded() == case.state


def test_a_refusal_needs_its_ground_reviewed_and_no_signature() -> None:
    case = desk()
    bare = f.ReplyDrafted(reply_kind="refused_internal", reasons="内部事务信息")
    assert refusal(case, Role.HANDLER, bare).code is Code.REPLY_FIELD_MISSING
    case.draft("refused_internal", ground="内部事务信息")
    no = refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved())
    assert no.code is Code.REPLY_NEEDS_WITHHELD
    case.do(Role.HANDLER, f.ItemAdded(ref="x", title="内部会议记录（描述）"))
    case.review("x", f.Decision.WITHHOLD).approve().dispatch()
    assert status(case.state) is Status.DISPATCHED


def test_a_description_can_not_be_released() -> None:
    case = desk().do(Role.HANDLER, f.ItemAdded(ref="x", title="内部会议记录（描述）"))
    what = f.ItemReviewed(ref="x", decision=f.Decision.RELEASE)
    assert refusal(case, Role.REVIEWER, what).code is Code.NOTHING_TO_RELEASE


def test_deidentified_release_goes_out_as_its_own_version() -> None:
    case = desk().add()
    bare = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE_DEIDENTIFIED)
    assert refusal(case, Role.REVIEWER, bare).code is Code.DEIDENTIFIED_VERSION_MISSING
    done = bare.model_copy(update={"released_sha256": hashed("a without names")})
    case.do(Role.REVIEWER, done)
    assert case.state.released[0].sha256 == hashed("a without names")


def test_a_search_without_result_names_where_and_by_whom() -> None:
    case = desk()
    bare = f.ReplyDrafted(reply_kind="does_not_exist", reasons="未制作")
    assert refusal(case, Role.HANDLER, bare).code is Code.REPLY_FIELD_MISSING
    case.draft("does_not_exist", search_record="档案室，由张某检索（虚构）").approve().dispatch()


def test_a_private_courier_may_not_carry_the_reply() -> None:
    case = desk().add().review().sign().draft().approve()
    courier = f.Dispatched(channel=f.DispatchChannel.PRIVATE_COURIER)
    no = refusal(case, Role.HANDLER, courier)
    assert no.code is Code.PRIVATE_COURIER
    assert no.article


def test_an_item_whose_third_party_may_still_answer_is_not_released() -> None:
    case = desk().add().consult()
    what = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)
    assert refusal(case, Role.REVIEWER, what).code is Code.THIRD_PARTY_BLOCKS
    case.do(Role.HANDLER, f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)).review()


def test_an_objection_after_the_review_stops_signature_and_dispatch() -> None:
    case = desk().add().review().sign().draft().approve()
    case.do(Role.DISCLOSURE_HEAD, f.ReplyReturned(reason="漏了第三方"))
    case.consult().do(
        Role.HANDLER,
        f.ConsultationAnswered(ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密"),
    )
    case.draft()
    assert refusal(case, Role.DISCLOSURE_HEAD, f.ReplyApproved()).code is Code.THIRD_PARTY_BLOCKS


def test_a_major_public_interest_overrides_an_objection_with_written_reasons() -> None:
    case = desk().add().consult()
    case.do(
        Role.HANDLER,
        f.ConsultationAnswered(ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密"),
    )
    what = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE, public_interest="饮用水安全")
    case.do(Role.REVIEWER, what).sign().draft().approve().dispatch()
    assert status(case.state) is Status.DISPATCHED


def test_a_leader_returns_an_item_with_a_reason_and_the_work_begins_anew() -> None:
    case = desk().add().review().do(Role.LEADER_IN_CHARGE, f.Signed())
    case.do(Role.PRINCIPAL_LEADER, f.Returned(reason="第3页有电话号码"))
    assert case.state.signatures == ()
    item = case.state.item("a")
    assert item is not None
    assert (item.review, item.returned) == (None, "第3页有电话号码")
    case.do(Role.HANDLER, f.ItemReplaced(ref="a", sha256=hashed("masked"))).review().sign()
