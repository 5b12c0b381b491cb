"""The files of a case, by the words people use for them, and their bytes, checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.case.act import Event
from domain.case.facts import ItemAdded, ItemReplaced, ItemReviewed
from domain.case.parts import Item
from domain.case.reading import CasePart
from domain.case.state import CaseState
from domain.errors import Code, InputError

OF_APPLICANT = frozenset({"registered", "correction_received"})
"""Acts whose evidence is what the applicant handed in."""

ENDINGS = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"PK\x03\x04": ".docx"}
"""First bytes of what offices keep: whatever shows a file goes by the ending of its name."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file of a case. `ref`: the item's, `item-1@8` for its version of line 8, `s3.1` for the
    first evidence of line 3, `s3.0` for the paper that line 3 is about, `r1/1` for the first paper
    that the office handed in in a proceeding; `right`: the reading it takes
    (`domain.case.reading`); `act`, `entry`: by which act, at which line it came."""

    ref: str
    title: str
    sha256: str
    right: CasePart = CasePart.FILES
    act: str | None = None
    entry: int | None = None


def files_of(
    state: CaseState, events: Sequence[Event], *, original: bool = False
) -> list[CaseFile]:
    """All files of a case: of items the version that would go out (`original`: the one that was
    reviewed), evidence, papers of proceedings."""
    return [
        *(now := list(_items(state.items, original))),
        *_versions(events, {(file.ref, file.sha256) for file in now}),
        *_evidence(events),
        *_copies(state),
        *(
            CaseFile(f"{proceeding.ref}/{n}", paper.title, paper.sha256)
            for proceeding in state.proceedings
            for n, paper in enumerate(proceeding.documents, 1)
            if paper.sha256
        ),
    ]


def _items(items: Sequence[Item], original: bool) -> Iterator[CaseFile]:
    for item in items:
        released = item.review.released_sha256 if item.review else None
        digest = item.sha256 if original else released or item.sha256
        if digest is not None:
            yield CaseFile(item.ref, item.title, digest)


def _versions(events: Sequence[Event], shown: set[tuple[str, str]]) -> Iterator[CaseFile]:
    """Every other version there ever was: replaced, de-identified, of a reply before this one."""
    titles: dict[str, str] = {}
    for event in events:
        what = event.what
        if not isinstance(what, ItemAdded | ItemReplaced | ItemReviewed):
            continue
        titles[what.ref] = getattr(what, "title", None) or titles.get(what.ref, "")
        digest = what.released_sha256 if isinstance(what, ItemReviewed) else what.sha256
        if digest is not None and (what.ref, digest) not in shown:
            yield CaseFile(f"{what.ref}@{event.seq}", titles[what.ref], digest)


def _evidence(events: Sequence[Event]) -> Iterator[CaseFile]:
    for event in events:
        kept = [proof for proof in event.evidence if proof.sha256]
        right = CasePart.APPLICANT if event.what.kind in OF_APPLICANT else CasePart.FILES
        for n, proof in enumerate(kept, 1):
            said, digest = proof.name or proof.text or "", str(proof.sha256)
            ref, kind = f"s{event.seq}.{n}", event.what.kind
            yield CaseFile(ref, said, digest, right, kind, event.seq)


def _copies(state: CaseState) -> Iterator[CaseFile]:
    """What courts and reconsideration organs served: the copy of an application, a decision."""
    for entry in state.happened:
        digest = getattr(entry.what, "document", None)
        if digest is not None:
            ref = f"s{entry.seq}.0"
            yield CaseFile(ref, "", digest, act=entry.kind, entry=entry.seq)


def named(case: str, files: Sequence[CaseFile], given: str) -> CaseFile:
    """The file called so: its ref, or the beginning of its hash (8 digits or more).
    InputError(unknown_ref)."""
    for file in files:
        if file.ref == given or (len(given) >= 8 and file.sha256.startswith(given.lower())):
            return file
    known = ", ".join(file.ref for file in files) or "-"
    raise InputError(Code.UNKNOWN_REF, case=case, ref=given, refs=known)


def file_name(case: str, file: CaseFile, head: bytes) -> str:
    """A name for the file where it is handed out, safe everywhere; `head`: its first bytes."""
    ending = Path(file.title).suffix
    if not (ending[1:].isascii() and ending[1:].isalnum()) or len(ending) > 6:
        ending = next((e for start, e in ENDINGS.items() if head.startswith(start)), ".txt")
    return f"{case}-{file.ref.replace('/', '-')}{ending}"
