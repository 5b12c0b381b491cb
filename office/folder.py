"""The folder of a case: evidence, items and papers as issued, each sealed with its key.

A kept file is named by the SHA-256 of what lies there, so it can be proved without a key, and its
row in the register says which content that is. Nothing plain is ever written here, not even for a
moment. Whoever can write to the folder can change it: a file is proved at every use.
"""

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from domain.errors import Code, InputError, Unreachable
from keys.cipher import Tampered
from keys.files import content_named, opened, sealed
from office.files import Incoming
from office.running.key_store import key_of
from office.settings import Settings
from register.engine import Register
from register.reads.files import KeptLine, named_files, sealed_hash
from register.writes.files import enter

# To standard error: a command that answers machines keeps its output clean.
log = logging.getLogger(__name__)


class CaseFolder:
    """The kept files of one case.

    Its key raises Refusal(words_destroyed), Unreachable(key_store_unreachable, key_missing,
    master_key_wrong) wherever a file is sealed or opened.
    """

    def __init__(self, settings: Settings, register: Register, case: str) -> None:
        self._settings = settings
        self._register = register
        self.case = case

    def keep(self, incoming: Incoming) -> None:
        """Keep them all, then say so in the register. The same file again is one file; one that
        was changed here is put aside as `NAME.damaged` and replaced by the true one.

        Atomic: a name is there with its whole content or not at all, also after a power cut.
        InputError(file_changed, file_unreadable, …) of a source; Unreachable(file_not_kept).
        """
        lines = self._sealed(incoming)
        with self._register.writing() as session:
            enter(session, lines)

    def keep_with(self, session: Session, incoming: Incoming) -> None:
        """The same, for the case that `session` registers at this moment: both or neither."""
        enter(session, self._sealed(incoming))

    def keep_bytes(self, content: bytes) -> str:
        """The same for what is at hand; its SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        key = key_of(self._settings, self.case)
        line = KeptLine(self.case, digest, put(sealed(key, digest, (content,)), self._place))
        with self._register.writing() as session:
            enter(session, [line])
        return digest

    def pieces(self, digest: str) -> Iterator[bytes]:
        """The content of that SHA-256, of which nothing counts before its last piece has come.
        Unreachable(file_lost): never kept, gone, or not the same."""
        key = key_of(self._settings, self.case)
        with self._register.reading() as session:
            name = sealed_hash(session, self.case, digest)
        if name is None:
            raise Unreachable(Code.FILE_LOST, file=digest, detail=f"{self.case}/-")
        try:
            with (self._place / name).open("rb") as file:
                yield from opened(key, digest, file)
        except OSError as error:
            detail = f"{self.case}/{name}: {error.strerror or error}"
            raise Unreachable(Code.FILE_LOST, file=digest, detail=detail) from error
        except Tampered as error:
            detail = f"{self.case}/{name}"
            raise Unreachable(Code.FILE_LOST, file=digest, detail=detail) from error

    def content(self, digest: str) -> bytes:
        """The same as a whole, for what is small."""
        return b"".join(self.pieces(digest))

    def check(self, digest: str) -> None:
        """That the file is there and opens to what it was, without holding it."""
        for _ in self.pieces(digest):
            pass

    @property
    def _place(self) -> Path:
        return self._settings.files / self.case

    def _sealed(self, incoming: Incoming) -> list[KeptLine]:
        key = key_of(self._settings, self.case)
        lines = []
        for digest, source in incoming:
            try:
                name = put(sealed(key, digest, source.chunks(incoming.limit)), self._place)
            except Tampered as error:
                raise InputError(Code.FILE_CHANGED, file=source) from error
            lines.append(KeptLine(self.case, digest, name))
        return lines


def seal_plain(settings: Settings, register: Register) -> int:
    """Seal what an older version kept in plain, for each case that names it; how many files. What
    no case names, or was changed, stays as it is. Raises as keeping does."""
    plain = {path.name: path for path in settings.files.glob("?" * 64) if path.is_file()}
    if not plain:
        return 0
    with register.reading() as session:
        named = [(case, digest) for case, digest in named_files(session) if digest in plain]
    done = set()
    for case, digest in named:
        incoming = Incoming(sys.maxsize)
        if incoming.add(plain[digest]) == digest:
            CaseFolder(settings, register, case).keep(incoming)
            done.add(digest)
    for digest in done:
        plain[digest].unlink()
    return len(done)


def trouble_with(files: Path, line: KeptLine) -> str | None:
    """What is wrong with a kept file as far as that can be said without a key: None, or why."""
    try:
        with (files / line.case_id / line.sealed_sha256).open("rb") as file:
            named = content_named(file)
            file.seek(0)
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return error.strerror or str(error)
    if found != line.sealed_sha256:
        return f"SHA-256 {found}"
    return None if named == line.sha256 else f"SHA-256 {named}"


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put(pieces: Iterable[bytes], place: Path) -> str:
    """A file in the folder `place` of a case, named by the SHA-256 of its bytes, which are sealed
    already; that name. Unreachable(file_not_kept)."""
    try:
        return _put(pieces, place)
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.FILE_NOT_KEPT, folder=place, detail=detail) from error


def _put(pieces: Iterable[bytes], place: Path) -> str:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    # Beside the cases: what a killed process leaves behind is swept there.
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        target = place / digest.hexdigest()
        if target.exists() and _hash_of(target) == target.name:
            part.unlink()
        else:
            if target.exists():
                aside = target.with_name(f"{target.name}.damaged")
                target.replace(aside)
                values = {"file": target, "aside": aside}
                log.warning("%(file)s was changed: %(aside)s", values, extra={"key": "changed"})
            part.replace(target)
            _sync(place)
            _sync(place.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _sync(folder: Path) -> None:
    """Make the new name itself durable; not every system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
