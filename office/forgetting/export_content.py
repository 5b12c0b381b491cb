"""What an export of a case consists of: files that an archive can read without us.

`events.jsonl` the record with its words opened, `chain.jsonl` the exact texts that were hashed,
`record.json` and `record.xml` what the case is, `files/`, `papers/`, and `manifest.json` with the
SHA-256 of each of them, written last.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from domain.errors import Code, Refusal
from office.cases.case_files import files_of
from office.cases.record import Record, record_of
from office.folder import CaseFolder
from office.forgetting.record_file import described, xml_of
from office.legal_time import legal_now
from office.running.key_store import key_of
from office.settings import Settings
from register.engine import Register
from register.reads.forgetting import ChainLine, chain_of
from register.reads.papers import papers

MANIFEST = "manifest.json"
FORM = "yishen-export-1"

Pieces = Iterator[bytes]


class ExportContent:
    """The files of one export, read one after the other. `lines`: of each that was read to its end
    its hash and bytes; `head`: the hash of the last entry of the record."""

    def __init__(self, settings: Settings, register: Register, case: str, by: str) -> None:
        """Whoever calls has seen that `by` may read it all.

        InputError(unknown_case). Refusal(words_destroyed). Unreachable: key_…, register_….
        """
        with register.reading() as session:
            record = record_of(session, case)
            id_ = record.row.line.id
            chain, issued = chain_of(session, id_), papers(session, id_)
        if record.forgotten is not None:
            raise Refusal(Code.WORDS_DESTROYED, case=id_)
        key_of(settings, id_)  # without it the words would go out as marks
        self.case, self.at = id_, legal_now()
        self.head = chain[-1].hash if chain else ""
        self.lines: dict[str, dict[str, Any]] = {}
        self._folder, self._register = CaseFolder(settings, register, id_), register
        self._record, self._chain, self._issued, self._by = record, chain, issued, by

    def files(self) -> Iterator[tuple[str, Pieces]]:
        """Each file by its name in the export, to be read before the next. Unreachable(file_lost,
        register_…)."""
        yield self._file("events.jsonl", _events(self._record, self._chain))
        yield self._file("chain.jsonl", (_line(asdict(line)) for line in self._chain))
        with self._register.reading() as session:
            told = described(session, self._record, self._chain)
        told |= {"files": [], "papers": []}
        for kind, listed in (("files", self._documents()), ("papers", self._handed_out())):
            for about in listed:
                told[kind].append(about)
                yield self._file(about["name"], self._folder.pieces(about["sha256"]))
        told |= {"exported_at": self.at.isoformat(), "exported_by": self._by}
        yield self._file("record.json", [_json(told)])
        yield self._file("record.xml", [xml_of(told)])
        whole = {"form": FORM, "case": self.case, "head": self.head, "made_at": self.at.isoformat()}
        yield self._file(MANIFEST, [_json({**whole, "files": dict(self.lines)})])

    def _file(self, name: str, pieces: Iterable[bytes]) -> tuple[str, Pieces]:
        return name, self._counted(name, pieces)

    def _counted(self, name: str, pieces: Iterable[bytes]) -> Pieces:
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        self.lines[name] = {"sha256": digest.hexdigest(), "bytes": size}

    def _documents(self) -> Iterator[dict[str, Any]]:
        """Every version of every file."""
        state, events, there = self._record.state, self._record.events, set[str]()
        for file in [*files_of(state, events), *files_of(state, events, original=True)]:
            name = f"files/{file.ref.replace('/', '-')}-{file.sha256[:8]}"
            if name not in there:
                there.add(name)
                yield {
                    "name": name,
                    "ref": file.ref,
                    "title": file.title,
                    "sha256": file.sha256,
                }

    def _handed_out(self) -> Iterator[dict[str, Any]]:
        """Every paper as it was handed out."""
        for number, paper in enumerate(self._issued, 1):
            yield {
                "name": f"papers/{number}-{paper.kind}-{paper.seq}.{paper.format}",
                "kind": paper.kind,
                "subject": paper.subject,
                "lang": paper.lang or None,
                "sha256": paper.sha256,
                "issued_at": paper.issued_at.isoformat(),
                "issued_by": paper.issued_by,
            }


def _events(record: Record, chain: list[ChainLine]) -> Pieces:
    for event, line in zip(record.events, chain, strict=True):
        opened = event.model_dump(mode="json", exclude_none=True)
        yield _line({"seq": line.seq, "hash": line.hash, "event": opened})


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
