"""`yishen backup`, `yishen restore`: the office of one moment, kept elsewhere and put back."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.frame import show
from cli.frame.command import Command
from cli.frame.session import settings
from cli.frame.words import say
from domain.values import OFFICE_ZONE

if TYPE_CHECKING:
    from office.backup.manifest import Manifest


def commands() -> Iterator[Command]:
    """Commands of whoever runs the installation."""
    yield Command("backup", "run", backup)
    yield Command("restore", "run", restore)


def backup(to: Annotated[Path, typer.Argument(metavar="TO")]) -> None:
    from office.backup.making import make_backup

    made = make_backup(settings(), to)
    if show.wants_json():
        more = {"seconds": round(made.seconds, 3), "lost": made.lost, "ok": not made.lost}
        show.emit({"folder": made.folder} | _plain(made.manifest) | more)
    else:
        told = _told(made.manifest) | {"seconds": f"{made.seconds:.1f}"}
        show.line(say("backup.done", folder=made.folder, **told))
        show.line(say("backup.as_of", **told))
        for file, case in made.lost.items():
            show.line(say("backup.lost", file=file, case=case))
        if made.lost:
            show.line(say("backup.do_lost"))
    if made.lost:
        raise typer.Exit(3)


def restore(source: Annotated[Path, typer.Argument(metavar="FROM")]) -> None:
    from office.backup.restoring import examined
    from office.backup.restoring import restore as put_in_place
    from office.private import claim
    from starter.engine.lock import FolderLock
    from starter.engine.paths import DataFolder
    from starter.engine.ways import configured

    own, data = configured() is None, settings().data
    claim(data)
    with FolderLock(DataFolder.at(data).lock):
        sound = examined(settings(), source)
        put_in_place(settings(), sound, own=own)
    if show.wants_json():
        show.emit({"data": data, "next": "up" if own else "rebuild"} | _plain(sound.manifest))
        return
    told = _told(sound.manifest)
    show.line(say("restore.done", data=data, **told))
    show.line(say("restore.as_of", **told))
    show.line(say("restore.next_own" if own else "restore.next_cluster"))


def _plain(manifest: "Manifest") -> dict[str, Any]:
    said = manifest.model_dump(mode="json", exclude={"files", "form"})
    return said | {"files": len(manifest.files) - 1, "bytes": manifest.size}


def _told(manifest: "Manifest") -> dict[str, object]:
    newest = manifest.newest or manifest.made_at
    return {
        "cases": manifest.cases,
        "events": manifest.events,
        "files": len(manifest.files) - 1,
        "size": f"{manifest.size / 1e6:.1f}",
        "newest": _at(newest),
        "numbers": _numbers(manifest.last_numbers),
    }


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M:%S}"


def _numbers(last: Mapping[int, int]) -> str:
    from domain.numbers import case_id

    said = [case_id(year, n, training=False) for year, n in sorted(last.items()) if n]
    return say("joiner").join(said) or "-"
