"""The first answer of a case that no worker has in memory, after five hundred acts: a new worker
has to fetch and replay the history of its present run. Measured where that run is longest, just
before the case would go on in a new one."""

import json
from collections.abc import Awaitable, Callable, Iterator
from itertools import count, cycle
from statistics import median
from time import perf_counter
from uuid import uuid4

from temporalio.client import Client, WorkflowHandle

from activities.register import RegisterActivities
from bench.office import SHA, Office, alone, office
from domain.case import facts as f
from worker import build
from workflows.messages import HISTORY_LIMIT, ActAnswer, CaseView

ACTS = 500
ROUNDS = 5
MARGIN = 40
"""So many events before the end of a run the measurement begins."""

Handle = WorkflowHandle[object, object]
Order = tuple[str, f.OfficeFact, str]


def run() -> dict[str, object]:
    """Milliseconds to the first answer of a query and of an act, each by a new worker."""
    return alone(_run())


async def _run() -> dict[str, object]:
    async with office() as place:
        desk = await place.desk()
        client = await desk.client()
        activities = RegisterActivities(place.register, place.settings.mail_drop)
        case = await place.open(desk, uuid4().hex)
        handle = client.get_workflow_handle(case)
        acts = _acts(place)
        async with build(client, activities):
            done = await _until_long(place, handle, acts)
        length = (await handle.describe()).history_length

        async def ask() -> object:
            return await handle.query("view", result_type=CaseView)

        async def act() -> object:
            return await _send(place, handle, next(acts))

        queries = [await _first(client, activities, ask) for _ in range(ROUNDS)]
        updates = [await _first(client, activities, act) for _ in range(ROUNDS)]
        return {
            "acts": done,
            "runs": await _runs(client, handle),
            "history_events": length,
            "query_ms": round(median(queries), 1),
            "act_ms": round(median(updates), 1),
            "worst_ms": round(max(*queries, *updates), 1),
        }


def _acts(place: Office) -> Iterator[Order]:
    """An item on its way there and back again and again, with remarks."""
    mark = uuid4().hex
    numbers = (f"{mark}.{n}" for n in count())
    yield "wang", f.Assigned(department="ghj", handler="li"), next(numbers)
    yield "li", f.ItemAdded(ref="a", title="规划图（虚构）", sha256=SHA), next(numbers)
    again: tuple[tuple[str, f.OfficeFact], ...] = (
        ("chen", f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)),
        ("liu", f.Signed()),
        ("chen", f.Returned(reason="请补充附图", items=("a",))),
        ("li", f.ItemReplaced(ref="a", sha256=SHA)),
        ("zhou", f.Noted(text="已催办")),
    )
    for user, what in cycle(again):
        yield user, what, next(numbers)


async def _until_long(place: Office, handle: Handle, acts: Iterator[Order]) -> int:
    """Send acts until there are enough and the present run is about to end; how many."""
    for number in count(1):
        await _send(place, handle, next(acts))
        if number >= ACTS and number % 2:
            length = (await handle.describe()).history_length
            if HISTORY_LIMIT - 2 * MARGIN <= length < HISTORY_LIMIT - MARGIN:
                return number
    raise AssertionError


async def _send(place: Office, handle: Handle, order: Order) -> ActAnswer:
    act = place.act(*order)
    answer: ActAnswer = await handle.execute_update(
        "act", act, id=f"{act.command_id}:{act.digest}", result_type=ActAnswer
    )
    return answer


async def _first(
    client: Client, activities: RegisterActivities, ask: Callable[[], Awaitable[object]]
) -> float:
    """Milliseconds of the first thing asked of a worker that has just begun."""
    async with build(client, activities):
        begun = perf_counter()
        await ask()
        return (perf_counter() - begun) * 1000


async def _runs(client: Client, handle: Handle) -> int:
    """How many runs the case has had."""
    runs, run = 0, None
    while run != "":
        history = client.get_workflow_handle(handle.id, run_id=run)
        async for event in history.fetch_history_events(page_size=1):
            started = event.workflow_execution_started_event_attributes
            run = started.continued_execution_run_id
            break
        runs += 1
    return runs


if __name__ == "__main__":
    print(json.dumps(run()))
