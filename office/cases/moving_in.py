"""Moving cases in: a file of requests with their past acts.

One entry: `channel`, `received`, `applicant` (name, kind, contact), `subject`, and `acts`, each
with `kind`, `on`, `by` and the fields of its fact; optional: `organ`, `form_wished`,
`registered_by`, `clock_offset`, `command_id`. A file holds one JSON array, or one entry a line.

Two people of the office answer for what a file tells (see `domain.case.people.MoveIn`); they stand
on every event of the past. `by`, `registered_by`, `department` and `handler` of the past are told:
ids or names of those who are still here, else any words. See docs/moving-in.md.
"""

import json
import re
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.act import Act
from domain.case.facts import NewApplicant, PlainFact
from domain.case.people import told
from domain.clock import Receipt
from domain.errors import Code, InputError, Problem, Unreachable, YishenError
from domain.words import ACROSS
from office.cases.application import Application
from office.cases.intake import NewCase, register
from office.desk import Desk
from office.files import Incoming, text_of
from office.people.telling import told_person, with_told
from office.running.key_store import key_of
from office.settings import Settings
from texts.problems import FieldPath, dotted, problems

FILES = {"document": "sha256", "released_file": "released_sha256"}
"""Fields with the path of a file, and the field of the fact that takes its hash."""


_FIELDS = {
    str(fact.model_fields["kind"].default): fact.model_fields.keys()
    for fact in get_args(get_args(PlainFact)[0])
}
_WRITTEN = {"effective_on": "on", "actor": "by", "arrived": "received"}
"""Fields of an act and of a receipt that the entry calls otherwise."""

_HASH = re.compile(r"[0-9a-f]{64}")


def with_files(fact: Mapping[str, Any], folder: Path, incoming: Incoming) -> dict[str, Any]:
    """`fact` with the hashes of its files, which are added to `incoming`. The papers of a
    proceeding name theirs as `document` or, in a list, as `file`; a hash stays as it is."""
    known = _FIELDS.get(str(fact.get("kind")), ())
    said: dict[str, Any] = dict(fact)
    for name, hashed in FILES.items():
        path = said.get(name)
        if path is None or (hashed not in known and _HASH.fullmatch(str(path))):
            continue
        del said[name]
        said[hashed if hashed in known else name] = incoming.add(folder / path)
    if isinstance(papers := said.get("documents"), list):
        said["documents"] = [_paper(paper, folder, incoming) for paper in papers]
    return said


def _paper(paper: Any, folder: Path, incoming: Incoming) -> Any:
    if not isinstance(paper, dict) or "file" not in paper:
        return paper
    rest = {k: v for k, v in paper.items() if k != "file"}
    return rest | {"sha256": incoming.add(folder / paper["file"])}


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of the file; `line` counts from 1."""

    line: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of an entry."""

    line: int
    done: NewCase | None = None
    error: YishenError | None = None


