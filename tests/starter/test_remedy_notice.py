"""The notice of remedies says where, until when and in which order, and admits what is unknown."""

from datetime import date

import pytest

from domain.case import facts as f
from domain.remedies.law import OrganProfile
from domain.remedies.paths import Offer, offer
from law.files import load_calendar, load_policy
from law.remedy_law import load_remedy_law
from papers.remedy_notice import notice_lines
from tests.domain.case.remedies import COUNTY


def offered(kind: str, organ: OrganProfile = COUNTY, on: date = date(2024, 3, 5)) -> Offer:
    return offer(load_remedy_law(organ), load_policy(), load_calendar("cn"), kind, on)


def test_a_refusal_says_reconsideration_first() -> None:
    assert notice_lines(offered("refused_internal"), "zh") == [
        "如不服本答复，应当先根据《中华人民共和国行政复议法》第二十条，自收到本答复之日起60日内"
        "向某县人民政府（虚构）申请行政复议；对复议决定不服的，可以根据《中华人民共和国行政诉讼法》"
        "第四十五条，自收到复议决定书之日起15日内向某县人民法院（虚构）提起行政诉讼。",
        "根据《中华人民共和国行政复议法》第二十三条第一款第（四）项，对本答复不服的，应当先申请"
        "行政复议，对复议决定不服的，再提起行政诉讼。",
        "按答复发出之日计算，申请复议的最后一日为2024年5月6日；以实际收到本答复之日为准。",
    ]


def test_another_reply_names_both_ways() -> None:
    said = notice_lines(offered("does_not_exist"), "en")
    assert "within 6 months of receiving it, sue in 某县人民法院（虚构）" in said[0]
    assert said[-1].startswith("Counted from the day of dispatch, the last day to sue is 2024-9-5")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_unknown_is_said_to_be(lang: str) -> None:
    said = " ".join(notice_lines(offered("granted", OrganProfile()), lang))
    assert ("请向本机关询问" if lang == "zh" else "please ask this office") in said
    said = " ".join(notice_lines(offered("partly_granted"), lang))
    assert not any(word in said for word in ("没有明确规定", "设置", "settle", "setting"))
    assert f.Dispatched(channel=f.DispatchChannel.POST).offer is None
