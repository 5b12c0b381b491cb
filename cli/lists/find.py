"""`yishen find`: cases by a name, a number, or words of the subject."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.asking import can_ask
from cli.frame.command import Command
from cli.frame.session import open_register
from cli.frame.words import say
from cli.lists.commands import due_cell, now
from domain.errors import Code, InputError, Unreachable
from speech.names import NameBook, names
from speech.words import say as told
from speech.words import term

if TYPE_CHECKING:
    from office.answers.finding import FoundCase, FoundCases
    from register.engine import Register


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("find", "look", find_cases, reads=True)


def find_cases(
    sought: Annotated[list[str] | None, typer.Argument(metavar="WORDS")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS")] = None,
    training: Annotated[bool, typer.Option("--training")] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1)] = 50,
    rebuild: Annotated[bool, typer.Option("--rebuild")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.answers.finding import find

    assert as_user is not None
    with open_register() as register:
        if rebuild:
            _rebuild(register)
            if not sought and text is None:
                return
        wanted = _given(sought, text)
        found = find(register, as_user, wanted, training=training, limit=limit)
        with register.reading() as session:
            known = names(session)
    if show.wants_json():
        cases = [asdict(case.line) | {"found_by": case.why} for case in found.cases]
        looked = {"by_people": found.people, "by_subject": found.subjects, "unread": found.unread}
        show.emit({"as_of": now(), "cases": cases, "more": found.more, **looked})
        return
    _print(found, known, limit)


def _given(sought: list[str] | None, text: str | None) -> str:
    """What to look for; asked for where somebody sits there: then it stands in no list."""
    given = [*(sought or ()), *([] if text is None else [text])]
    if not given and can_ask():
        print(say("find.what"), end=" ", file=sys.stderr, flush=True)
        given = [sys.stdin.readline()]
    if not given:
        raise InputError(Code.NOTHING_SOUGHT)
    return " ".join(given)


def _rebuild(register: "Register") -> None:
    from office.running.indexing import rebuild_index

    count = rebuild_index(register)
    if count is None:
        raise Unreachable(Code.SEARCH_INDEX_MISSING)
    show.note(say("find.rebuilt", n=count))


def _print(found: "FoundCases", known: NameBook, limit: int) -> None:
    if found.cases:
        columns = ("number", "status", "due", "handler", "found_by", "subject")
        show.table(
            [say(f"column.{c}") for c in columns], [_row(case, known) for case in found.cases]
        )
    else:
        people = [say("find.in_people")] if found.people else []
        subjects = [say("find.in_subjects")] if found.subjects else []
        looked = told("joiner").join([*people, say("find.in_numbers"), *subjects])
        show.line(say("find.none", looked=looked))
    if found.more:
        show.note(say("list.more", n=limit))
    if not found.people:
        show.note(say("find.no_people"))
    if found.unread:
        show.note(say("find.unread", n=found.unread))
    if not found.subjects:
        show.note(say("find.no_subjects"))


def _row(case: "FoundCase", known: NameBook) -> list[str]:
    line = case.line
    return [
        line.number + (say("list.training_mark") if line.training else ""),
        term("status", line.status),
        due_cell(line),
        known.handling(line.organ, line.department, line.handler),
        told("joiner").join(term("found_by", why) for why in case.why),
        line.subject,
    ]
