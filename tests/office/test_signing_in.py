"""Signing in, as people do and as strangers try to."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, process_time
from typing import Literal

import pyotp
import pytest
from argon2 import PasswordHasher

from domain.account_changes import AccountChangeKind
from domain.case.people import Role
from domain.errors import Code, InputError, Refusal
from domain.signing_in import FRESH, IDLE, INVITED, LONGEST, UNFINISHED, Owed, SignInMethod
from office.people.account_changes import reset
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in import entering, known_browsers, own_account, sessions
from office.signing_in.demo import mark_as_demo
from office.signing_in.entering import Begun
from office.signing_in.invites import invite
from office.signing_in.password import HASHING, hashed, matches
from office.signing_in.sessions import SignedIn
from office.signing_in.throttle import FROM_THERE, OF_CODE, OF_NAME, WINDOW, of_password
from register.engine import Register
from register.reads.attempts import Looked, attempts
from register.reads.signing_in import NEVER, sign_in_lines
from register.verify import verify
from register.writes.directory import Directory, load_directory
from tests.register import office

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
PASSWORD = "清河县 三月 的 雨 correct"
HERE = "10.0.0.7"


@pytest.fixture
def staffed(register: Register) -> Register:
    """The office, with an administrator in it."""
    users = [office._user("admin", "管理员（虚构）", "admin")]
    directory = Directory.model_validate({"organs": (), "users": users})
    with register.writing() as session:
        load_directory(session, directory, office.FIRST_DAY, office.BY)
    return register


@dataclass
class Someone:
    """A person at a browser; `at` is their clock."""

    settings: Settings
    register: Register
    person: str
    at: datetime = NOW
    secret: str = ""

    def invited(self) -> Begun:
        """Sets the password by a link."""
        link = invite(self.register, "admin", self.person, at=self.at)
        token = link.path.removeprefix("/invite/")
        return entering.accept(self.register, token, PASSWORD, hashing=CHEAP, at=self.at)

    def enrolled(self, who: SignedIn) -> own_account.FactorTaken:
        """Sets up an authenticator."""
        offer = own_account.offer_factor(self.settings, who, at=self.at)
        self.secret = offer.secret
        return own_account.take_factor(
            self.settings, self.register, who, offer.sealed, self.code(), at=self.at
        )

    def code(self) -> str:
        """What the authenticator shows now."""
        return pyotp.TOTP(self.secret).at(self.at)

    def signs_in(
        self, password: str = PASSWORD, address: str = HERE, known: str | None = None
    ) -> Begun:
        """Name and password."""
        said = (self.register, self.person, password)
        return entering.sign_in(*said, address=address, known_as=known, hashing=CHEAP, at=self.at)

    def finishes(self, begun: Begun, code: str | None = None) -> Begun:
        """The second factor, at the next code."""
        self.at += timedelta(seconds=30)
        given = self.code() if code is None else code
        return entering.finish(self.settings, self.register, begun.who, given, at=self.at)

    def looks(self, token: str) -> SignedIn | None:
        """Comes by with a cookie."""
        return sessions.look(self.register, token, at=self.at)


@pytest.fixture
def wang(settings: Settings, staffed: Register) -> Someone:
    """Of the counter: a password is enough."""
    return Someone(settings, staffed, "wang")


@pytest.fixture
def zhao(settings: Settings, staffed: Register) -> Someone:
    """Reviews: needs a second factor."""
    return Someone(settings, staffed, "zhao")


def refused(code: Code) -> "pytest.RaisesExc[Refusal]":
    return pytest.RaisesExc(Refusal, check=lambda no: no.code is code)


def test_an_invited_person_signs_in_by_the_password_they_chose(wang: Someone) -> None:
    first = wang.invited()
    assert (first.who.person, first.who.owes) == ("wang", None)
    again = wang.signs_in()
    assert wang.looks(again.token) == again.who
    assert again.who.asked_by == f"desk:{again.who.id}:password"
    assert again.token != first.token
    assert wang.looks(first.token) is not None, "a second device leaves the first alone"
    assert verify(wang.register).differences == ()


def test_a_name_does_as_well_as_an_id(wang: Someone) -> None:
    wang.invited()
    wang.person = "王芳"
    assert wang.signs_in().who.person == "wang"


def test_who_fails_learns_nothing_and_stands_in_the_log(wang: Someone) -> None:
    wang.invited()
    said = []
    for person, password in (("wang", "x"), ("nobody", "x"), ("my-password-by-slip", "x")):
        wang.person = person
        with pytest.raises(Refusal) as no:
            wang.signs_in(password)
        said.append((no.value.code, no.value.params))
    assert said == [(Code.SIGN_IN_FAILED, {})] * 3
    with wang.register.reading() as session:
        log = attempts(session, Looked(organs=["jianning"]))
    failed = [(line.person, line.code, line.detail) for line in log if line.outcome == "refused"]
    assert failed == [("-", "sign_in_failed", HERE)] * 2 + [("wang", "sign_in_failed", HERE)]


def test_an_unknown_person_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = []
    verify_one = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, given: str) -> bool:
        costs.append(kept.split("$")[3])
        return verify_one(self, kept, given)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    kept = hashed(PASSWORD, hashing=CHEAP)
    assert not matches(None, "", CHEAP)
    assert matches(kept, PASSWORD, CHEAP)
    assert costs == ["m=64,t=1,p=1"] * 2


def test_a_hash_costs_a_stranger_dearly_and_an_office_little() -> None:
    begun = process_time()
    kept = HASHING.hash(PASSWORD)
    assert 0.01 < process_time() - begun < 2
    assert kept.startswith("$argon2id$")
    assert "m=49152" in kept


@pytest.mark.parametrize(
    ("password", "what"),
    [
        ("short", "password_short"),
        ("x" * 201, "password_long"),
        ("wang王芳wangwang", "password_named"),
        ("121212121212", "password_common"),
        ("abcdefghijklmnop", "password_common"),
        ("qwertyuiop12", "password_common"),
        ("ｑｗｅｒｔｙｕｉｏｐ１２", "password_common"),
    ],
)
def test_a_poor_password_is_refused_with_what_to_do(
    wang: Someone, password: str, what: str
) -> None:
    link = invite(wang.register, "admin", "wang", at=NOW)
    with pytest.raises(InputError) as no:
        entering.accept(wang.register, link.path.split("/")[-1], password, hashing=CHEAP, at=NOW)
    assert (no.value.code, no.value.problems[0].expected) == (Code.BAD_PASSWORD, what)


def test_a_password_is_the_same_in_full_width(wang: Someone) -> None:
    wang.invited()
    assert wang.signs_in(PASSWORD.replace("correct", "ｃｏｒｒｅｃｔ")).who.person == "wang"


def test_an_invite_opens_once_within_half_an_hour(wang: Someone) -> None:
    first = invite(wang.register, "admin", "wang", at=NOW)
    second = invite(wang.register, "admin", "wang", at=NOW)
    tokens = [link.path.removeprefix("/invite/") for link in (first, second)]
    late = NOW + INVITED
    assert entering.invited(wang.register, tokens[0], at=NOW) is None, "the newer one counts"
    assert entering.invited(wang.register, tokens[1], at=late) is None
    found = entering.invited(wang.register, tokens[1], at=NOW)
    assert found is not None
    assert (found.person, found.name) == ("wang", "王芳")
    with refused(Code.INVITE_OVER):
        entering.accept(wang.register, tokens[1], PASSWORD, hashing=CHEAP, at=late)
    entering.accept(wang.register, tokens[1], PASSWORD, hashing=CHEAP, at=NOW)
    with refused(Code.INVITE_OVER):
        entering.accept(wang.register, tokens[1], PASSWORD, hashing=CHEAP, at=NOW)
    with refused(Code.PASSWORD_STANDS):
        invite(wang.register, "admin", "wang", at=NOW)
    with refused(Code.NOT_AN_ADMIN):
        invite(wang.register, "wu", "li", at=NOW)


def test_of_two_who_use_one_link_at_once_one_gets_in(wang: Someone) -> None:
    link = invite(wang.register, "admin", "wang", at=NOW)

    def use(_: int) -> bool:
        try:
            entering.accept(
                wang.register, link.path.split("/")[-1], PASSWORD, hashing=CHEAP, at=NOW
            )
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1


def test_a_reviewer_sets_up_a_second_factor_before_anything_opens(zhao: Someone) -> None:
    begun = zhao.invited()
    assert begun.who.owes is Owed.FACTOR
    taken = zhao.enrolled(begun.who)
    assert (taken.begun.who.owes, taken.begun.who.method) == (None, SignInMethod.PASSWORD_TOTP)
    assert len(set(taken.recovery)) == 10
    assert zhao.looks(begun.token) is None, "the session before the factor is over"
    half = zhao.signs_in()
    assert half.who.owes is Owed.CODE
    whole = zhao.finishes(half)
    assert (whole.who.owes, whole.who.method.value) == (None, "password+totp")
    assert zhao.looks(half.token) is None
    assert verify(zhao.register).differences == ()


def test_half_a_session_opens_no_account(zhao: Someone) -> None:
    zhao.enrolled(zhao.invited().who)
    half = zhao.signs_in().who
    with refused(Code.NOT_SIGNED_IN):
        own_account.change_password(
            zhao.register, half, PASSWORD, PASSWORD + "2", hashing=CHEAP, at=zhao.at
        )
    with refused(Code.NOT_SIGNED_IN):
        own_account.offer_factor(zhao.settings, half, at=zhao.at)
    with refused(Code.NOT_SIGNED_IN):
        own_account.new_recovery(zhao.register, half, at=zhao.at)


def test_a_code_opens_once(zhao: Someone) -> None:
    zhao.enrolled(zhao.invited().who)
    seen = zhao.code()
    with refused(Code.CODE_WRONG):
        zhao.finishes(zhao.signs_in(), seen)
    zhao.finishes(zhao.signs_in())
    again = zhao.signs_in()
    with refused(Code.CODE_WRONG):
        entering.finish(zhao.settings, zhao.register, again.who, zhao.code(), at=zhao.at)
    assert zhao.finishes(again).who.owes is None


def test_who_lost_the_phone_gets_in_by_a_recovery_code_once(zhao: Someone) -> None:
    codes = zhao.enrolled(zhao.invited().who).recovery
    typed = codes[3].replace("-", " ").upper()
    whole = zhao.finishes(zhao.signs_in(), typed)
    assert whole.who.method is SignInMethod.PASSWORD_RECOVERY
    with refused(Code.CODE_WRONG):
        zhao.finishes(zhao.signs_in(), codes[3])
    new = own_account.new_recovery(zhao.register, whole.who, at=zhao.at)
    with refused(Code.CODE_WRONG):
        zhao.finishes(zhao.signs_in(), codes[4])
    assert zhao.finishes(zhao.signs_in(), new[0]).who.owes is None
    assert verify(zhao.register).differences == ()


def test_the_offer_of_another_is_not_taken(zhao: Someone, wang: Someone) -> None:
    offer = own_account.offer_factor(zhao.settings, zhao.invited().who, at=NOW)
    with pytest.raises(InputError):
        own_account.take_factor(
            wang.settings, wang.register, wang.invited().who, offer.sealed, "0", at=NOW
        )


def test_the_second_factor_gets_old_and_is_shown_anew(zhao: Someone) -> None:
    who = zhao.enrolled(zhao.invited().who).begun
    assert who.who.factor_at == zhao.at
    zhao.at += FRESH
    with refused(Code.SECOND_FACTOR_NEEDED):
        own_account.offer_factor(zhao.settings, who.who, at=zhao.at)
    entering.renew(zhao.settings, zhao.register, who.who, zhao.code(), at=zhao.at)
    renewed = zhao.looks(who.token)
    assert renewed is not None
    assert renewed.factor_at == zhao.at
    assert own_account.offer_factor(zhao.settings, renewed, at=zhao.at).secret
    assert verify(zhao.register).differences == ()


def test_who_guesses_waits_and_nobody_is_locked_out(wang: Someone) -> None:
    wang.invited()
    for _ in range(FROM_THERE):
        with refused(Code.SIGN_IN_FAILED):
            wang.signs_in("wrong")
    wang.at += timedelta(minutes=1)
    with pytest.raises(Refusal) as no:
        wang.signs_in()
    assert no.value.code is Code.TOO_MANY_ATTEMPTS
    assert int(no.value.params["seconds"]) == (WINDOW - timedelta(minutes=1)).seconds
    assert wang.signs_in(address="10.0.0.8").who.person == "wang", "they sit elsewhere"
    wang.at = NOW + WINDOW
    assert wang.signs_in().who.person == "wang", "however often it was tried meanwhile"


def test_who_guesses_from_everywhere_keeps_nobody_out_of_their_own_browser(wang: Someone) -> None:
    wang.invited()
    for n in range(OF_NAME):
        of_password("wang", f"10.1.{n // 9}.1").take(wang.register, wang.at)
    with refused(Code.TOO_MANY_ATTEMPTS):
        wang.signs_in()
    word = known_browsers.word_for(wang.settings, "wang", wang.at)
    mine = known_browsers.name_in(wang.settings, word, wang.at)
    assert wang.signs_in(known=mine).who.person == "wang"
    for _ in range(FROM_THERE):
        with refused(Code.SIGN_IN_FAILED):
            wang.signs_in("wrong", known=mine)
    with refused(Code.TOO_MANY_ATTEMPTS):
        wang.signs_in(known=mine)


@pytest.mark.parametrize(
    "word", ["", "known_browser 2026-01-01 wang", "sealed:gcm:office:" + "A" * 60]
)
def test_no_browser_says_of_itself_that_it_is_known(wang: Someone, word: str) -> None:
    assert known_browsers.name_in(wang.settings, word, NOW) is None
    offer = own_account.offer_factor(wang.settings, wang.invited().who, at=NOW)
    assert known_browsers.name_in(wang.settings, offer.sealed, NOW) is None
    old = known_browsers.word_for(wang.settings, "wang", NOW - known_browsers.KEPT)
    assert known_browsers.name_in(wang.settings, old, NOW) is None


def test_who_is_refused_keeps_nobody_from_writing(wang: Someone) -> None:
    wang.invited()
    for _ in range(FROM_THERE):
        with refused(Code.SIGN_IN_FAILED):
            wang.signs_in("wrong")
    with written_to(wang.register), refused(Code.TOO_MANY_ATTEMPTS):
        wang.signs_in("wrong")


def test_many_guesses_at_once_are_counted_too(wang: Someone) -> None:
    wang.invited()

    def guess(_: int) -> Code:
        with pytest.raises(Refusal) as no:
            wang.signs_in("wrong")
        return no.value.code

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(guess, range(3 * FROM_THERE)))
    assert said.count(Code.SIGN_IN_FAILED) == FROM_THERE


def test_an_office_behind_one_address_signs_in_all_morning(wang: Someone) -> None:
    wang.invited()
    for _ in range(120):
        wang.signs_in()


def test_codes_are_not_guessed_either(zhao: Someone) -> None:
    zhao.enrolled(zhao.invited().who)
    half = zhao.signs_in()
    for _ in range(OF_CODE):
        with refused(Code.CODE_WRONG):
            entering.finish(zhao.settings, zhao.register, half.who, "12", at=zhao.at)
    with refused(Code.TOO_MANY_ATTEMPTS):
        zhao.finishes(half)


def test_a_session_ends_when_nobody_is_there_and_at_the_end_of_a_day(wang: Someone) -> None:
    wang.invited()
    idle = wang.signs_in()
    wang.at += IDLE
    assert wang.looks(idle.token) is None
    used, begun = wang.signs_in(), wang.at
    while wang.at < begun + LONGEST - IDLE / 2:
        who = wang.looks(used.token)
        assert who is not None
        sessions.seen(wang.register, who, at=wang.at)
        wang.at += IDLE / 2
    assert wang.looks(used.token) is not None
    wang.at = begun + LONGEST
    assert wang.looks(used.token) is None


def test_half_a_session_waits_ten_minutes(zhao: Someone) -> None:
    zhao.enrolled(zhao.invited().who)
    half = zhao.signs_in()
    zhao.at += UNFINISHED
    assert zhao.looks(half.token) is None


def test_looking_waits_for_no_writer(wang: Someone) -> None:
    token = wang.invited().token
    with written_to(wang.register):
        begun = monotonic()
        assert wang.looks(token) is not None
        assert monotonic() - begun < wang.settings.timeout
        sessions.seen(wang.register, wang.looks(token), at=NOW + IDLE / 2)  # type: ignore[arg-type]


@contextmanager
def written_to(register: Register) -> Iterator[None]:
    """Somebody else writes, for as long as the block lasts."""
    locked, done = Event(), Event()

    def write() -> None:
        with register.writing() as session:
            session.connection().exec_driver_sql("SELECT 1")
            locked.set()
            done.wait(10)

    writer = Thread(target=write)
    writer.start()
    assert locked.wait(5)
    try:
        yield
    finally:
        done.set()
        writer.join()


def test_people_see_and_end_their_own_sessions(wang: Someone, zhao: Someone) -> None:
    wang.invited()
    first, second = wang.signs_in(), wang.signs_in()
    other = zhao.invited()
    assert {s.id for s in sessions.own(wang.register, first.who, at=NOW)} > {second.who.id}
    sessions.end_other(wang.register, first.who, other.who.id, at=NOW)
    assert zhao.looks(other.token) is not None, "not theirs to end"
    sessions.end_other(wang.register, first.who, second.who.id, at=NOW)
    assert wang.looks(second.token) is None
    ids = {first.who.id, second.who.id}
    assert sessions.still_standing(wang.register, ids, at=NOW) == {first.who.id}
    sessions.end_all(wang.register, first.who, at=NOW)
    assert sessions.own(wang.register, first.who, at=NOW) == []
    assert verify(wang.register).differences == ()


def test_another_password_ends_every_session(wang: Someone) -> None:
    own, other = wang.invited(), wang.signs_in()
    new = PASSWORD + " 二"
    with refused(Code.SIGN_IN_FAILED):
        own_account.change_password(wang.register, own.who, "wrong", new, hashing=CHEAP, at=NOW)
    assert wang.looks(own.token) is not None
    own_account.change_password(wang.register, own.who, PASSWORD, new, hashing=CHEAP, at=NOW)
    assert (wang.looks(own.token), wang.looks(other.token)) == (None, None)
    with refused(Code.SIGN_IN_FAILED):
        wang.signs_in()
    assert wang.signs_in(new).who.person == "wang"


def test_who_leaves_is_out_at_once(wang: Someone) -> None:
    token = wang.invited().token
    gone = Directory.model_validate({"users": [{"id": "wang", "name": "王芳", "active": False}]})
    with wang.register.writing() as session:
        load_directory(session, gone, office.FIRST_DAY, office.BY)
    assert wang.looks(token) is None
    with refused(Code.SIGN_IN_FAILED):
        wang.signs_in()


def lets_go(register: Register, person: str) -> None:
    """The person is in service no more."""
    gone = Directory.model_validate({"users": [{"id": person, "name": "王芳", "active": False}]})
    with register.writing() as session:
        load_directory(session, gone, office.FIRST_DAY, office.BY)


def resets(register: Register, person: str) -> None:
    """An administrator takes the password away."""
    reset(register, "admin", person, AccountChangeKind.PASSWORD_RESET)


@pytest.mark.parametrize("change", [lets_go, resets])
def test_what_changes_while_a_password_is_hashed_counts(
    wang: Someone, change: Callable[[Register, str], None]
) -> None:
    wang.invited()

    class Slow(PasswordHasher):
        def verify(self, kept: str | bytes, given: str | bytes) -> Literal[True]:
            right = super().verify(kept, given)
            change(wang.register, "wang")
            return right

    slow = Slow(time_cost=1, memory_cost=64, parallelism=1)
    with refused(Code.SIGN_IN_FAILED):
        entering.sign_in(wang.register, "wang", PASSWORD, address=HERE, hashing=slow, at=NOW)
    with wang.register.reading() as session:
        assert sign_in_lines(session, NOW).get("wang", NEVER).sessions <= 1, "that of the invite"
    assert verify(wang.register).differences == ()


def test_a_session_that_was_ended_meanwhile_changes_nothing(zhao: Someone) -> None:
    whole = zhao.enrolled(zhao.invited().who).begun.who
    half = zhao.signs_in()
    offer = own_account.offer_factor(zhao.settings, whole, at=zhao.at)
    sessions.end_all(zhao.register, whole, at=zhao.at)
    with refused(Code.NOT_SIGNED_IN):
        zhao.finishes(half)
    with refused(Code.NOT_SIGNED_IN):
        code = pyotp.TOTP(offer.secret).at(zhao.at)
        own_account.take_factor(zhao.settings, zhao.register, whole, offer.sealed, code, at=zhao.at)
    with refused(Code.NOT_SIGNED_IN):
        own_account.new_recovery(zhao.register, whole, at=zhao.at)
    with refused(Code.NOT_SIGNED_IN):
        own_account.change_password(
            zhao.register, whole, PASSWORD, PASSWORD + " 二", hashing=CHEAP, at=zhao.at
        )
    assert zhao.finishes(zhao.signs_in()).who.owes is None


def test_a_session_put_there_by_hand_is_found(wang: Someone) -> None:
    from register.writes.signing_in import begin_session

    with wang.register.writing() as session:
        begin_session(session, "token", "wang", "password", "", NOW, factor=False)
    assert [(d.table, d.field) for d in verify(wang.register).differences] == [
        ("desk_sessions", "begun_at")
    ]


@pytest.fixture
def empty(empty_url: str, tmp_path: Path) -> Iterator[Register]:
    """A register in which nothing stands yet."""
    made = Settings(data=tmp_path / "new", YISHEN_REGISTER=empty_url, timeout=2)
    make_ready(made)
    opened = register_at(made)
    yield opened
    opened.close()


def test_in_a_demonstration_anybody_is_anybody_in_service(empty: Register) -> None:
    mark_as_demo(empty)
    office.with_office(empty)
    mark_as_demo(empty)
    begun = entering.begin_demo(empty, "sun", at=NOW)
    assert begun.who.asked_by.endswith(":demo")
    assert begun.who.owes is None, "a leader, without the second factor of an office"
    assert sessions.look(empty, begun.token, at=NOW) == begun.who
    with refused(Code.UNKNOWN_USER):
        entering.begin_demo(empty, "nobody\x00", at=NOW)
    with refused(Code.NOT_SIGNED_IN):
        own_account.offer_factor(Settings(), begun.who, at=NOW)
    assert verify(empty).differences == ()


def test_an_office_never_becomes_a_demonstration(staffed: Register) -> None:
    with refused(Code.DEMO_TOO_LATE):
        mark_as_demo(staffed)
    with refused(Code.NOT_A_DEMO):
        entering.begin_demo(staffed, "wang", at=NOW)


STRANGE = ["\x00", "a\x00b", "\ud800", "wang\u202e", "x" * 100_000, "'; --", "\u0131\u0307", ""]


@pytest.mark.parametrize("given", STRANGE, ids=range(len(STRANGE)))
def test_whatever_is_sent_is_a_no(zhao: Someone, given: str) -> None:
    half = zhao.enrolled(zhao.invited().who).begun and zhao.signs_in()
    with refused(Code.CODE_WRONG):
        zhao.finishes(half, given)
    for person, password in ((given, given), ("zhao", given)):
        zhao.person = person
        with refused(Code.SIGN_IN_FAILED):
            zhao.signs_in(password)
    assert zhao.looks(given) is None
    assert entering.invited(zhao.register, given, at=NOW) is None


def test_a_recovery_code_sent_twice_at_once_opens_once(zhao: Someone) -> None:
    codes = zhao.enrolled(zhao.invited().who).recovery
    halves = [zhao.signs_in() for _ in range(4)]

    def use(half: Begun) -> bool:
        try:
            entering.finish(zhao.settings, zhao.register, half.who, codes[0], at=zhao.at)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, halves)) == 1


def test_a_page_knows_before_the_act_whether_a_code_comes_first(zhao: Someone) -> None:
    who = zhao.enrolled(zhao.invited().who).begun.who
    assert not sessions.wants_code(zhao.register, who, "jianning", "signed", at=NOW + FRESH)
    asking = office.OFFICE.organs[0].model_copy(update={"second_factor_for_signing": True})
    with zhao.register.writing() as session:
        load_directory(session, Directory(organs=(asking,)), office.FIRST_DAY, office.BY)
    assert sessions.wants_code(zhao.register, who, "jianning", "signed", at=NOW + FRESH)
    assert not sessions.wants_code(zhao.register, who, "jianning", "signed", at=NOW)
    assert not sessions.wants_code(zhao.register, who, "jianning", "noted", at=NOW + FRESH)


def test_an_organ_says_who_needs_a_second_factor(wang: Someone, zhao: Someone) -> None:
    asking = office.OFFICE.organs[0].model_copy(update={"second_factor_roles": (Role.INTAKE,)})
    with wang.register.writing() as session:
        load_directory(session, Directory(organs=(asking,)), office.FIRST_DAY, office.BY)
    assert wang.invited().who.owes is Owed.FACTOR
    assert zhao.invited().who.owes is None
