"""`yishen keys …`: the key store shown, under another master key, copied, a copy taken back."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, settings
from cli.frame.words import say

if TYPE_CHECKING:
    from office.running.keys_kept import KeysKept


def commands() -> Iterator[Command]:
    """The four commands."""
    yield Command("show", "run", show_keys, group="keys")
    yield Command("rotate", "run", rotate_master, group="keys")
    yield Command("copy", "run", copy_keys, group="keys")
    yield Command("restore", "run", restore_keys, group="keys")


def show_keys() -> None:
    from office.running.keys_kept import kept

    _tell(kept(settings()))


def rotate_master(
    to_file: Annotated[Path | None, typer.Option("--to-file", metavar="FILE")] = None,
    to_device: Annotated[str | None, typer.Option("--to-device", metavar="URI")] = None,
    as_user: params.AsUser = None,
) -> None:
    from office.running.keys_kept import rotate

    found = rotate(settings(), acting_user(as_user), to_file, to_device)
    _tell(found, say("keys.rotated", n=found.keys, master=found.master))
    if not show.wants_json() and (to_file or to_device):
        name = "YISHEN_MASTER_KEY_FILE" if to_file else "YISHEN_MASTER_KEY_DEVICE"
        show.line(say("keys.name_it", setting=name, value=to_file or to_device))


def copy_keys(to: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    from office.running.keys_kept import copy

    found = copy(settings(), to)
    _tell(found, say("keys.copied", n=found.keys, file=to))


def restore_keys(
    copied: Annotated[Path, typer.Argument(metavar="FILE")], as_user: params.AsUser = None
) -> None:
    from office.running.keys_kept import take_back

    done = take_back(settings(), acting_user(as_user), copied)
    if show.wants_json():
        show.emit(asdict(done))
    else:
        show.line(say("keys.taken", **asdict(done)))


def _tell(found: "KeysKept", *said: str) -> None:
    if show.wants_json():
        show.emit(asdict(found))
        return
    for line in said:
        show.line(line)
    show.fields([(say(f"keys.{name}"), str(value)) for name, value in asdict(found).items()])
