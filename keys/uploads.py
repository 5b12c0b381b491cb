"""Files on their way in: sealed while they come, before anybody knows their hash.

A line in plain names the upload, then comes the content under GCM, then the tag. The nonce follows
from that line, and no two uploads have the same name.
"""

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from keys.data_key import DataKey
from keys.files import unsealed


def new_name() -> str:
    """The name of an upload, which nobody guesses: 64 hexadecimal digits."""
    return secrets.token_hex(32)


class UploadSealer:
    """Seals one upload piece by piece; `head` comes first, `end()` last."""

    def __init__(self, key: DataKey, name: str) -> None:
        self.head = _head(key, name)
        self._sealing = key.sealing_file(self.head)

    def piece(self, plain: bytes) -> bytes:
        """The next piece, sealed."""
        return self._sealing.update(plain)

    def end(self) -> bytes:
        """What closes the file."""
        return self._sealing.finalize() + self._sealing.tag


def uploaded(key: DataKey, name: str, file: BinaryIO) -> Iterator[bytes]:
    """The pieces of what was sealed under that name. None of them counts before the last has come.

    Raises Tampered where it is another, or was not finished; OSError.
    """
    return unsealed(key, _head(key, name), file)


def _head(key: DataKey, name: str) -> bytes:
    return f"yishen upload 1 {key.suite} {name}\n".encode()
