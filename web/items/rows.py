"""What is to become an item, row by row: a file, or a title alone for what there is no file of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import PurePath

from domain.case.state import CaseState
from office.uploads import Upload
from web.acts.fields import Given
from web.frame.pages import say

DOCUMENT, MORE, TITLE, PAGES, OUT, NAMED, LINES = (
    *("document", "more", "title", "pages", "out", "named", "lines"),
)
"""Files that have their row and those chosen now; titles and pages in the order of the rows, and
which files shall have none after all; the ids of rows without a file, and lines that shall be such
rows."""

COMMON = ("on", "after_entry", "done_by", "evidence")


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One of them. `command`: the id of its act; `wrong`: what is wrong with it, in words."""

    command: str
    upload: Upload | None
    title: str
    pages: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def file(self) -> str | None:
        """The id of its file."""
        return self.upload.id if self.upload else None


def rows_of(given: Given, command: str) -> list[ItemRow]:
    """All rows: those there were, the files that came, the lines that were written; `command`: the
    id of the form."""
    uploads, titles = given.files.get(DOCUMENT, ()), given.all(TITLE)
    pages, named = given.all(PAGES), given.all(NAMED)
    found = [
        _of_file(upload, title, number or "")
        for upload, title, number in zip_longest(uploads, titles[: len(uploads)], pages)
        if upload is not None
    ]
    found += [_of_file(upload) for upload in given.files.get(MORE, ())]
    for title, name in zip_longest(titles[len(uploads) :], named):
        if (title or "").strip():
            found.append(ItemRow(name or _name(command, title), None, title))
    lines = given.one(LINES).splitlines()
    found += [ItemRow(_name(command, line), None, line.strip()) for line in lines if line.strip()]
    out = {_act_of(upload) for upload in uploads if upload.id in given.all(OUT)}
    return list({row.command: row for row in found if row.command not in out}.values())


def _of_file(upload: Upload, title: str | None = None, pages: str = "") -> ItemRow:
    usual = PurePath(upload.name).stem
    return ItemRow(_act_of(upload), upload, usual if title is None else title, pages)


def _act_of(upload: Upload) -> str:
    """The id of the act that adds it: no two uploads have the same name."""
    return upload.id[:32]


def _name(command: str, line: str) -> str:
    """The id of what has no file: the same when the same form comes again."""
    return sha256(f"{command} {line.strip()}".encode()).hexdigest()[:32]


def sifted(rows: Sequence[ItemRow], state: CaseState) -> tuple[list[ItemRow], list[ItemRow]]:
    """The rows that are to be added, and those left out: of a file that the case or another row has
    already. Each of these says so."""
    there = {item.sha256: item.title for item in state.items if item.sha256}
    done = {entry.command_id for entry in state.timeline}
    kept, left = [], []
    for row in rows:
        digest = row.upload.sha256 if row.upload else None
        if digest is None or row.command in done or digest not in there:
            kept.append(row)
        else:
            left.append(_same(row, there[digest]))
        if digest is not None and row.upload is not None:
            there.setdefault(digest, row.upload.name)
    return kept, left


def _same(row: ItemRow, other: str) -> ItemRow:
    name = row.upload.name if row.upload else row.title
    return ItemRow(
        row.command, row.upload, row.title, wrong=(say("items.same", name=name, other=other),)
    )


def given_of_rows(rows: Sequence[ItemRow], before: Given) -> Given:
    """A form with these rows, and what it has beside them."""
    files = [row for row in rows if row.upload is not None]
    others = [row for row in rows if row.upload is None]
    texts: dict[str, Sequence[str]] = {name: before.all(name) for name in COMMON}
    texts[TITLE] = [row.title for row in (*files, *others)]
    texts[PAGES] = [row.pages for row in files]
    texts[NAMED] = [row.command for row in others]
    proofs = {name: many for name, many in before.files.items() if name not in (DOCUMENT, MORE)}
    return Given(texts, {**proofs, DOCUMENT: list(_uploads(rows))})


def _uploads(rows: Sequence[ItemRow]) -> Iterator[Upload]:
    return (row.upload for row in rows if row.upload is not None)


def submitted_of(row: ItemRow, given: Given) -> Mapping[str, Sequence[str]]:
    """What the form of its act would have submitted."""
    return {**{name: given.all(name) for name in COMMON}, TITLE: [row.title], PAGES: [row.pages]}
