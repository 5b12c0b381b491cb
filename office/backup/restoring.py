"""An office put back from its backup: all of it is looked at before anything is put in place."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import Code, InputError, Unreachable
from domain.numbers import case_id
from office.access.command_line import account, at_command_line
from office.acts.doubts import Doubt
from office.backup import manifest as form
from office.backup.making import FILES
from office.backup.manifest import FileLine, Manifest
from office.legal_time import legal_now
from office.private import claim
from office.running.fence import drive_from_here
from office.settings import Settings
from register.copies import copy_name, is_there, put_back
from register.engine import open_register
from register.migrate import known
from register.office_chain import Author
from register.writes.restoration import Restoration, note_restoration

LastNumbers = Mapping[int, int]
"""Year to the last number that was given, as people know it."""


@dataclass(frozen=True, slots=True)
class SoundBackup:
    """One whose every file is as its manifest says."""

    folder: Path
    manifest: Manifest

    def doubts(self, given: LastNumbers) -> Iterator[Doubt]:
        """Where nobody says which number was the last, the next ones may be given twice."""
        year = legal_now().year
        if year not in given:
            last = self.manifest.last_numbers.get(year, 0)
            yield Doubt("numbers_again", {"case": case_id(year, last + 1, training=False)})


def examined(settings: Settings, folder: Path) -> SoundBackup:
    """The backup, seen to be whole and to fit in here. Reads all of it, writes nothing.

    InputError: no_backup, backup_damaged, backup_newer, backup_other_database, register_there.
    Raises Unreachable.
    """
    manifest = form.read(folder)
    if not known(manifest.revision):
        raise InputError(Code.BACKUP_NEWER, folder=folder)
    if copy_name(settings.register) not in manifest.files:
        raise InputError(Code.BACKUP_OTHER_DATABASE, folder=folder)
    if is_there(settings.register):
        raise InputError(Code.REGISTER_THERE, register=open_register(settings.register).name)
    for name, line in manifest.files.items():
        try:
            found = form.line_of(folder / name)
        except (OSError, InputError) as error:
            raise form.damaged(folder, name) from error
        if found != line or (name.startswith(FILES) and not name.endswith(line.sha256)):
            raise form.damaged(folder, name)
    return SoundBackup(folder, manifest)


def restore(
    settings: Settings, backup: SoundBackup, last_numbers: LastNumbers, *, own: bool
) -> None:
    """Put it in place; the register comes last, and is driven from here with a new epoch. `own`:
    the engine is the data folder's. Broken off, it can be done again.

    InputError: numbers_go_up, data_folder_open, register_there. Unreachable: file_not_kept,
    register_not_writable, postgres_tools_missing.
    """
    for year, given in last_numbers.items():
        last = backup.manifest.last_numbers.get(year, 0)
        if given < last:
            raise InputError(Code.NUMBERS_GO_UP, year=year, last=last, given=given)
    claim(settings.data)
    for name, line in backup.manifest.files.items():
        if name.startswith(FILES):
            _put(backup.folder / name, settings.data / name, line)
    os.sync()  # before there is a register that names them
    copy = backup.folder / copy_name(settings.register)
    with put_back(copy, settings.register) as register:
        bond = drive_from_here(register, settings.data, own=own)
        by = Author(account(), at_command_line(), legal_now())
        manifest = backup.manifest
        done = Restoration(manifest.made_at, manifest.newest, bond.epoch, last_numbers)
        with register.writing() as session:
            note_restoration(session, done, by)


def _put(source: Path, target: Path, line: FileLine) -> None:
    """Whole, or not there; what has its name and isn't the same is put aside.
    Unreachable(file_not_kept)."""
    begun = target.with_name(f".part-{target.name}")
    try:
        for folder in (target.parent.parent, target.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        if target.exists():
            if form.line_of(target) == line:
                return
            target.replace(target.with_name(f"{target.name}.damaged"))
        begun.unlink(missing_ok=True)
        form.copied(source, begun)
        begun.replace(target)
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.FILE_NOT_KEPT, folder=target.parent, detail=detail) from error
    finally:
        begun.unlink(missing_ok=True)
