"""The reply: drafted, approved or returned, dispatched, delivered (arts 36-40)."""

from enum import StrEnum
from typing import Literal

from domain.case.facts.common import Label, Text
from domain.remedies.paths import Offer
from domain.remedies.terms import NoticeOfRemedy
from domain.values import Value


class DispatchChannel(StrEnum):
    """How a reply leaves. A private courier may not carry official letters (Postal Law art 55)."""

    HANDED_OVER = "handed_over"
    POST = "post"
    EMAIL = "email"
    WEB = "web"
    FAX = "fax"
    PRIVATE_COURIER = "private_courier"


class ReplyDrafted(Value):
    """The reply as the handler proposes it. Which further fields a kind needs stands in the
    statute's data. `article` None: the kind's own article."""

    kind: Literal["reply_drafted"] = "reply_drafted"
    reply_kind: Label
    reasons: Text
    article: Label | None = None
    ground: Text | None = None
    location: Text | None = None
    search_record: Text | None = None
    right_agency: Text | None = None


class ReplyApproved(Value):
    """The head of the disclosure office approves the draft."""

    kind: Literal["reply_approved"] = "reply_approved"


class ReplyReturned(Value):
    """The head of the disclosure office sends the draft back."""

    kind: Literal["reply_returned"] = "reply_returned"
    reason: Text


class Dispatched(Value):
    """The reply leaves; its day decides whether it was in time (`in_time`, worked out by the
    clock when the act is decided). `remedy_notice`: what it says about remedies; `offer` what it
    has to say, worked out too."""

    kind: Literal["dispatched"] = "dispatched"
    channel: DispatchChannel
    remedy_notice: NoticeOfRemedy = NoticeOfRemedy.GIVEN
    in_time: bool | None = None
    offer: Offer | None = None


class Delivered(Value):
    """Delivery is on record: the case closes."""

    kind: Literal["delivered"] = "delivered"


ByOffice = ReplyDrafted | ReplyApproved | ReplyReturned | Dispatched | Delivered
