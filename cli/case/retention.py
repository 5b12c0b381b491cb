"""What stands above the end of a case: that it is held, or that its words are gone."""

from typing import TYPE_CHECKING

from cli.frame import show
from cli.frame.words import say
from speech.names import NameBook

if TYPE_CHECKING:
    from office.cases.record import Record


def print_retention(record: "Record", known: NameBook) -> None:
    """A line for each, after the case."""
    if (gone := record.forgotten) is not None:
        who = known.person(gone.by)
        show.line(say("retention.case_forgotten", day=gone.at.date(), person=who))
    if (hold := record.hold) is not None:
        who, since = known.person(hold.by), hold.since.date()
        show.line(say("retention.case_held", person=who, since=since, reason=hold.reason))
