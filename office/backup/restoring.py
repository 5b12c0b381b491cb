"""An office put back from its backup: all of it is looked at before anything is put in place."""

from dataclasses import dataclass
from pathlib import Path

from domain.errors import Code, InputError
from office.backup import manifest as form
from office.backup.making import FILES
from office.backup.manifest import Manifest
from office.files import keep
from office.private import claim
from office.running.fence import drive_from_here
from office.settings import Settings
from register.copies import copy_name, is_there, put_back
from register.engine import open_register
from register.migrate import known


@dataclass(frozen=True, slots=True)
class SoundBackup:
    """One whose every file is as its manifest says."""

    folder: Path
    manifest: Manifest


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
        if found != line or (name.startswith(FILES) and name != f"{FILES}/{line.sha256}"):
            raise form.damaged(folder, name)
    return SoundBackup(folder, manifest)


def restore(settings: Settings, backup: SoundBackup, *, own: bool) -> None:
    """Put it in place; the register comes last, and is driven from here with a new epoch. `own`:
    the engine is the data folder's. Broken off, it can be done again.

    InputError: data_folder_open, register_there. Unreachable: file_not_kept,
    register_not_writable, postgres_tools_missing.
    """
    claim(settings.data)
    for name, line in backup.manifest.files.items():
        if name.startswith(FILES):
            keep(backup.folder / name, settings.files, line.size)
    copy = backup.folder / copy_name(settings.register)
    with put_back(copy, settings.register) as register:
        drive_from_here(register, settings.data, own=own)
