"""A backup of the office while it works: the register as of one moment, and every kept file.

Not the engine's database, which is made anew from the register; not the mail drop; no key.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from domain.errors import Code, InputError, Unreachable
from office.access.command_line import account, at_command_line
from office.backup import manifest as form
from office.backup.manifest import FileLine, Manifest
from office.settings import Settings
from register.copies import copied, copy_name
from register.copies.contents import contents
from register.engine import Register, open_register
from register.writes.access import Attempt, log_access

UNFINISHED = ".unfinished"
"""What a backup that is under way, or was broken off, is called besides."""

FILES = "files"


@dataclass(frozen=True, slots=True)
class Backup:
    """`lost`: kept files that the register names and the data folder doesn't have, or not as they
    were: where they should lie, and a case that names each."""

    folder: Path
    manifest: Manifest
    seconds: float
    lost: Mapping[str, str]


def make_backup(settings: Settings, to: Path) -> Backup:
    """Write a backup into the new, or empty, folder `to`: whole, or not at all. That all of the
    record went out stands in the access log.

    InputError: backup_inside_data, backup_target_taken. Unreachable: backup_not_written, and what
    `register.copies.copied` raises.
    """
    to = to.expanduser().resolve()
    if to.is_relative_to(settings.data):
        raise InputError(Code.BACKUP_INSIDE_DATA, folder=to, data=settings.data)
    begun = to.with_name(f"{to.name}{UNFINISHED}")
    for taken in (to, begun):
        if taken.exists() and not (taken == to and to.is_dir() and not any(to.iterdir())):
            raise InputError(Code.BACKUP_TARGET_TAKEN, folder=taken)
    register = open_register(settings.register, wait=settings.timeout)
    try:
        begun.mkdir(mode=0o700)
        try:
            made = _filled(register, settings, to, begun)
            os.sync()  # before the name says that it is whole
            begun.rename(to)
        except BaseException:
            shutil.rmtree(begun, ignore_errors=True)
            raise
        log_access(
            register,
            Attempt(account(), "backed_up", "ok", detail=str(to), asked_by=at_command_line()),
        )
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.BACKUP_NOT_WRITTEN, folder=to, detail=detail) from error
    finally:
        register.close()
    return made


def _filled(register: Register, settings: Settings, to: Path, begun: Path) -> Backup:
    now, start = datetime.now(UTC), monotonic()
    name = copy_name(settings.register)
    with copied(register, begun / name) as session:
        held = contents(session)
    # After the register: what it names was kept before it was named, and is never changed.
    kept = _files(settings.files, begun)
    manifest = Manifest(
        made_at=now,
        revision=held.revision,
        installation=held.bond.installation if held.bond else None,
        epoch=held.bond.epoch if held.bond else None,
        newest=held.newest,
        last_numbers=held.last_numbers,
        cases=held.cases,
        events=held.events,
        files={name: form.line_of(begun / name), **kept},
    )
    form.write(manifest, begun)
    lost = {place: case for place, case in held.files.items() if f"{FILES}/{place}" not in kept}
    return Backup(to, manifest, monotonic() - start, lost)


def _files(source: Path, begun: Path) -> dict[str, FileLine]:
    """Every kept file that still is what its name says: also those that no event names yet."""
    (begun / FILES).mkdir(mode=0o700)
    found = {}
    for file in sorted(source.rglob("*")):
        name = f"{FILES}/{file.relative_to(source).as_posix()}"
        if not form.is_name(name):
            continue
        target = begun / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            line = form.copied(file, target)
        except InputError:  # put aside this moment, or no file at all
            target.unlink(missing_ok=True)
            continue
        if line.sha256 == file.name:
            found[name] = line
        else:
            target.unlink()
    return found
