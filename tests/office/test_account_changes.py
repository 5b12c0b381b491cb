"""Roles and resets that take two people, and who leaves."""

from collections.abc import Iterable

import pytest

from domain.account_changes import AccountChangeKind
from domain.case.people import Role
from domain.errors import Code, InputError
from domain.signing_in import INVITED
from office.people import account_changes as changes
from office.people.accounts import accounts, put_person
from office.people.directory_file import load_office
from office.people.guarded_roles import ask_all, held_back
from office.people.leaving import deactivate
from office.settings import Settings
from office.signing_in import entering, sessions
from office.signing_in.invites import invite
from register.engine import Register
from register.reads.account_changes import AccountChange
from register.reads.attempts import Looked, attempts
from register.reads.people import all_people
from register.reads.tasks import tasks_of, unattended
from register.reads.visible import viewer_of
from register.verify import verify
from register.writes.directory import Directory, load_directory
from register.writes.outbox import pending_notices
from register.writes.record import record
from tests.office.test_signing_in import CHEAP, NOW, PASSWORD, Someone, refused
from tests.register import office

GIVEN = AccountChangeKind.ROLE_GIVEN


@pytest.fixture
def staffed(register: Register) -> Register:
    """The office, with two administrators and an auditor."""
    users = [
        office._user("admin", "管理员（虚构）", "admin"),
        office._user("second", "另一管理员（虚构）", "admin"),
        office._user("chen", "陈审（虚构）", "auditor"),
    ]
    with register.writing() as session:
        directory = Directory.model_validate({"organs": (), "users": users})
        load_directory(session, directory, office.FIRST_DAY, office.BY)
    return register


def roles(register: Register, person: str) -> set[str]:
    with register.reading() as session:
        return {g.role for p in all_people(session) if p.id == person for g in p.grants}


def told(register: Register) -> set[tuple[str, str]]:
    with register.reading() as session:
        return {(note.kind, note.recipient) for note in pending_notices(session, None)}


def test_a_role_that_decides_takes_a_second_person(staffed: Register) -> None:
    change = changes.give_role(staffed, "admin", "wang", Role.REVIEWER, "jianning")
    assert change is not None
    assert roles(staffed, "wang") == {"intake"}
    assert told(staffed) == {(changes.ASKED, person) for person in ("second", "wu", "sun")}, (
        "another administrator, the disclosure head, the principal leader"
    )
    with refused(Code.FOUR_EYES):
        changes.agree(staffed, "admin", change.number)
    with refused(Code.NOT_FOR_ONESELF):
        changes.agree(staffed, "wang", change.number)
    with refused(Code.NOT_YOUR_ROLE):
        changes.agree(staffed, "li", change.number)
    assert [c.number for c in changes.waiting(staffed, "wu")] == [change.number]
    assert changes.waiting(staffed, "li") == []
    done = changes.agree(staffed, "wu", change.number)
    assert (done.second, done.done) == ("wu", True)
    assert roles(staffed, "wang") == {"intake", "reviewer"}
    assert {p for k, p in told(staffed) if k == "role_given"} == {"wang", "admin", "chen"}
    with staffed.reading() as session:
        log = attempts(session, Looked(organs=["jianning"]))
    said = [(line.person, line.command, line.outcome, line.detail) for line in log]
    assert said[0] == ("wu", "account_change_agreed", "ok", str(change.number))
    assert said[-1] == ("admin", "account_change_asked", "ok", "wang")
    with pytest.raises(InputError) as gone:
        changes.agree(staffed, "second", change.number)
    assert gone.value.code is Code.UNKNOWN_ACCOUNT_CHANGE
    assert verify(staffed).differences == ()


@pytest.mark.parametrize(
    "role",
    [
        *(Role.REVIEWER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER),
        *(Role.DISCLOSURE_HEAD, Role.ADMIN, Role.AUDITOR),
    ],
)
def test_no_administrator_gives_it_alone(staffed: Register, role: Role) -> None:
    change = changes.give_role(staffed, "admin", "li", role, "jianning")
    assert change is not None
    assert changes.decline(staffed, "second", change.number).done is False
    assert roles(staffed, "li") == {"handler"}


def test_an_ordinary_role_takes_one_and_nobody_gives_himself_any(staffed: Register) -> None:
    assert changes.give_role(staffed, "admin", "wang", Role.HANDLER, "jianning", "财政股") is None
    assert roles(staffed, "wang") == {"intake", "handler"}
    assert told(staffed) == {("role_given", person) for person in ("wang", "admin", "chen")}
    changes.take_role(staffed, "admin", "wang", Role.HANDLER, "jianning", "czj")
    assert {p for k, p in told(staffed) if k == "role_taken"} == {"wang", "admin", "chen"}
    assert roles(staffed, "wang") == {"intake"}
    with refused(Code.ROLE_NOT_HELD):
        changes.take_role(staffed, "admin", "wang", Role.HANDLER, "jianning")
    with refused(Code.NOT_FOR_ONESELF):
        changes.give_role(staffed, "admin", "admin", Role.INTAKE, "jianning")
    with refused(Code.NOT_AN_ADMIN):
        changes.give_role(staffed, "wu", "li", Role.INTAKE, "jianning")
    assert verify(staffed).differences == ()


