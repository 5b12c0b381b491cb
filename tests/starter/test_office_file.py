"""What an office file may say, and what an office lacks, is said at once and at its place."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.errors import Code, InputError, Refusal
from office.people.directory_file import example_office, load_office, read_office
from register.engine import Register, open_register
from register.reads import roster
from register.reads.staffing import gaps
from tests.office_fixture import EXAMPLE
from tests.tables import with_tables

WRONG = """
[[organs]]
id = "a"
name = "甲"
level = "government"
committed_working_days = 25
first_day = 2099-01-01
[[organs.departments]]
id = "x"
name = "一科"
committed_working_days = 21
[[organs.departments]]
id = "x"
name = "二科"
[[organs]]
id = "a"
name = "乙"
level = "department"
[[users]]
id = "system"
name = "某"
email = "abc"
roles = [{ role = "intake", organ = "b" }, { role = "handler", organ = "a", department = "y" }]
"""


def test_every_problem_is_said_at_its_place(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(WRONG, encoding="utf-8")
    with pytest.raises(InputError) as no:
        read_office(file)
    assert no.value.code is Code.BAD_OFFICE_FILE
    assert [(p.field, p.expected) for p in no.value.problems] == [
        ("organs[1].id", "twice"),
        ("organs[0].departments[1].id", "twice"),
        ("organs[0].committed_working_days", "promise"),
        ("organs[0].departments[0].committed_working_days", "promise"),
        ("organs[0].first_day", "at_latest"),
        ("users[0].id", "reserved"),
        ("users[0].email", "email"),
        ("users[0].roles[0].organ", "one_of"),
        ("users[0].roles[1].department", "one_of"),
    ]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(f"sqlite:///{with_tables(tmp_path)}")


def load(register: Register, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    office = read_office(file)
    with register.writing() as session:
        load_office(session, office)


def test_the_first_day_is_fixed_when_the_organ_is_first_loaded(
    register: Register, tmp_path: Path
) -> None:
    file = tmp_path / "office.toml"
    text = example_office()
    load(register, file, text)
    with register.reading() as session:
        first = roster.organs(session)[0].first_day
    assert first is not None
    said = text.replace('id = "qinghe"\n', 'id = "qinghe"\nfirst_day = DAY\n', 1)
    load(register, file, said.replace("DAY", str(first)))
    with pytest.raises(Refusal) as no:
        load(register, file, said.replace("DAY", str(first + timedelta(days=1))))
    assert no.value.code is Code.FIRST_DAY_FIXED
    load(register, file, text)
    with register.reading() as session:
        assert roster.organs(session)[0].first_day == first


def test_a_planned_first_day_is_kept(register: Register, tmp_path: Path) -> None:
    said = example_office().replace('id = "qinghe"\n', 'id = "qinghe"\nfirst_day = 2026-01-05\n', 1)
    load(register, tmp_path / "office.toml", said)
    with register.reading() as session:
        assert roster.organs(session)[0].first_day == date(2026, 1, 5)


@pytest.mark.parametrize(
    "role", ["intake", "handler", "reviewer", "leader_in_charge", "principal_leader"]
)
def test_an_office_without_somebody_for_each_step_is_not_well(
    register: Register, tmp_path: Path, role: str
) -> None:
    load(register, tmp_path / "office.toml", EXAMPLE.read_text(encoding="utf-8"))
    with register.reading() as session:
        assert gaps(session) == []
    without = EXAMPLE.read_text(encoding="utf-8").replace(f'role = "{role}"', 'role = "auditor"')
    load(register, tmp_path / "office.toml", without)
    with register.reading() as session:
        (gap,) = gaps(session)
    assert [str(r) for r in gap.roles] == [role]


def test_one_person_can_not_give_both_signatures(register: Register, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        'role = "leader_in_charge"', 'role = "auditor"'
    )
    both = (
        '{ role = "leader_in_charge", organ = "qinghe" }, '
        '{ role = "principal_leader", organ = "qinghe" }'
    )
    text = text.replace('{ role = "principal_leader", organ = "qinghe" }', both)
    load(register, tmp_path / "office.toml", text)
    with register.reading() as session:
        (gap,) = gaps(session)
    assert (gap.roles, gap.one_signer) == ((), True)
