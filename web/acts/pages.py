"""How the pages of an act are made: from its form alone, unless it has pages of its own."""

from collections.abc import Mapping
from typing import Any

from web.acts.fields import Given
from web.acts.opened import OpenedAct
from web.frame.gate import Who


class ActPages:
    """Of an act whose form is all there is to see."""

    form = "acts/form.html"
    check = "acts/check.html"

    def first(self, opened: OpenedAct, about: str) -> Given:
        """What stands in the form before anybody has touched it; `about`: what the address says
        that it is about."""
        del about
        return Given.first(opened.form, opened.picks)

    def shown(self, opened: OpenedAct, given: Given) -> Given:
        """What stands in the form as it is shown now."""
        del opened
        return given

    def draft(self, opened: OpenedAct, given: Given) -> str:
        """By what the draft of the form is found again."""
        del given
        amends = opened.form.amends if opened.form else None
        return opened.act.kind if amends is None else f"{opened.act.kind}:{amends}"

    async def beside(self, who: Who, opened: OpenedAct, given: Given) -> Mapping[str, Any]:
        """What its templates show beside the form."""
        del who, opened, given
        return {}

    async def onward(self, who: Who, opened: OpenedAct, given: Given, seq: int) -> str:
        """Where one goes once it is recorded as entry `seq`."""
        del who, given
        return f"/cases/{opened.record.state.id}?done={seq}"
