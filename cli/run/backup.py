"""`yishen backup`, `yishen restore`: the office of one moment, kept elsewhere and put back."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.frame import show
from cli.frame.asking import ask
from cli.frame.command import Command
from cli.frame.params import Yes
from cli.frame.session import settings
from cli.frame.words import say
from domain.errors import Code, InputError
from domain.numbers import case_id
from domain.values import OFFICE_ZONE
from speech.words import say as told

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
        show.line(say("backup.no_keys"))
        for file, case in made.lost.items():
            show.line(say("backup.lost", file=file, case=case))
        if made.lost:
            show.line(say("backup.do_lost"))
    if made.lost:
        raise typer.Exit(3)


def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM")],
    last_number: Annotated[
        list[str] | None, typer.Option("--last-number", metavar="YEAR=N")
    ] = None,
    yes: Yes = False,
) -> None:
    from office.backup.restoring import examined
    from office.backup.restoring import restore as put_in_place
    from office.private import claim
    from office.running.making_ready import keys_lacking
    from starter.engine.lock import FolderLock
    from starter.engine.paths import DataFolder
    from starter.engine.ways import configured

    own, data = configured() is None, settings().data
    given = dict(map(_year_and_number, last_number or ()))
    claim(data)
    with FolderLock(DataFolder.at(data).lock):
        sound = examined(settings(), source)
        doubts = tuple(sound.doubts(given))
        unasked = ask(doubts, yes=yes, show=lambda: _as_of(sound.manifest))
        put_in_place(settings(), sound, given, own=own)
    lacking = keys_lacking(settings())
    if show.wants_json():
        said = {
            "keys_lacking": lacking,
            "data": data,
            "next": "up" if own else "rebuild",
            "warnings": unasked,
        }
        show.emit(said | _plain(sound.manifest))
        return
    told = _told(sound.manifest)
    show.line(say("restore.done", data=data, **told))
    _as_of(sound.manifest)
    for year, number in given.items():
        show.line(say("restore.go_on", case=case_id(year, number + 1, training=False)))
    for doubt in doubts if unasked else ():
        show.line(say("restore.again", **doubt.values))
    if lacking:
        show.line(say("restore.keys", store=settings().keys))
    show.line(say("restore.next_own" if own else "restore.next_cluster"))


def _as_of(manifest: "Manifest") -> None:
    show.line(say("restore.as_of", **_told(manifest)))


def _year_and_number(written: str) -> tuple[int, int]:
    """`2026=57`. InputError(usage)."""
    found = re.fullmatch(r"(20\d\d)=(\d{1,6})", written.strip())
    if found is None:
        detail = say("usage.bad", option="--last-number", detail=say("usage.last_number"))
        raise InputError(Code.USAGE, detail=detail, help="yishen restore --help")
    return int(found[1]), int(found[2])


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
    said = [case_id(year, n, training=False) for year, n in sorted(last.items()) if n]
    return told("joiner").join(said) or "-"
