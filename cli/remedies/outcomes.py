"""`yishen outcomes YEAR`: how reconsiderations and suits ended, and why replies fall."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.words import say as cli_say
from cli.lists.commands import now, reading
from cli.remedies.lists import line_json, print_lines
from speech.names import NameBook, names
from speech.outcomes import fall_name
from speech.remedies import say
from speech.words import say as told

if TYPE_CHECKING:
    from office.answers.figures import Behind
    from register.reads.outcomes import Fall, Outcomes


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("outcomes", "look", outcomes, reads=True)


def outcomes(
    year: Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9999)],
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
    open_row: Annotated[str | None, typer.Option("--open", metavar="ROW")] = None,
    training: Annotated[bool, typer.Option("--training")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.answers.figures import behind_result, year_results
    from office.people.names import filter_ids
    from register.reads.visible import viewer_of
    from register.reads.words import shown

    with reading() as session:
        organ, _, _ = filter_ids(session, organ)
        if open_row is not None:
            who = viewer_of(session, str(as_user))
            found, hidden = behind_result(
                session, who, year, open_row, organ, now(), training=training
            )
            print_disputes(year, open_row, shown(session, found), hidden, names(session))
            return
        results = year_results(session, year, organ, training=training)
        known = names(session)
    if show.wants_json():
        show.emit({"organ": organ, **asdict(results)})
        return
    print_outcomes(results, known)


def print_outcomes(found: "Outcomes", known: NameBook) -> None:
    """The table of results, and why replies fell."""
    show.line(say("outcomes.title", year=found.year))
    for line in results_table(found):
        show.line(line) if isinstance(line, str) else show.table(*line)
    show.line(say(f"outcomes.retrial_{found.retrial_counts}"))
    for part, code in (("by_kind", "kind"), ("by_department", "unit"), ("by_ground", "ground")):
        falls = getattr(found, part)
        if falls:
            show.line()
            show.line(say(f"outcomes.{part}"))
            show.table(*_falls(falls, code, known))


Table = tuple[list[str], list[list[str]]]


def results_table(found: "Outcomes") -> Iterator[Table | str]:
    """The table, then a sentence for each part of it that does not add up."""
    from register.reads.outcomes import TABLE

    rows = [
        [part.code, say(f"outcomes.{part.code}"), *(str(part.figures[c]) for c in TABLE)]
        for part in found.parts
    ]
    total = [str(sum(part.figures[c] for part in found.parts)) for c in TABLE]
    headings = [cli_say("column.code"), cli_say("column.row")]
    headings += [say(f"outcomes.{column}") for column in TABLE]
    yield headings, [*rows, ["", say("outcomes.sum"), *total]]
    for part in found.parts:
        if not part.holds:
            yield say("outcomes.check", part=say(f"outcomes.{part.code}"), **part.figures)


def _falls(falls: "Sequence[Fall]", code: str, known: NameBook) -> Table:
    columns = ("ended", "corrected", "upheld", "other", "share")
    headings = [say(f"outcomes.{code}"), *(say(f"outcomes.{c}") for c in columns)]
    return headings, [_fall(fall, code, known) for fall in falls]


def _fall(fall: "Fall", code: str, known: NameBook) -> list[str]:
    name = fall_name(fall, code, known)
    figures = (fall.ended, fall.corrected, fall.upheld, fall.other)
    return [name, *map(str, figures), f"{fall.corrected / fall.ended:.0%}"]


def print_disputes(
    year: int, row: str, found: "Behind", hidden: int, known: NameBook, **more: object
) -> None:
    """The proceedings behind a figure: one line for each dispute, its last instance; `hidden`: so
    many further ones. `more` goes into the answer for machines."""
    if show.wants_json():
        rows = [line_json(line) | {"dispute": asdict(dispute)} for line, dispute in found]
        show.emit({"year": year, "row": row, **more, "proceedings": rows, "hidden": hidden})
        return
    show.line(say("outcomes.open_title", row=row, n=len(found)))
    if found:
        print_lines([line for line, _ in found], known)
    if hidden:
        show.note(told("annual.hidden", n=hidden))
