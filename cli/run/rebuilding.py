"""`yishen engine rebuild`: every living case on the engine again, from the record."""

import asyncio
from dataclasses import asdict
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

import typer

from cli.frame import show
from cli.frame.session import settings
from cli.frame.words import say
from domain.values import OFFICE_ZONE
from speech.refusals import message
from speech.words import term

if TYPE_CHECKING:
    from office.running.rebuilding import Rebuilt

TELL_SECONDS = 2.0


def rebuild_cases() -> None:
    done = asyncio.run(_rebuild())
    if done is None:
        return
    if show.wants_json():
        show.emit(_plain(done) | {"ok": not done.unknown})
    else:
        _print(done)
    if done.unknown:
        raise typer.Exit(3)


async def _rebuild() -> "Rebuilt | None":
    """None: the engine of this data folder doesn't run; the register is driven from here now, and
    `yishen up` does the rest."""
    from office.desk import Desk, open_desk
    from office.running.fence import keep_in_engine, take_over
    from office.running.rebuilding import rebuild
    from starter.engine.client import connect
    from starter.engine.record import find_running
    from starter.engine.ways import configured

    told = monotonic()

    def tell(so_far: "Rebuilt") -> None:
        nonlocal told
        if monotonic() - told > TELL_SECONDS:
            told = monotonic()
            show.note(say("engine_rebuild.so_far", n=len(so_far.became), cases=so_far.cases))

    own, data = configured() is None, settings().data
    async with open_desk(settings(), connect) as desk:
        if own and find_running(data) is None:
            await take_over(desk.register, None, data, own=True)
            _tell_taken(desk.register.name)
            return None
        # What runs on this data folder has entered by itself, or doesn't run.
        client = await (desk.client() if own else connect(settings()))
        taken = None if own else await take_over(desk.register, client, data, own=False)
        done = await rebuild(Desk(settings(), desk.register, client), tell)
        if taken is not None and not done.unknown:
            await keep_in_engine(client, taken)
        return done


def _tell_taken(register: str) -> None:
    where = {"register": register, "data": settings().data}
    if show.wants_json():
        show.emit({"taken": True, **where})
    else:
        show.line(say("engine_rebuild.taken", **where))


def _counts(done: "Rebuilt") -> dict[str, int]:
    from office.running.rebuilding import Became

    return {became.value: done.count(became) for became in Became}


def _plain(done: "Rebuilt") -> dict[str, object]:
    return {
        "cases": done.cases,
        **_counts(done),
        "not_on_record": [asdict(act) for act in done.lost],
        "not_registered": done.strangers,
        "trouble": {case: error.code for case, error in done.unknown.items()},
    }


def _print(done: "Rebuilt") -> None:
    show.line(say("engine_rebuild.done", cases=done.cases, **_counts(done)))
    for act in done.lost:
        at = datetime.fromisoformat(act.at).astimezone(OFFICE_ZONE)
        values = asdict(act) | {"act": term("kind", act.kind), "at": f"{at:%Y-%m-%d %H:%M}"}
        show.line(say("engine_rebuild.lost", **values))
    if done.lost:
        show.line(say("engine_rebuild.do_lost"))
    for case in done.strangers:
        show.line(say("engine_rebuild.stranger", case=case))
    for error in done.unknown.values():
        show.line(message(error))
    if done.unknown:
        show.line(say("engine_rebuild.again"))
