"""The master key: wraps the keys of the cases, and is kept where the register isn't."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from domain.errors import Code, InputError, Unreachable
from keys.cipher import NONCE, Suite

MASTER = 32


class Master(Protocol):
    """Whatever wraps: a key in a file or in the environment, or a device that never gives it out.

    `id` names the key without saying anything of it.
    """

    @property
    def id(self) -> str:
        """Of the key that wraps now."""
        ...

    def wrap(self, secret: bytes, bound: bytes) -> bytes:
        """`secret` as it may be stored; it unwraps only beside `bound`. Raises Unreachable."""
        ...

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """What `wrap` was given. Raises Tampered, Unreachable."""
        ...


class HeldMaster:
    """A master key that this process holds."""

    def __init__(self, secret: bytes, suite: Suite = Suite.AES) -> None:
        self._suite = suite
        self._key = suite.mac(secret, b"master")[: suite.key_length]
        self.id = suite.mac(secret, b"id").hex()[:16]

    def wrap(self, secret: bytes, bound: bytes) -> bytes:
        """See Master."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._suite.seal(self._key, nonce, secret, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """See Master."""
        return self._suite.open(self._key, wrapped[:NONCE], wrapped[NONCE:], bound)


def from_words(given: str, field: str) -> HeldMaster:
    """The master key as 64 hexadecimal digits. InputError(bad_master_key)."""
    try:
        secret = bytes.fromhex(given.strip())
    except ValueError:
        secret = b""
    if len(secret) != MASTER:
        raise InputError(Code.BAD_MASTER_KEY, field=field)
    return HeldMaster(secret)


def from_file(file: Path) -> HeldMaster:
    """The master key in a file of its own. InputError(bad_master_key),
    Unreachable(master_key_missing): it isn't there, or not ours to read."""
    try:
        given = file.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.MASTER_KEY_MISSING, file=file, detail=detail) from error
    return from_words(given, str(file))


def make_file(file: Path) -> None:
    """A file with a fresh key, 64 hexadecimal digits: whole, or not there; the first of several who
    make it at one time wins."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, f"{secrets.token_hex(MASTER)}\n".encode())
        os.fsync(handle)
        with suppress(FileExistsError):
            os.link(begun, file)
    finally:
        os.close(handle)
        begun.unlink()
