"""`yishen user …`: links to sign in by, roles given and taken, resets, who leaves."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say
from cli.office.account_changes import book, for_machines, told, waiting_of
from domain.account_changes import AccountChangeKind
from domain.case.people import Role
from domain.errors import Code, InputError
from domain.values import OFFICE_ZONE
from speech.words import joined, term

if TYPE_CHECKING:
    from register.reads.account_changes import AccountChange

Person = Annotated[str, typer.Argument(metavar="PERSON")]
ChangeNumber = Annotated[int, typer.Argument(metavar="N", min=1)]
RoleGiven = Annotated[Role, typer.Option("--role", metavar="ROLE")]
InOrgan = Annotated[str, typer.Option("--organ", metavar="ID")]
InDepartment = Annotated[str | None, typer.Option("--department", metavar="ID")]


def commands() -> Iterator[Command]:
    """Commands of administrators about people, and of who agrees to what takes two."""
    yield Command("invite", "office", invite, group="user")
    yield Command("put", "office", put, group="user")
    yield Command("give", "office", give, group="user")
    yield Command("take", "office", take, group="user")
    yield Command("reset", "office", reset, group="user")
    yield Command("waiting", "office", show_waiting, group="user")
    yield Command("agree", "office", agree, group="user")
    yield Command("decline", "office", decline, group="user")
    yield Command("leave", "office", leave, group="user")


def invite(
    person: Person,
    address: Annotated[str, typer.Option("--address", metavar="URL")] = "",
    as_user: params.AsUser = None,
) -> None:
    from office.signing_in.invites import invite as make

    with open_register() as register:
        made = make(register, acting_user(as_user), person)
    link = address.rstrip("/") + made.path
    if show.wants_json():
        show.emit({**asdict(made), "link": link})
        return
    until = f"{made.until.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
    show.line(say("user.invited", person=made.name, until=until))
    show.line(link)


def put(
    user: Annotated[str, typer.Argument(metavar="ID")],
    name: Annotated[str, typer.Option("--name", metavar="TEXT")],
    email: Annotated[str, typer.Option("--email", metavar="ADDRESS")] = "",
    language: Annotated[str, typer.Option("--language", metavar="zh|en")] = "zh",
    as_user: params.AsUser = None,
) -> None:
    from office.people.accounts import PUT, put_person

    said = {"id": user, "name": name, "email": email, "language": language}
    with open_register() as register:
        put_person(register, acting_user(as_user), said)
    _done(PUT, user)


def give(
    person: Person,
    role: RoleGiven,
    organ: InOrgan,
    department: InDepartment = None,
    as_user: params.AsUser = None,
) -> None:
    from office.people.account_changes import give_role

    with open_register() as register:
        user = acting_user(as_user)
        change = give_role(register, user, person, Role(role), organ, department)
    _asked(change, AccountChangeKind.ROLE_GIVEN, person)


def take(
    person: Person,
    role: RoleGiven,
    organ: InOrgan,
    department: InDepartment = None,
    as_user: params.AsUser = None,
) -> None:
    from office.people.account_changes import TAKEN, take_role

    with open_register() as register:
        take_role(register, acting_user(as_user), person, Role(role), organ, department)
    _done(TAKEN, person)


def reset(
    person: Person,
    password: Annotated[bool, typer.Option("--password")] = False,
    factor: Annotated[bool, typer.Option("--factor")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.people.account_changes import reset as ask

    if password == factor:
        detail = say("usage.one_of", options="--password, --factor")
        raise InputError(Code.USAGE, detail=detail, help="yishen user reset --help")
    kinds = AccountChangeKind
    what = kinds.PASSWORD_RESET if password else kinds.FACTOR_RESET
    with open_register() as register:
        change = ask(register, acting_user(as_user), person, what)
    _asked(change, what, person)


def show_waiting(as_user: params.AsUser = None) -> None:
    from office.people.account_changes import waiting

    with open_register() as register:
        found = waiting(register, acting_user(as_user))
    if show.wants_json():
        show.emit({"waiting": [for_machines(change) for change in found]})
        return
    for line in waiting_of(found) or [say("user.none")]:
        show.line(line)


def agree(number: ChangeNumber, as_user: params.AsUser = None) -> None:
    from office.people.account_changes import agree as make

    with open_register() as register:
        _decided("agreed", make(register, acting_user(as_user), number))


def decline(number: ChangeNumber, as_user: params.AsUser = None) -> None:
    from office.people.account_changes import decline as make

    with open_register() as register:
        _decided("declined", make(register, acting_user(as_user), number))


def leave(person: Person, as_user: params.AsUser = None) -> None:
    from office.people.leaving import deactivate

    with open_register() as register:
        left = deactivate(register, acting_user(as_user), person)
    if show.wants_json():
        show.emit(asdict(left))
        return
    show.line(say("user.left", person=book().person(left.person)))
    if left.cases:
        show.note(say("user.cases", n=len(left.cases), ids=joined(list(left.cases))))


def _asked(change: "AccountChange | None", what: AccountChangeKind, person: str) -> None:
    """What waits now, or was done at once."""
    if change is None:
        _done(what, person)
    elif show.wants_json():
        show.emit({"change": for_machines(change)})
    else:
        for line in waiting_of([change]):
            show.line(line)


def _done(what: str, person: str) -> None:
    if show.wants_json():
        show.emit({"change": None, "what": what, "person": person, "done": True})
    else:
        show.line(say("user.done", change=term("kind", what), person=person))


def _decided(key: str, change: "AccountChange") -> None:
    if show.wants_json():
        show.emit({"change": for_machines(change)})
    else:
        show.line(told(key, change, book()))
