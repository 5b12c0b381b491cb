"""Numbers without gaps or doubles, and commands that can be repeated."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest

from domain.case.facts import NewApplicant
from domain.errors import Code, InputError, Refusal
from register.engine import Register
from register.reads import lists, queries
from register.reads.filter import Filter
from register.writes.requests import (
    mark_started,
    requests_without_run,
)
from tests.register import office
from tests.register.office import new_request, put_in_the_book, registered


def test_a_request_gets_number_id_and_start_input(register: Register) -> None:
    row = registered(register)
    assert (row.id, row.number, row.repeated) == ("2026-0001", "依申〔2026〕1号", False)
    assert row.start_input == {"organ": "jianning", "id": row.id, "number": row.number}
    with register.reading() as session:
        found = queries.case(session, "依申〔2026〕1号")
    assert found.line.id == "2026-0001"
    assert (found.applicant_name, found.applicant_kind) == ("张玥", "natural")
    assert found.start_input == row.start_input


def test_twelve_writers_leave_no_gap_and_no_double(register: Register) -> None:
    def work(writer: int) -> list[str]:
        return [registered(register, f"w{writer}-{n}").id for n in range(10)]

    with ThreadPoolExecutor(12) as pool:
        given = [case_id for ids in pool.map(work, range(12)) for case_id in ids]
    assert sorted(given) == [f"2026-{n:04d}" for n in range(1, 121)]


def test_one_command_twelve_times_at_once_is_one_request(register: Register) -> None:
    with ThreadPoolExecutor(12) as pool:
        rows = list(pool.map(lambda _: registered(register, "same"), range(12)))
    assert {row.id for row in rows} == {"2026-0001"}
    assert sum(not row.repeated for row in rows) == 1
    with register.reading() as session:
        assert lists.count_cases(session, Filter()) == 1


def test_a_number_not_taken_is_given_again(register: Register) -> None:
    with suppress(ZeroDivisionError), register.writing() as session:
        assert put_in_the_book(session, new_request("lost")).id == "2026-0001"
        raise ZeroDivisionError
    assert registered(register, "next").id == "2026-0001"


def test_each_year_begins_at_one(register: Register) -> None:
    registered(register, "a")
    assert registered(register, "b", registered_on=date(2027, 1, 4)).number == "依申〔2027〕1号"


def test_a_repeated_command_gives_the_same_row_even_on_another_day(register: Register) -> None:
    first = registered(register)
    again = registered(register, registered_on=date(2027, 1, 4), statute="cn-x")
    assert (again.id, again.repeated) == (first.id, True)


def test_a_command_id_is_not_used_for_something_else(register: Register) -> None:
    registered(register)
    with pytest.raises(Refusal) as refused:
        registered(register, applicant=NewApplicant(name="李四"))
    assert refused.value.code is Code.COMMAND_ID_REUSED
    assert registered(register, "other").id == "2026-0002"


def test_an_unknown_organ_is_named_with_those_there_are(register: Register) -> None:
    with pytest.raises(InputError) as refused:
        registered(register, organ="nowhere")
    assert refused.value.code is Code.UNKNOWN_ORGAN
    assert refused.value.params["known"] == "jianning, edu"


def test_requests_without_run_are_those_not_marked(register: Register) -> None:
    one, two = registered(register, "1"), registered(register, "2")
    with register.writing() as session:
        mark_started(session, one.id, office.NOW)
    with register.reading() as session:
        waiting = requests_without_run(session)
        assert [row.id for row in waiting] == [two.id]
        assert waiting[0].start_input == two.start_input
        assert queries.case(session, one.id).started_at == office.NOW