def test_whoever_watches_is_told_when_they_no_longer_may(staffed: Register) -> None:
    changes.take_role(staffed, "admin", "chen", Role.AUDITOR, "jianning")
    assert {p for k, p in told(staffed) if k == "role_taken"} == {"chen", "admin"}
    changes.agree(staffed, "wu", asked(staffed, "chen", Role.AUDITOR))
    deactivate(staffed, "admin", "chen")
    assert {p for k, p in told(staffed) if k == "person_left"} == {"chen", "admin"}
    assert verify(staffed).differences == ()


def asked(register: Register, person: str, role: Role) -> int:
    change = changes.give_role(register, "admin", person, role, "jianning")
    assert change is not None
    return change.number


def loaded(register: Register, user: str | None, **given: Iterable[str]) -> list[AccountChange]:
    """An office file that says who holds which roles, loaded by `user`."""
    users = [
        {
            "id": person,
            "name": person,
            "roles": [{"role": role, "organ": "jianning"} for role in roles],
        }
        for person, roles in given.items()
    ]
    with register.writing() as session:
        file = Directory.model_validate({"users": users})
        rest, new = held_back(session, file, user)
        load_office(session, rest, user)
        return ask_all(session, new, user)


def test_a_file_gives_an_auditor_by_two_and_tells_of_each_other_role(staffed: Register) -> None:
    (waits,) = loaded(staffed, "admin", hu=["auditor", "intake", "supervisor"], tan=["intake"])
    assert (waits.person, waits.done) == ("hu", None)
    assert roles(staffed, "hu") == {"intake", "supervisor"}
    with staffed.reading() as session:
        notes = [n for n in pending_notices(session, None) if n.kind == "role_given"]
    assert sorted((n.recipient, n.payload["person"], n.payload["role"]) for n in notes) == [
        *(("chen", "hu", "intake"), ("chen", "hu", "supervisor"), ("chen", "tan", "intake")),
        *(("hu", "hu", "intake"), ("hu", "hu", "supervisor")),
        ("tan", "tan", "intake"),
    ]
    assert verify(staffed).differences == ()


def test_the_first_file_of_an_office_gives_all_its_roles(register: Register) -> None:
    assert loaded(register, None, first=["admin"], hu=["auditor"]) == []
    assert (roles(register, "first"), roles(register, "hu")) == ({"admin"}, {"auditor"})
    assert told(register) == set()


def test_who_asked_takes_it_back(staffed: Register) -> None:
    change = changes.give_role(staffed, "admin", "li", Role.REVIEWER, "jianning")
    again = changes.give_role(staffed, "admin", "li", Role.REVIEWER, "jianning")
    assert change is not None
    assert again == change, "asked for twice, it waits once"
    assert changes.decline(staffed, "admin", change.number).second == "admin"
    assert changes.waiting(staffed, "admin") == []
    assert verify(staffed).differences == ()


def test_a_leaders_password_is_reset_by_two_and_his_sessions_end(
    settings: Settings, staffed: Register
) -> None:
    qian = Someone(settings, staffed, "qian")
    token = qian.enrolled(qian.invited().who).begun.token
    change = changes.reset(staffed, "admin", "qian", AccountChangeKind.PASSWORD_RESET)
    assert change is not None
    assert qian.looks(token) is not None, "nothing happens before the second agrees"
    changes.agree(staffed, "second", change.number)
    assert qian.looks(token) is None
    with refused(Code.SIGN_IN_FAILED):
        qian.signs_in()
    assert qian.invited().who.owes == "code", "the second factor still stands"
    heard = told(staffed)
    assert {p for k, p in heard if k == "password_reset"} == {"qian", "admin", "chen"}
    assert {p for k, p in heard if k == "password_set"} == {"qian", "admin", "chen"}
    assert verify(staffed).differences == ()


def test_a_clerks_second_factor_is_reset_by_one(settings: Settings, staffed: Register) -> None:
    wang = Someone(settings, staffed, "wang")
    codes = wang.enrolled(wang.invited().who).recovery
    assert changes.reset(staffed, "admin", "wang", AccountChangeKind.FACTOR_RESET) is None
    again = wang.signs_in()
    assert again.who.owes is None
    assert not again.who.has_factor
    assert codes
    with refused(Code.NOT_FOR_ONESELF):
        changes.reset(staffed, "admin", "admin", AccountChangeKind.FACTOR_RESET)