def read_entries(path: Path) -> list[Entry]:
    """The entries of a file, or of standard input (`-`). InputError: file_unreadable, bad_json."""
    try:
        text = sys.stdin.read() if str(path) == "-" else text_of(path)
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise InputError(Code.FILE_UNREADABLE, file=path, detail=detail) from error
    whole = _json(text)
    if isinstance(whole, list):
        return [Entry(n, _object(n, item)) for n, item in enumerate(whole, 1)]
    if isinstance(whole, dict):
        return [Entry(1, whole)]
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append(Entry(number, _object(number, json.loads(line))))
            except json.JSONDecodeError as error:
                raise InputError(
                    Code.BAD_JSON, detail="json_at", file=path, line=number, at=error.colno
                ) from error
            except (ValueError, RecursionError) as error:
                raise InputError(Code.BAD_JSON, detail="nesting") from error
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _object(number: int, item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise InputError(Code.BAD_JSON, detail="object")
    return item


async def move_in(
    desk: Desk, entries: Sequence[Entry], *, user: str, second: str, organ: str | None, folder: Path
) -> AsyncIterator[Moved]:
    """Register each entry with its past; `user` of intake and `second`, head of the disclosure
    office, answer for it. What one entry is refused for doesn't stop the others;
    an engine or register that is gone does. Repeating a file registers nothing twice."""
    await desk.client()
    for entry in entries:
        try:
            application = await desk.read(
                partial(
                    _application,
                    settings=desk.settings,
                    entry=entry,
                    user=user,
                    second=second,
                    organ=organ,
                    folder=folder,
                )
            )
            yield Moved(entry.line, done=await register(desk.renewed(), application))
        except Unreachable:
            raise
        except YishenError as error:
            yield Moved(entry.line, error=error)


def _command_of(settings: Settings, entry: Entry) -> str:
    """The same for the same entry, so that a file sent again registers nothing twice. Keyed: the id
    stands on record in plain, and would else say whether an entry is this one to whoever guesses
    its words."""
    said = json.dumps(entry.content, sort_keys=True, ensure_ascii=False)
    return f"h-{key_of(settings, ACROSS).token(b'moved in' + bytes(1) + said.encode()).hex()}"


def _application(
    session: Session,
    settings: Settings,
    entry: Entry,
    user: str,
    second: str,
    organ: str | None,
    folder: Path,
) -> Application:
    content, incoming = dict(entry.content), Incoming(settings.largest_file)
    acts = content.pop("acts", [])
    command_id = content.pop("command_id", None) or _command_of(settings, entry)
    try:
        application = Application(
            user=user,
            second=second,
            told_registrar=told_person(session, content.pop("registered_by", user)),
            command_id=command_id,
            receipt=Receipt.model_validate(
                {"channel": content.pop("channel", None), "arrived": content.pop("received", None)}
            ),
            applicant=NewApplicant.model_validate(content.pop("applicant", None)),
            subject=str(content.pop("subject", "")).strip(),
            form_wished=content.pop("form_wished", None),
            organ=content.pop("organ", organ),
            clock_offset=int(content.pop("clock_offset", 0)),
            history=tuple(_acts(session, incoming, acts, command_id, user, folder)),
            incoming=incoming,
        )
    except (ValidationError, TypeError, ValueError) as error:
        raise _bad(error) from error
    if not application.subject:
        raise InputError(Code.BAD_FIELD, field="subject", detail="empty")
    if content:
        unknown = [Problem(name, "unknown") for name in sorted(content)]
        raise InputError(Code.BAD_FIELD, problems=unknown)
    return application


def _acts(
    session: Session,
    incoming: Incoming,
    acts: Sequence[dict[str, Any]],
    command_id: str,
    user: str,
    folder: Path,
) -> Iterator[Act]:
    for number, given in enumerate(acts, 1):
        fact = dict(given)
        on = fact.pop("on", None)
        by = fact.pop("by", user)
        evidence = fact.pop("evidence", [])
        proofs = [evidence] if isinstance(evidence, str | dict) else evidence
        fact = with_files(fact, folder, incoming)
        try:
            yield Act.model_validate(
                {
                    "command_id": f"{command_id}.{number}",
                    "actor": told(told_person(session, by)),
                    "what": with_told(session, fact),
                    "effective_on": on,
                    "evidence": [{"text": p} if isinstance(p, str) else p for p in proofs],
                }
            )
        except ValidationError as error:
            raise _bad(error, f"acts.{number}.") from error


def _bad(error: Exception, place: str = "") -> InputError:
    if not isinstance(error, ValidationError):
        return InputError(Code.BAD_FIELD, field=place or "-", detail="form")
    found = problems(error, lambda at: place + dotted(_as_written(at)))
    return InputError(Code.BAD_FIELD, problems=found)


def _as_written(place: FieldPath) -> FieldPath:
    """Where a field of an act or a receipt stands in the entry."""
    if place[:1] == ("what",):
        return place[2:] or ("kind",)  # behind the kind of the fact
    return (_WRITTEN.get(str(place[0]), str(place[0])), *place[1:]) if place else place
