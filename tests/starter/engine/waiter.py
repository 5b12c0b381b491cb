"""A workflow that waits for its signal; a module of its own keeps the sandbox's imports few."""

from temporalio import workflow


@workflow.defn
class Waiter:
    """Waits for `finish`, then returns its word."""

    def __init__(self) -> None:
        self.done = False

    @workflow.run
    async def run(self, word: str) -> str:
        await workflow.wait_condition(lambda: self.done)
        return word

    @workflow.signal
    def finish(self) -> None:
        self.done = True