def test_where_nobody_could_agree_only_the_machine_does_it(staffed: Register) -> None:
    for person in ("second", "wu", "sun"):
        deactivate(staffed, "admin", person)
    with refused(Code.NO_SECOND_PERSON):
        changes.give_role(
            staffed, "admin", "li", Role.DISCLOSURE_HEAD, "jianning", asked_by="desk:a:password"
        )
    done = changes.give_role(staffed, "admin", "li", Role.DISCLOSURE_HEAD, "jianning")
    assert done is not None
    assert (done.done, done.second) == (True, None)
    assert "disclosure_head" in roles(staffed, "li")
    assert ("role_given", "chen") in told(staffed)


def test_who_leaves_is_out_and_what_was_theirs_waits_for_another(staffed: Register) -> None:
    case = office.registered(staffed)
    with staffed.writing() as session:
        record(session, case.id, [office.first(), office.assigned()], office.summary(2))
    link = invite(staffed, "admin", "li", at=NOW)
    token = link.path.removeprefix("/invite/")
    begun = entering.accept(staffed, token, PASSWORD, hashing=CHEAP, at=NOW)
    left = deactivate(staffed, "admin", "li")
    assert left.cases == (case.id,)
    assert sessions.look(staffed, begun.token, at=NOW) is None
    with staffed.reading() as session:
        assert [line.id for line in unattended(session)] == [case.id]
        waits = {(t.kind, t.case_id) for t in tasks_of(session, viewer_of(session, "wu"))}
    assert ("reassigned", case.id) in waits
    with refused(Code.NOT_FOR_ONESELF):
        deactivate(staffed, "admin", "admin")
    with refused(Code.NOT_AN_ADMIN):
        deactivate(staffed, "wang", "zhao")
    back = Directory.model_validate({"users": [{"id": "li", "name": "李明"}]})
    with staffed.writing() as session:
        load_directory(session, back, office.FIRST_DAY, office.BY)
    assert sessions.look(staffed, begun.token, at=NOW) is None, "no session comes back"


def test_people_are_entered_and_changed_and_keep_their_roles(staffed: Register) -> None:
    put_person(staffed, "admin", {"id": "qiu", "name": "邱月（虚构）", "email": ""})
    put_person(staffed, "admin", {"id": "wu", "name": "吴敏（改）", "email": "wu@example.gov.cn"})
    assert roles(staffed, "wu") == {"disclosure_head"}
    found = {a.person.id: a for a in accounts(staffed, "admin", at=NOW).page}
    assert (found["wu"].person.name, found["wu"].needs_factor) == ("吴敏（改）", True)
    assert not found["qiu"].sign_in.has_password
    with pytest.raises(InputError) as no:
        put_person(staffed, "admin", {"id": "system", "name": "x", "email": "nothing"})
    assert [p.field for p in no.value.problems] == ["id", "email"]
    with pytest.raises(InputError):
        put_person(staffed, "admin", {"id": "", "name": ""})
    with refused(Code.NOT_AN_ADMIN):
        put_person(staffed, "wu", {"id": "x", "name": "x"})
    with refused(Code.NOT_AN_ADMIN):
        accounts(staffed, "wu")
    assert verify(staffed).differences == ()


def test_another_address_is_told_to_the_one_before(staffed: Register) -> None:
    put_person(
        staffed, "admin", {"id": "qiu", "name": "邱月（虚构）", "email": "qiu@example.gov.cn"}
    )
    changes.give_role(staffed, "admin", "qiu", Role.LEGAL, "jianning")
    put_person(staffed, "admin", {"id": "qiu", "name": "邱月", "email": "qiu@example.gov.cn"})
    assert "email_changed" not in {kind for kind, _ in told(staffed)}
    put_person(staffed, "admin", {"id": "qiu", "name": "邱月", "email": "q@elsewhere.example"})
    with staffed.reading() as session:
        notes = [n for n in pending_notices(session, None) if n.kind == "email_changed"]
    reached = {note.recipient: note.address for note in notes}
    assert reached.keys() == {"qiu", "chen"}
    assert reached["qiu"] == "qiu@example.gov.cn"
    assert verify(staffed).differences == ()


def test_whoever_comes_back_begins_without_roles(staffed: Register) -> None:
    deactivate(staffed, "admin", "wu")
    put_person(staffed, "admin", {"id": "wu", "name": "吴敏"})
    assert roles(staffed, "wu") == set()
    assert verify(staffed).differences == ()


def test_an_administrator_sees_who_can_sign_in(settings: Settings, staffed: Register) -> None:
    wang = Someone(settings, staffed, "wang")
    invite(staffed, "admin", "li", at=NOW)
    wang.enrolled(wang.invited().who)
    found = {a.person.id: a for a in accounts(staffed, "admin", at=NOW).page}
    line = found["wang"].sign_in
    assert (line.has_password, line.has_factor, line.recovery, line.sessions) == (True, True, 10, 1)
    assert found["li"].invited_until == NOW + INVITED
    later = {a.person.id: a for a in accounts(staffed, "admin", at=NOW + INVITED).page}
    assert later["li"].invited_until is None
