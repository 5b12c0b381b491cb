"""What runs and inspects the installation: up, worker, demo, doctor, due."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from cli.case.trouble import as_json, print_troubles
from cli.frame import show
from cli.frame.command import Command
from cli.frame.session import settings
from cli.frame.words import say
from cli.office.staffing import said_of
from cli.run.progress import engine_text
from cli.run.rebuilding import rebuild_cases
from cli.run.services import up, worker
from domain.errors import Code, InputError, YishenError
from speech.refusals import message
from speech.words import spoken
from texts.sentences import in_the_way

if TYPE_CHECKING:
    from office.people.staffing import Staffing
    from register.reads.troubles import TroubleLine
    from starter.engine.doctor import Diagnosis, Entrance, FolderState, Reachability


def commands() -> Iterator[Command]:
    """Commands of whoever runs the installation."""
    yield Command("up", "run", up)
    yield Command("worker", "run", worker)
    yield Command("demo", "run", demo)
    yield Command("doctor", "run", doctor)
    yield Command("prepare", "run", prepare_engine, "engine")
    yield Command("rebuild", "run", rebuild_cases, "engine")
    yield Command("due", "look", due)


def demo() -> None:
    from cli.demo import run

    code = run()
    if code:
        raise typer.Exit(code)


def due() -> None:
    # `starter.__main__` takes this command before typer is loaded; it stands here for the help.
    raise InputError(Code.USAGE, detail="yishen due", help="yishen due --help")


def prepare_engine() -> None:
    from starter.engine.prepare import prepare

    done = asyncio.run(prepare())
    if show.wants_json():
        show.emit(asdict(done))
        return
    key = "made" if done.made else "there"
    where = {"namespace": done.namespace, "address": done.address}
    show.line(say(f"engine_prepare.{key}", **where))
    if done.added:
        show.line(say("engine_prepare.added", names=", ".join(done.added)))
    else:
        show.line(say("engine_prepare.none_added"))


def doctor() -> None:
    from office.people.staffing import Staffing, staffing
    from office.showing.walls import lacking
    from starter.engine.doctor import diagnose
    from starter.replaced import replaced

    found = diagnose(settings(), register=_register)
    served = found.engine.ok and asyncio.run(_served())
    keys, unshown = _keys(), lacking()
    old = replaced(settings().data)
    sound = found.register is not None and found.register.ok
    staff = staffing(settings()) if sound else Staffing()
    folder = found.folder
    healthy = (
        served
        and not old
        and found.register is not None
        and found.register.ok
        and keys.ok
        and folder.enough_space
        and not folder.readable_by_others
        and not staff.gaps
    )
    stuck = _stuck() if sound else []
    if show.wants_json():
        more = {
            "keys": asdict(keys),
            "unshown": unshown,
            "replaced": old,
            **asdict(staff),
            "troubles": as_json(stuck),
        }
        show.emit({"ok": healthy and not stuck, **asdict(found), "worker": served, **more})
    else:
        worker = _worker(served, old)
        _print_diagnosis(found, worker, staff, keys, unshown)
        show.line()
        all_but = healthy and stuck
        show.line(say("doctor.do_troubles") if all_but else _advice(found, worker, staff, keys))
        print_troubles(stuck)
    if stuck and healthy:
        raise typer.Exit(1)
    if not healthy:
        raise typer.Exit(3)


async def _served() -> bool:
    from office.running.workers import worker_answers
    from starter.engine.client import connect

    return await worker_answers(await connect(settings()))


def _stuck() -> "list[TroubleLine]":
    from cli.lists.commands import reading
    from register.reads.troubles import troubles

    with reading() as session:
        return troubles(session)


def _register() -> "Reachability":
    from office.register_state import RegisterIs, register_state
    from starter.engine.doctor import Reachability

    state = register_state(settings())
    match state.found:
        case RegisterIs.MISSING:
            return Reachability(ok=False, detail=say("doctor.no_register"))
        case RegisterIs.BROKEN:
            return Reachability(ok=False, detail=state.detail, error=state.error)
        case RegisterIs.OLD:
            words = say("doctor.old_register", found=state.revision, newest=state.detail)
            return Reachability(ok=False, detail=words)
        case RegisterIs.WELL:
            return Reachability(ok=True, detail=state.revision)


def _keys() -> "Reachability":
    """The key store, and whether it opens by the master key."""
    from office.running.keys_kept import kept
    from starter.engine.doctor import Reachability

    try:
        return Reachability(ok=True, detail=say("doctor.keys_there", **asdict(kept(settings()))))
    except YishenError as error:
        return Reachability(ok=False, detail=message(error), error=error.code)


def _worker(served: bool, old: bool) -> str:
    """Key of what is said of the worker."""
    if not served:
        return "none"
    return "old" if old else "there"


def _print_diagnosis(
    found: "Diagnosis", worker: str, staff: "Staffing", keys: "Reachability", unshown: str | None
) -> None:
    rows = [
        [
            engine_text(f"way.{way.way}"),
            engine_text(f"state.{way.state}"),
            engine_text(f"missing.{way.why}", detail=way.detail) if way.why else way.detail,
        ]
        for way in found.ways
    ]
    show.table([say(f"column.{c}") for c in ("way", "state", "detail")], rows)
    show.line()
    folder = found.folder
    state = say("doctor.folder_ok" if folder.writable else "doctor.folder_closed")
    pairs = [
        (say("doctor.folder"), f"{folder.path} {state}"),
        (say("doctor.space"), _space(folder)),
        (say("doctor.private"), _private(folder)),
        (say("doctor.engine"), _reach(found.engine)),
        *_entrance(found.entrance),
        (say("doctor.worker"), say(f"doctor.worker_{worker}")),
    ]
    if found.register is not None:
        pairs.append((say("doctor.register"), _reach(found.register)))
    pairs.append((say("doctor.keys"), _reach(keys)))
    pairs.append((say("doctor.showing"), _showing(unshown)))
    if found.register is not None and found.register.ok:
        said = said_of(staff) or [say("doctor.office_well")]
        pairs += [(say("doctor.office"), line) for line in said]
    pairs += list(found.versions.items())
    show.fields(pairs)


def _reach(reach: "Reachability") -> str:
    if reach.ok:
        return say("doctor.answers", detail=reach.detail)
    said = in_the_way(spoken(), reach.detail)
    return say("doctor.silent", detail=" ".join(filter(None, (reach.error, said))))


def _showing(lacking: str | None) -> str:
    from office.showing.walls import PACKAGE

    if lacking is None:
        return say("doctor.showing_well")
    return say("doctor.showing_not", detail=lacking, package=PACKAGE)


def _entrance(found: "Entrance | None") -> list[tuple[str, str]]:
    if found is None:
        return []
    return [(say("doctor.entrance"), say(f"doctor.entrance_{found.state}", until=found.until))]


def _space(folder: "FolderState") -> str:
    key = "space_enough" if folder.enough_space else "space_short"
    return say(f"doctor.{key}", megabytes=folder.free_bytes >> 20)


def _private(folder: "FolderState") -> str:
    if not folder.readable_by_others:
        return say("doctor.private_ok")
    return say("doctor.private_open", names=", ".join(folder.readable_by_others))


def _advice(found: "Diagnosis", worker: str, staff: "Staffing", keys: "Reachability") -> str:
    """What to do next: the first thing that stands in the way."""
    register, folder = found.register, found.folder
    if not folder.enough_space:
        return say("doctor.do_space", folder=folder.path)
    if folder.readable_by_others:
        return say("doctor.do_private", folder=folder.path)
    if register is None or register.error is Code.REGISTER_DAMAGED:
        return say("doctor.do_restore")
    if not register.ok:
        return say("doctor.do_init" if register.error is None else "doctor.do_register")
    if not keys.ok:
        return say("doctor.do_keys")
    if staff.gaps:
        return say("doctor.do_office")
    return say({"there": "doctor.all_well", "old": "doctor.do_restart"}.get(worker, "doctor.do_up"))
