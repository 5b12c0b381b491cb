"""A file of 100 MB kept and opened, against a store that keeps files in plain, in the same run.

The plain store does what one has to do all the same: hash what is handed in, copy it while hashing
it again, bring it to disk; and hash what is handed out.
"""

import os
import time
from collections.abc import Callable
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import Any

from keys.cipher import Suite
from keys.data_key import DataKey
from keys.files import CHUNK, opened, sealed
from office.files import Incoming, chunks
from office.folder import put

SIZE = 100 << 20
ROUNDS = 5


def run() -> dict[str, Any]:
    """Megabytes a second of each, and their ratios."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "source"
        with source.open("wb") as out:
            for _ in range(0, SIZE, CHUNK):
                out.write(token_bytes(CHUNK))
        return _measured(folder, source)


def _measured(folder: Path, source: Path) -> dict[str, Any]:
    keys = {suite: DataKey("2026-0001", b"k" * 32, suite) for suite in Suite}
    digest = Incoming().add(source)
    names = {
        suite: put(sealed(keys[suite], digest, chunks(source)), folder / suite) for suite in Suite
    }

    def keep(suite: Suite) -> None:
        (folder / suite / names[suite]).unlink()
        again = Incoming().add(source)
        put(sealed(keys[suite], again, chunks(source)), folder / suite)

    def keep_plain() -> None:
        Incoming().add(source)
        seen = sha256()
        with (folder / "plain").open("wb") as out:
            for piece in chunks(source):
                seen.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def read(suite: Suite) -> None:
        with (folder / suite / names[suite]).open("rb") as file:
            for _ in opened(keys[suite], digest, file):
                pass

    def read_plain() -> None:
        with (folder / "plain").open("rb") as file:
            file_digest(file, "sha256")

    plain, aes, sm4 = _best(keep_plain, lambda: keep(Suite.AES), lambda: keep(Suite.SM4))
    plain_out, aes_out, sm4_out = _best(
        read_plain, lambda: read(Suite.AES), lambda: read(Suite.SM4)
    )
    return {
        "mb_a_second": {
            "keep_plain": round(plain),
            "keep_aes": round(aes),
            "keep_sm4": round(sm4),
            "open_plain": round(plain_out),
            "open_aes": round(aes_out),
            "open_sm4": round(sm4_out),
        },
        "keep_ratio": round(aes / plain, 2),
        "open_ratio": round(aes_out / plain_out, 2),
        "keep_ratio_sm4": round(sm4 / plain, 2),
        "open_ratio_sm4": round(sm4_out / plain_out, 2),
    }


def _best(*works: Callable[[], None]) -> list[float]:
    """Megabytes a second of each work, the best of rounds taken in turn."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for i, work in enumerate(works):
            begun = time.perf_counter()
            work()
            best[i] = min(best[i], time.perf_counter() - begun)
    return [SIZE / (1 << 20) / seconds for seconds in best]
