"""A case as a folder that an archive can read without us: whole, or not there.

`events.jsonl` the record with its words opened, `chain.jsonl` the exact texts that were hashed,
`record.json` and `record.xml` what the case is, `files/`, `papers/`, and `manifest.json` with the
SHA-256 of each of them, written last.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from domain.errors import Code, InputError, Refusal
from office.cases.case_files import files_of
from office.cases.record import Record, record_of
from office.files import made
from office.folder import CaseFolder
from office.forgetting.record_file import described, xml_of
from office.legal_time import legal_now
from office.running.key_store import key_of
from office.settings import Settings
from register.engine import Register
from register.reads.forgetting import ChainLine, chain_of
from register.reads.papers import PaperLine, papers

MANIFEST = "manifest.json"
FORM = "yishen-export-1"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many files in all, and the hash of the last entry."""

    folder: Path
    files: int
    bytes: int
    head: str


def export_case(
    settings: Settings, register: Register, case: str, to: Path, *, by: str
) -> Exported:
    """Write the case into the new folder `to`. Whoever calls has seen that `by` may read it all.

    InputError: unknown_case, file_exists, export_inside_data, file_not_writable.
    Refusal(words_destroyed). Unreachable: file_lost, key_…, register_….
    """
    to = to.expanduser().absolute()
    if to.resolve().is_relative_to(settings.data.resolve()):
        raise InputError(Code.EXPORT_INSIDE_DATA, folder=to, data=settings.data)
    if to.exists():
        raise InputError(Code.FILE_EXISTS, file=to)
    with register.reading() as session:
        record = record_of(session, case)
        chain, issued = chain_of(session, record.row.line.id), papers(session, record.row.line.id)
    if record.forgotten is not None:
        raise Refusal(Code.WORDS_DESTROYED, case=record.row.line.id)
    key_of(settings, record.row.line.id)  # without it the words would go out as marks
    begun = to.with_name(f".{to.name}.unfinished")
    try:
        shutil.rmtree(begun, ignore_errors=True)  # ours, broken off
        begun.mkdir(mode=0o700, parents=True)
        out = _Folder(begun)
        _fill(out, settings, register, record, chain, issued, by)
        os.sync()  # before the name says that it is whole
        begun.rename(to)
    except OSError as error:
        detail = error.strerror or str(error)
        raise InputError(Code.FILE_NOT_WRITABLE, file=to, detail=detail) from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    size = sum(line["bytes"] for line in out.lines.values())
    return Exported(to, len(out.lines), size, _head(chain))


def is_export_of(folder: Path, case: str, head: str) -> bool:
    """Whether a whole export of the case up to the entry of that hash lies there, every byte as its
    manifest says."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (said["form"], said["case"], said["head"]) != (FORM, case, head):
            return False
        return all(_same(folder / name, line["sha256"]) for name, line in said["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _same(file: Path, digest: str) -> bool:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == digest


class _Folder:
    """Files for their own account only, each with its hash."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines: dict[str, dict[str, Any]] = {}

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """One file, piece by piece, and its line."""
        file = self.root / name
        file.parent.mkdir(mode=0o700, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with made(file) as out:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        self.lines[name] = {"sha256": digest.hexdigest(), "bytes": size}


def _fill(
    out: _Folder,
    settings: Settings,
    register: Register,
    record: Record,
    chain: list[ChainLine],
    issued: list[PaperLine],
    by: str,
) -> None:
    case, now = record.row.line.id, legal_now()
    folder = CaseFolder(settings, register, case)
    out.write("events.jsonl", _events(record, chain))
    out.write("chain.jsonl", (_line(asdict(line)) for line in chain))
    with register.reading() as session:
        told = described(session, record, chain)
    told |= {
        "files": list(_files(out, folder, record)),
        "papers": list(_papers(out, folder, issued)),
        "exported_at": now.isoformat(),
        "exported_by": by,
    }
    out.write("record.json", [_json(told)])
    out.write("record.xml", [xml_of(told)])
    whole = {"form": FORM, "case": case, "head": _head(chain), "made_at": now.isoformat()}
    out.write(MANIFEST, [_json({**whole, "files": dict(out.lines)})])


def _files(out: _Folder, folder: CaseFolder, record: Record) -> Iterator[dict[str, str]]:
    """Every version of every file."""
    state, events = record.state, record.events
    for file in [*files_of(state, events), *files_of(state, events, original=True)]:
        name = f"files/{file.ref.replace('/', '-')}-{file.sha256[:8]}"
        if name not in out.lines:
            out.write(name, folder.pieces(file.sha256))
            yield {"name": name, "ref": file.ref, "title": file.title, "sha256": file.sha256}


def _papers(
    out: _Folder, folder: CaseFolder, issued: list[PaperLine]
) -> Iterator[dict[str, str | None]]:
    """Every paper as it was handed out, with its content."""
    for number, paper in enumerate(issued, 1):
        name = f"papers/{number}-{paper.kind}-{paper.seq}.{paper.format}"
        out.write(name, folder.pieces(paper.sha256))
        yield {
            "name": name,
            "kind": paper.kind,
            "subject": paper.subject,
            "lang": paper.lang or None,
            "sha256": paper.sha256,
            "issued_at": paper.issued_at.isoformat(),
            "issued_by": paper.issued_by,
        }


def _events(record: Record, chain: list[ChainLine]) -> Iterator[bytes]:
    for event, line in zip(record.events, chain, strict=True):
        opened = event.model_dump(mode="json", exclude_none=True)
        yield _line({"seq": line.seq, "hash": line.hash, "event": opened})


def _head(chain: list[ChainLine]) -> str:
    return chain[-1].hash if chain else ""


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
