"""Files as they are kept: sealed piece by piece with the key of their case, however large.

A line in plain says what it is and which content it is of, then comes the content under GCM, then
the tag. The nonce follows from that line, so the same content under the same key is the same file.
"""

import os
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from keys.cipher import TAG, Suite, Tampered
from keys.data_key import DataKey

CHUNK = 1 << 20

_HEAD = re.compile(rb"yishen file 1 (?:aes|sm4) ([0-9a-f]{64})\n")
_LONGEST = 100


def sealed(key: DataKey, digest: str, plain: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of the sealed file; `digest`: the SHA-256 of the content, hexadecimal.

    Raises Tampered after the last piece but before the tag where the content is another: what came
    so far is no file, and nobody may see it, since it shares its nonce with the true one.
    """
    head = _head(key.suite, digest)
    sealing = key.sealing_file(head)
    seen = sha256()
    yield head
    for piece in plain:
        seen.update(piece)
        yield sealing.update(piece)
    if seen.hexdigest() != digest:
        raise Tampered
    yield sealing.finalize() + sealing.tag


def opened(key: DataKey, digest: str, file: BinaryIO) -> Iterator[bytes]:
    """The pieces of the content of that SHA-256. None of them counts before the last has come.

    Raises Tampered where it isn't that content, sealed by `key`; OSError.
    """
    seen = sha256()
    for piece in unsealed(key, _head(key.suite, digest), file):
        seen.update(piece)
        yield piece
    if seen.hexdigest() != digest:
        raise Tampered


def unsealed(key: DataKey, head: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The pieces of what was sealed under the line `head`. None of them counts before the last has
    come. Raises Tampered; OSError."""
    left = os.fstat(file.fileno()).st_size - len(head) - TAG
    if left < 0 or file.read(len(head)) != head:
        raise Tampered
    opening = key.opening_file(head)
    while left:
        taken = file.read(min(CHUNK, left))
        if not taken:
            raise Tampered
        left -= len(taken)
        yield opening.update(taken)
    try:
        opening.finalize_with_tag(file.read(TAG))
    except (InvalidTag, ValueError) as error:
        raise Tampered from error


def content_named(file: BinaryIO) -> str | None:
    """The SHA-256 of the content, as the first line of a sealed file has it; no key is needed."""
    found = _HEAD.fullmatch(file.readline(_LONGEST))
    return found[1].decode() if found else None


def _head(suite: Suite, digest: str) -> bytes:
    return f"yishen file 1 {suite} {digest}\n".encode()
