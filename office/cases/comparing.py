"""The record against all that stands outside of it: the running cases, and the kept files."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from domain.errors import Unreachable
from office.cases.against_runs import Compared, compare_running
from office.desk import Desk
from office.folder import trouble_with
from register.reads.files import KeptLine, places
from register.reads.forgetting import forgotten
from register.verify import Mismatch, Progressed, Verification, verify
from register.verify.found import missing, surplus
from register.verify.tokens import of_index


@dataclass(frozen=True, slots=True)
class Verified:
    """The record by itself, its files, the search index, and the running cases as far as they
    answered; `trouble`: why none was asked; `no_keys`: why the index wasn't looked at."""

    record: Verification
    running: Compared = field(default_factory=Compared)
    files: tuple[Mismatch, ...] = ()
    trouble: Unreachable | None = None
    tokens: tuple[Mismatch, ...] = ()
    no_keys: Unreachable | None = None

    @property
    def differences(self) -> tuple[Mismatch, ...]:
        """All there are."""
        beside = (*self.files, *self.tokens, *self.running.differences)
        return (*self.record.differences, *beside)

    @property
    def complete(self) -> bool:
        """Whether everything was looked at that should be."""
        asked = self.trouble is None and not self.running.skipped
        return asked and self.no_keys is None


async def verified(desk: Desk, *, offline: bool, told: Progressed | None = None) -> Verified:
    """Check the whole register and its files; `offline`: without the engine; `told`: is told how
    many cases of how many are read. Raises Unreachable where the register can't be read."""
    record = await asyncio.to_thread(lambda: verify(desk.register, told=told))
    done = Verified(record, files=tuple(await lost_files(desk)))
    try:
        tokens = await asyncio.to_thread(lambda: tuple(of_index(desk.register)))
        done = replace(done, tokens=tokens)
    except Unreachable as error:
        done = replace(done, no_keys=error)
    if offline:
        return done
    try:
        return replace(done, running=await compare_running(desk.renewed()))
    except Unreachable as error:
        return replace(done, trouble=error)


async def lost_files(desk: Desk) -> list[Mismatch]:
    """Files that the record names and that are gone, or not the same any more; no key is asked."""
    found, gone = await desk.read(lambda session: (places(session), forgotten(session)))

    def look() -> list[Mismatch]:
        files = desk.settings.files
        return [*_lost(files, found), *_left(files, gone)]

    return await asyncio.to_thread(look)


def _left(files: Path, gone: Collection[str]) -> Iterator[Mismatch]:
    """Files of cases that are on record as forgotten."""
    for case in gone:
        if (files / case).exists():
            yield surplus(case, "files", "", case)


def _lost(files: Path, found: Mapping[tuple[str, str], str | None]) -> Iterator[Mismatch]:
    for (case, digest), name in found.items():
        if name is None:
            yield missing(case, "kept_files", digest, digest)
        elif trouble := trouble_with(files, KeptLine(case, digest, name)):
            yield Mismatch(case, "files", digest, "sealed_sha256", trouble, name)
