"""CalendarWatch: looks at 09:00 of the working days whether a year's notice is missing.

One run for the installation, started by every worker under one id.
"""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.activity_names import WATCH_CALENDAR

WATCH_ID = "calendar-watch"
LOOKS_PER_RUN = 30


@workflow.defn(name="CalendarWatch")
class CalendarWatch:
    """Looks, then sleeps until the next working day, or the next 15 October."""

    @workflow.run
    async def run(self) -> None:
        """Never ends by itself."""
        for _ in range(LOOKS_PER_RUN):
            wake: datetime = await workflow.execute_activity(
                WATCH_CALENDAR,
                workflow.now(),
                result_type=datetime,
                start_to_close_timeout=timedelta(seconds=60),
                retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=5)),
            )
            await workflow.sleep(max(wake - workflow.now(), timedelta(seconds=1)))
        workflow.continue_as_new()
