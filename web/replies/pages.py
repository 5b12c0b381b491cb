"""The page of a reply that is drafted: beside the form, what the items say of its kind."""

from collections.abc import Mapping
from typing import Any

from web.acts.fields import Given
from web.acts.opened import OpenedAct
from web.acts.pages import ActPages
from web.frame.gate import Who
from web.replies.fates import fates


class ReplyPages(ActPages):
    """Of a reply that is drafted."""

    form = "replies/form.html"

    async def beside(self, who: Who, opened: OpenedAct, given: Given) -> Mapping[str, Any]:
        """All items, by the kind that is chosen."""
        return {"fates": fates(opened.record, given.one("reply_kind"))}
