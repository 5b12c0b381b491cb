"""`yishen office-history`: what was changed in the office, by whom, and by which account."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.frame import params, show
from cli.frame.asked import of_account
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say
from domain.numbers import case_id
from domain.values import OFFICE_ZONE
from speech.names import NameBook, names
from speech.words import joined, term

if TYPE_CHECKING:
    from register.reads.office_history import OfficeLine

LOADED = "calendars"
"""The table of what is loaded, and never changed."""

RESTORED = "restorations"
"""In no table: what happened to the register itself."""

LISTED = "retention_lists"
"""In no table: what changes of one is that somebody signs it."""


CHANGES = "account_changes"
"""In no table: what takes two people, and who they were."""

CREDENTIALS = "credentials"
"""What people sign in by: hashes, which tell nobody anything."""


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("office-history", "office", office_history)


def office_history(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=5000)] = 50,
    page: Annotated[int, typer.Option("--page", metavar="N", min=1, max=100_000)] = 1,
    as_user: params.AsUser = None,
) -> None:
    from office.access.access_log import organs_open_to
    from office.people.names import acting_id
    from register.reads.office_history import office_history as read
    from register.reads.words import shown

    with open_register() as register:
        with register.reading() as session:
            user = acting_id(session, acting_user(as_user))
        organs_open_to(register, user, None)
        with register.reading() as session:
            first = (page - 1) * limit
            found = shown(session, read(session)[first : first + limit + 1])
            known = names(session)
    more, found = len(found) > limit, found[:limit]
    if show.wants_json():
        show.emit({"page": page, "more": more, "changes": [asdict(line) for line in found]})
        return
    columns = ("seq", "when", "person", "about", "detail")
    show.table([say(f"column.{c}") for c in columns], [_row(line, known) for line in found])
    if more:
        show.note(say("access.more", page=page + 1))


def _row(line: "OfficeLine", known: NameBook) -> list[str]:
    return [
        str(line.seq),
        f"{line.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M:%S}",
        known.person(line.person) + of_account(line.asked_by),
        f"{say(f'init.{_kind(line)}')} {line.key}",
        _change(line, known),
    ]


def _kind(line: "OfficeLine") -> str:
    """What its row is; a calendar's row says itself whether it is a closure."""
    if line.about == LOADED and line.now is not None:
        return str(line.now["kind"])
    return line.about.removesuffix("s")


def _change(line: "OfficeLine", known: NameBook) -> str:
    if line.now is None:
        return say("office_history.gone")
    if line.was is None and line.about == LOADED:
        said = {name: _word(line.now[name] or None) for name in ("name", "notice", "hash")}
        return say("office_history.loaded", **said)
    if line.was is None and line.about == RESTORED:
        return _restored(line.now)
    if line.about == CHANGES:
        return _account_change(line.now, known, new=line.was is None)
    if line.was is None:
        return say("office_history.added")
    if line.about == CREDENTIALS:
        return joined([say(f"office_field.{name}") for name in line.now])
    if line.about == LISTED:
        return say(
            "office_history.signed", person=known.person(line.now["signatures"][-1]["person"])
        )
    was = line.was
    return joined([_field(name, was[name], now) for name, now in line.now.items()])


def _account_change(row: Mapping[str, Any], known: NameBook, *, new: bool) -> str:
    if new:
        what = [term("kind", row["what"]), known.person(row["person"])]
        if row["role"]:
            what += [term("role", row["role"]), row["organ"], *filter(None, [row["department"]])]
        return joined(what)
    if row.get("second") is None:
        return say("office_history.alone")
    key = "agreed" if row["done"] else "declined"
    return say(f"office_history.{key}", person=known.person(row["second"]))


def _restored(row: Mapping[str, Any]) -> str:
    lost = [
        "–".join(case_id(year, n, training=False) for n in dict.fromkeys((first, last)))
        for year, first, last in row["lost_numbers"]
    ]
    at = {
        name: f"{datetime.fromisoformat(row[name]).astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M:%S}"
        for name in ("backup_at", "newest")
        if row[name] is not None
    }
    return say("office_history.restored", **{"newest": "-"} | at, lost=joined(lost) or "-")


def _field(name: str, was: object, now: object) -> str:
    field = say(f"office_field.{name}")
    return say("office_history.changed", field=field, was=_word(was), now=_word(now))


def _word(value: object) -> str:
    if isinstance(value, bool):
        return say("office_history.yes" if value else "office_history.no")
    return "-" if value is None else str(value)
