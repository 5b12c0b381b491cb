"""The notice of remedies says where, within what time and in which order, and what is not known."""

from datetime import date

import pytest

from domain.case import facts as f
from domain.remedies.organ import OrganProfile
from domain.remedies.paths import Offer, offer
from domain.remedies.terms import OrganKind
from law.files import load_policy
from law.remedy_law import load_remedy_law
from papers.remedy_notice import notice_lines
from tests.domain.case.remedies import COUNTY


def offered(kind: str, organ: OrganProfile = COUNTY, on: date = date(2024, 3, 5)) -> Offer:
    return offer(load_remedy_law(organ), load_policy(), kind, on)


def test_a_refusal_says_reconsideration_first() -> None:
    assert notice_lines(offered("refused_internal"), "zh") == [
        "如不服本答复，应当先根据《中华人民共和国行政复议法》第二十条，自收到本答复之日起60日内"
        "向某县人民政府（虚构）申请行政复议；对复议决定不服的，可以根据《中华人民共和国行政诉讼法》"
        "第四十五条，自收到复议决定书之日起15日内向有管辖权的人民法院提起行政诉讼。",
        "根据《中华人民共和国行政复议法》第二十三条第一款第（四）项，对本答复不服的，应当先申请"
        "行政复议，对复议决定不服的，再提起行政诉讼。",
    ]


@pytest.mark.parametrize(
    ("kind", "on", "organs"),
    [
        (OrganKind.ORGANISATION, date(2024, 3, 5), "某县人民政府（虚构）"),
        (OrganKind.ORGANISATION, date(2023, 3, 6), "某县教育局（虚构）"),
        (OrganKind.OUTPOST, date(2024, 3, 5), "某县人民政府（虚构）"),
        (OrganKind.OUTPOST, date(2023, 3, 6), "某县教育局（虚构）或者某县人民政府（虚构）"),
        (
            OrganKind.DISTRICT_OUTPOST,
            date(2024, 3, 5),
            "某县人民政府（虚构）或者它所在地的人民政府（名称请向本机关询问）",
        ),
        (OrganKind.STATE_COUNCIL_OUTPOST, date(2024, 3, 5), "某县教育局（虚构）"),
    ],
)
def test_organisations_and_outposts_name_who_runs_them(
    kind: OrganKind, on: date, organs: str
) -> None:
    organ = COUNTY.changed(kind=kind, superior="某县教育局（虚构）")
    assert f"向{organs}申请行政复议" in notice_lines(offered("does_not_exist", organ, on), "zh")[0]


def test_another_reply_names_both_ways() -> None:
    said = notice_lines(offered("does_not_exist"), "en")
    assert "within 6 months of receiving it, sue in 某县人民法院（虚构）" in said[0]


@pytest.mark.parametrize("kind", ["refused_internal", "does_not_exist", "partly_granted"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_letter_names_no_last_day(kind: str, lang: str) -> None:
    """It can't know the day on which it will arrive; a shorter period told is a wrong notice."""
    said = " ".join(notice_lines(offered(kind), lang))
    assert "2024" not in said
    assert ("自收到本答复之日起60日内" if lang == "zh" else "60 days of receiving it") in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_unknown_is_said_to_be(lang: str) -> None:
    said = " ".join(notice_lines(offered("granted", OrganProfile()), lang))
    assert ("请向本机关询问" if lang == "zh" else "please ask this office") in said
    said = " ".join(notice_lines(offered("partly_granted"), lang))
    assert not any(word in said for word in ("没有明确规定", "设置", "settle", "setting"))
    assert f.Dispatched(channel=f.DispatchChannel.POST).offer is None
