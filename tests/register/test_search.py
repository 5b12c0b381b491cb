"""Finding cases whose words are sealed, on both databases."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from domain.case import facts as f
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from domain.errors import Code, Refusal, Unreachable
from domain.remedies import terms as t
from domain.remedies.proceeding import Proceeding
from domain.search import SearchField
from domain.statute import Channel, Party
from keys.words import seal
from office.answers.finding import FoundCases, find
from office.running.indexing import index_is_whole, rebuild_index, take_up_unread
from office.running.key_store import key_store, register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register, open_register
from register.models import AccessEntry, SearchToken
from register.reads.fees import items_before
from register.verify.tokens import of_index
from register.writes.record import record
from register.writes.requests import Series, register_request
from register.writes.search import forget_tokens
from tests.register.office import event, first, new_request, put_in_the_book, summary

NAME = "阿依古丽·买买提"
SUBJECT = "某镇征地补偿安置方案"


@dataclass
class Book:
    """A register whose words are sealed, with the office of `tests.register.office`."""

    settings: Settings
    register: Register
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def asked(self, name: str = NAME, **other: Any) -> str:
        """A request of that applicant; the id of its case."""
        command = f"c-{next(self.count)}"
        contact = other.pop("contact", None)
        new = new_request(command, applicant=NewApplicant(name=name, contact=contact), **other)
        store = key_store(self.settings)
        series = Series(training=new.training, year=new.registered_on.year)
        with self.register.writing() as session:
            return register_request(
                session, series, command, lambda case: seal(new, store.make(case))
            ).id

    def recorded(self, case: str, *facts: Any, **of_summary: Any) -> None:
        """The registration of the case and these facts, their words sealed."""
        key = key_store(self.settings).key(case)
        events = [event(seq, what) for seq, what in enumerate(facts, 2)]
        sealed = [seal(one, key) for one in (first(), *events)]
        with self.register.writing() as session:
            record(session, case, sealed, summary(len(sealed), **of_summary))

    def found(self, words: str, user: str = "wang", **other: Any) -> FoundCases:
        return find(self.register, user, words, **other)

    def ids(self, words: str, user: str = "wang", **other: Any) -> list[str]:
        return [case.line.id for case in self.found(words, user, **other).cases]

    def why(self, words: str, user: str = "wang") -> list[tuple[str, ...]]:
        return [case.why for case in self.found(words, user).cases]


@pytest.fixture
def book(url: str, tmp_path: Path) -> Iterator[Book]:
    settings = Settings(data=tmp_path / "office", YISHEN_REGISTER=url)
    make_ready(settings)
    register = register_at(settings, 2.0)
    yield Book(settings, register)
    register.close()


def test_a_case_is_found_by_name_number_and_two_characters_of_its_subject(book: Book) -> None:
    one = book.asked(contact="138 0013 8000", subject=SUBJECT)
    two = book.asked("张玥", subject="征地公告\n及公示")
    assert book.ids("阿依古丽买买提") == book.ids("阿依古丽•买买提") == [one]
    assert book.why("阿依古丽") == [("applicant_part",)]
    assert book.why("13800138000") == [("number",)]
    assert book.ids("征地") == [two, one]
    assert book.ids("征地 补偿") == [one]
    assert book.ids("征地公告及公示") == [two]
    assert book.why("依申〔2026〕2号") == [("case_number",)]
    found = book.found("征地", limit=1)
    assert ([case.line.id for case in found.cases], found.more) == ([two], True)
    assert [case.line.subject for case in book.found("补偿").cases] == [SUBJECT]


def test_one_character_finds_names_only_and_says_so(book: Book) -> None:
    one = book.asked("张", subject="张")
    found = book.found("张")
    assert [(case.line.id, case.why) for case in found.cases] == [(one, ("applicant",))]
    assert not found.subjects
    assert book.ids("镇") == []


def test_third_parties_and_dockets_are_found_with_the_event_that_names_them(book: Book) -> None:

    case = book.asked()
    letter = f.ConsultationSent(ref="a", party=Party.THIRD_PARTY, name="青禾（集团）有限公司")
    day, docket = first().effective_on, "（2026）京01行初12号"
    suit = f.LawsuitReceived(ref="suit-1", court="某院", docket=docket)
    running = Proceeding(
        ref="suit-1",
        kind=t.ProceedingKind.LITIGATION,
        instance=t.Instance.FIRST,
        against=t.Against.REPLY,
        round=1,
        docket=key_store(book.settings).key(case).seal_word("docket", docket),
        received=day,
    )
    book.recorded(case, letter, suit, proceedings=(running,))
    assert book.why("青禾集团有限公司") == [("third_party",)]
    assert book.why("集团") == [("third_party",)]
    assert book.ids("集团", "sun") == []
    # Whose case it is stands in no docket.
    assert book.ids("(2026)京01行初12号", "sun") == [case]


def test_an_amended_registration_is_found_by_what_stands_now(book: Book) -> None:
    case = book.asked("张玥", contact="13800138000", subject=SUBJECT)
    stands = f.Registered(
        receipt=Receipt(channel=Channel.MAIL_SIGNED, arrived=first().what.receipt.arrived),  # type: ignore[union-attr]
        applicant=NewApplicant(name="张月", contact="13900139000"),
        subject="某镇宅基地审批",
    )
    book.recorded(case, f.EntryAmended(seq=1, what=stands, reason="登记有误"))
    assert book.ids("张月") == book.ids("13900139000") == book.ids("宅基地") == [case]
    assert book.ids("张玥") == book.ids("13800138000") == book.ids("征地") == []


def test_whose_a_case_is_finds_it_only_who_may_read_the_applicant(book: Book) -> None:
    case = book.asked(subject=SUBJECT)
    book.recorded(case)  # in hand of li
    assert book.ids(NAME, "li") == [case]
    for other in ("zhao", "sun"):  # another handler, a supervisor
        assert book.ids(NAME, other) == []
        assert book.ids("征地", other) == [case]
    assert not book.found(NAME, "sun").people
    with pytest.raises(Refusal) as no:
        book.found(NAME, "nobody")
    assert no.value.code is Code.UNKNOWN_USER


def test_cases_of_another_organ_are_not_found(book: Book) -> None:
    book.asked(organ="edu", subject=SUBJECT)
    assert book.ids(NAME) == book.ids("征地") == book.ids("2026-0001") == []


def test_training_cases_are_found_where_they_are_asked_for(book: Book) -> None:
    case = book.asked(training=True, clock_offset=60)
    assert book.ids(NAME) == []
    assert book.ids(NAME, training=True) == [case]


def test_words_of_many_cases_are_looked_for_from_the_newest_on(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found doesn't depend on how many cases have the words."""
    for n in range(9):
        subject = (SUBJECT, "征地公告", "公告")[n % 3]
        book.asked(f"张某{n % 2}", subject=subject, training=n % 4 == 3, clock_offset=n % 4 // 3)
    asked = ("征地", "征地 公告", "公告", "张某1", "征地补偿安置方案", "依申〔2026〕2号")
    gathered = [book.ids(words, training=training) for words in asked for training in (False, True)]
    assert [len(found) for found in gathered] == [4, 6, 2, 3, 5, 6, 2, 4, 2, 3, 1, 1]
    monkeypatch.setattr("register.reads.search.AT_ONCE", 2)
    for many in (1, 4):
        monkeypatch.setattr("register.reads.search.MANY", many)
        looked = [book.ids(words, training=t) for words in asked for t in (False, True)]
        assert looked == gathered


def test_every_search_is_in_the_log_without_its_words(book: Book) -> None:
    case = book.asked(subject=SUBJECT)
    book.ids(NAME)
    book.ids("阿依古丽买买提")
    book.ids("征地", "sun")
    with pytest.raises(Refusal):
        book.ids(NAME, "nobody")
    with book.register.reading() as session:
        rows = session.scalars(select(AccessEntry).order_by(AccessEntry.id)).all()
    told = [(row.person, row.command, row.case_id, row.outcome) for row in rows]
    assert told == [
        ("wang", "cases_searched", None, "ok"),
        ("wang", "applicant_read", case, "ok"),
        ("wang", "cases_searched", None, "ok"),
        ("wang", "applicant_read", case, "ok"),
        ("sun", "cases_searched", None, "ok"),
        ("nobody", "cases_searched", None, "refused"),
    ]
    prints = [row.detail for row in rows]
    assert prints[0] == prints[2] == prints[5] != prints[4]


def test_the_table_holds_no_word_and_only_keys_make_its_tokens(book: Book, tmp_path: Path) -> None:
    book.asked(contact="13800138000 wang@example.cn", subject=SUBJECT)
    with book.register.reading() as session:
        rows = session.execute(select(SearchToken.field, SearchToken.token)).all()
    assert {len(row.token) for row in rows} == {12}
    stored = b"".join(row.token for row in rows).decode("latin-1")
    for word in (NAME, "阿依古丽", "13800138000", "征地", "wang"):
        assert word.encode().decode("latin-1") not in stored
    elsewhere = Settings(data=tmp_path / "other", YISHEN_REGISTER=f"sqlite:///{tmp_path}/other.db")
    make_ready(elsewhere)
    other = register_at(elsewhere)
    term = (SearchField.APPLICANT, "阿依古丽买买提")
    ours, theirs = book.register.indexer.of_terms([term]), other.indexer.of_terms([term])
    other.close()
    assert ours <= {(row.field, row.token) for row in rows}
    assert not ours & theirs


def test_an_index_that_lacks_cases_finds_none_until_it_is_made_anew(book: Book) -> None:
    """As a restored register comes, or one whose server crashed: the table is empty."""
    one = book.asked(subject=SUBJECT)
    with book.register.writing() as session:
        session.execute(delete(SearchToken))
    two = book.asked(subject=SUBJECT)
    with pytest.raises(Unreachable) as away:
        book.ids(NAME)
    assert away.value.code is Code.SEARCH_INDEX_MISSING
    assert rebuild_index(book.register) == 2
    assert book.ids(NAME) == book.ids("征地") == [two, one]


def test_words_written_without_keys_leave_an_index_that_is_not_whole(book: Book, url: str) -> None:
    one = book.asked()
    keyless = open_register(url)
    with keyless.writing() as session:
        put_in_the_book(session, new_request("keyless", applicant=NewApplicant(name=NAME)))
    keyless.close()
    assert not index_is_whole(book.register)
    assert rebuild_index(book.register) == 2
    assert book.ids(NAME) == ["2026-0002", one]


def test_an_index_of_another_key_is_made_anew(book: Book, monkeypatch: Any) -> None:
    case = book.asked()
    monkeypatch.setattr("keys.search.FORM", b"2")
    assert not index_is_whole(book.register)
    rebuild_index(book.register)
    assert index_is_whole(book.register)
    assert book.ids(NAME) == [case]


def test_nothing_is_registered_that_could_not_be_found(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> Any:
        raise Unreachable(Code.KEY_STORE_UNREACHABLE, store="-", detail="-")

    book.asked()
    with monkeypatch.context() as patched:
        patched.setattr("keys.search.Indexer.of_terms", away)
        with pytest.raises(Unreachable):
            book.asked()
    assert book.asked() == "2026-0002"
    assert len(book.ids(NAME)) == 2


@pytest.mark.parametrize("column", ["field", "token", "case_id", "row", "more"])
def test_verify_finds_what_was_changed_behind_the_words(book: Book, column: str) -> None:
    """With the keys at hand: a case that would no longer be found, or found by what it isn't."""
    one, two = book.asked(subject=SUBJECT), book.asked("张玥", contact="13800138000")
    assert list(of_index(book.register)) == []
    of_number = SearchToken.field == "number"
    changed: dict[str, Any] = {"field": "docket", "token": b"x" * 12, "case_id": one}
    with book.register.writing() as session:
        if column == "row":
            session.execute(delete(SearchToken).where(of_number))
        elif column == "more":
            row = {"field": "name", "token": b"x" * 12, "case_id": "2026-0009"}
            session.execute(insert(SearchToken), [row])
        else:
            new = {column: changed[column]}
            session.execute(update(SearchToken).where(of_number).values(new))
    found = list(of_index(book.register))
    assert {difference.table for difference in found} == {"search_tokens"}
    cases = {"case_id": {one, two}, "more": {"2026-0009"}}.get(column, {two})
    assert {difference.case for difference in found} == cases
    rebuild_index(book.register)
    assert list(of_index(book.register)) == []


def test_a_case_without_its_key_holds_up_nobody_else(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a store put back from an older copy; with the key it is found again."""
    lost, kept = book.asked(subject=SUBJECT), book.asked(subject=SUBJECT)
    store = key_store(book.settings)
    have = store.key

    def without(name: str) -> Any:
        if name == lost:
            raise Unreachable(Code.KEY_MISSING, key=name, store="-")
        return have(name)

    with monkeypatch.context() as older:
        older.setattr(store, "key", without)
        assert book.ids("征地") == [kept]  # indexed while its key was there
        assert rebuild_index(book.register) == 2
        found = book.found(NAME)
        assert ([case.line.id for case in found.cases], found.unread) == ([kept], 1)
        assert list(of_index(book.register)) == []
        with book.register.reading() as session, pytest.raises(Unreachable):
            items_before(session, kept)
    take_up_unread(book.register)
    found = book.found(NAME)
    assert ([case.line.id for case in found.cases], found.unread) == ([kept, lost], 0)


def test_a_forgotten_case_leaves_no_token(book: Book) -> None:
    gone, kept = book.asked(subject=SUBJECT), book.asked(subject=SUBJECT)
    with book.register.writing() as session:
        forget_tokens(session, [gone])
    key_store(book.settings).destroy([gone])
    assert book.ids(NAME) == book.ids("征地") == [kept]
    assert list(of_index(book.register)) == []
    rebuild_index(book.register)
    assert book.ids(NAME) == book.ids("征地") == [kept]
    with book.register.reading() as session:
        of_case = select(SearchToken.token).where(SearchToken.case_id == gone)
        assert session.scalars(of_case).all() == []


def test_postgres_writes_the_index_into_no_log(book: Book) -> None:
    if book.register.is_sqlite:
        with book.register.reading() as session:
            assert session.execute(text("PRAGMA secure_delete")).scalar_one() == 1
        return
    with book.register.reading() as session:
        kind = text("SELECT relpersistence FROM pg_class WHERE relname = 'search_tokens'")
        assert session.execute(kind).scalar_one() == "u"


def test_earlier_items_of_an_applicant_are_the_same_with_and_without_the_index(book: Book) -> None:
    book.asked("张玥")
    book.asked("别人")
    book.asked("张 玥")
    last = book.asked("张玥")
    with book.register.reading() as session:
        by_index = items_before(session, last)
    with book.register.writing() as session:
        session.execute(delete(SearchToken))
    with book.register.reading() as session:
        assert (by_index, items_before(session, last)) == (2, 2)
