"""The key by which a case knows what its own office sends; see `workflows.seal`."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from office.private import claim
from office.settings import load

FILE = "act.key"


def act_key(data: Path) -> bytes:
    """YISHEN_ACT_KEY, else the key in the data folder, made at its first use.

    Raises InputError (bad_setting, data_folder_open).
    """
    given = load(data).act_key
    if given is not None:
        return given.get_secret_value().encode()
    file = data / FILE
    if not file.exists():
        claim(data)
        _make(file)
    return file.read_bytes().strip()


def _make(file: Path) -> None:
    """Whole, or not there; the first of several who make it at one time wins."""
    begun = file.with_name(f".{FILE}.{secrets.token_hex(4)}")
    fd = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(fd, f"{secrets.token_hex(32)}\n".encode())
        os.fsync(fd)
        with suppress(FileExistsError):
            os.link(begun, file)
    finally:
        os.close(fd)
        begun.unlink()
