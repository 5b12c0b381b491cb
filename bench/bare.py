"""The obvious alternative to a case: a workflow that only takes updates and runs an activity
that does nothing for each. No rules, no register, no clock, no search attributes."""

from datetime import timedelta

from temporalio import activity, workflow

QUEUE = "bench-bare"


@activity.defn
def nothing(seq: int) -> None:
    """Stands for one write."""


@workflow.defn
class Bare:
    """Runs until it has seen as many updates as it was told to."""

    @workflow.init
    def __init__(self, updates: int) -> None:
        self._left = updates

    @workflow.run
    async def run(self, updates: int) -> None:
        """One activity for the start, one for each update, then the end."""
        await _write(0)
        await workflow.wait_condition(lambda: self._left == 0 and workflow.all_handlers_finished())

    @workflow.update
    async def act(self, text: str) -> int:
        """Answered when its activity is done."""
        await _write(self._left)
        self._left -= 1
        return self._left


async def _write(seq: int) -> None:
    await workflow.execute_activity(nothing, seq, start_to_close_timeout=timedelta(seconds=30))
