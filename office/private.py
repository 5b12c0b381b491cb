"""The data folder is for its own account: made so, kept so, and said where it isn't.

It holds personal data, keys and the record. Whoever comes first (init, up, an act) makes it.
"""

import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

from domain.errors import Code, InputError

OTHERS = 0o077
"""Any right of group or others."""

OURS = frozenset(
    {
        "act.key",
        "register.db",
        "engine.db",
        "engine.lock",
        "engine-origin.json",
        "installation.json",
        "engine.pem",
        "engine-config",
        "files",
        "keys",
        "mail",
        "yishen-errors.log",
    }
)
"""Names that make an existing folder one of Yishen's."""


def close_to_others() -> None:
    """From here on this process and its children make files for their own account only, and no
    core, which would hold keys and words."""
    os.umask(OTHERS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def claim(root: Path) -> None:
    """Make the data folder, or close one of ours that others can enter.

    InputError(data_folder_open): it isn't a folder, can't be made, belongs to another account, or
    others can enter it and it holds things that are not Yishen's; those are left as they are.
    """
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = root.stat()
        if not found.st_mode & OTHERS:
            return
        if os.geteuid() not in (0, found.st_uid):
            raise InputError(Code.DATA_FOLDER_OPEN, folder=root, detail=f"uid {found.st_uid}")
        names = {path.name for path in root.iterdir()}
        if names and not names & OURS:
            raise InputError(
                Code.DATA_FOLDER_OPEN, folder=root, detail=stat.filemode(found.st_mode)
            )
        root.chmod(0o700)
    except OSError as error:
        detail = error.strerror or str(error)
        raise InputError(Code.DATA_FOLDER_OPEN, folder=root, detail=detail) from error


def close(root: Path) -> None:
    """`claim` for commands that only read: they make no folder."""
    if root.exists():
        claim(root)


def tighten(root: Path) -> int:
    """Take every right of others off the folder of ours and what is in it; how many had any.
    Raises InputError(data_folder_open)."""
    claim(root)
    count = 0
    for path in exposed(root):
        try:
            path.chmod(path.stat().st_mode & 0o700)
        except FileNotFoundError:  # a `-wal` of a database that was just closed
            continue
        except OSError as error:
            detail = f"{path.name}: {error.strerror}"
            raise InputError(Code.DATA_FOLDER_OPEN, folder=root, detail=detail) from error
        count += 1
    return count


def exposed(root: Path) -> Iterator[Path]:
    """What of the data folder others have rights to, itself included; links are not followed."""
    if not root.is_dir():
        return
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if folder.stat().st_mode & OTHERS:
            yield folder
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    try:
                        mode = entry.stat(follow_symlinks=False).st_mode
                    except FileNotFoundError:
                        continue
                    if mode & OTHERS:
                        yield Path(entry.path)
