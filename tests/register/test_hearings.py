"""Hearings come in the order of their instants, each once, whichever page they are on."""

from datetime import datetime, timedelta

import pytest

from domain.errors import Code, InputError
from domain.remedies import terms as t
from domain.remedies.proceeding import Hearing, Proceeding
from domain.values import OFFICE_ZONE
from register.engine import Register
from register.reads.hearings import hearing_lines
from register.reads.visible import viewer_of, visible_to
from register.writes.record import record
from tests.register.office import first, registered, summary

AT = datetime(2026, 6, 1, 9, tzinfo=OFFICE_ZONE)


@pytest.fixture
def called(register: Register) -> Register:
    """Six cases with two hearings each, some at the same instant, the last case of another organ
    and one of training."""
    for n in range(6):
        suit = Proceeding(
            ref="suit-1",
            kind=t.ProceedingKind.LITIGATION,
            instance=t.Instance.FIRST,
            against=t.Against.REPLY,
            round=1,
            received=first().effective_on,
            hearings=(
                Hearing(hearing="1", at=AT + timedelta(days=n % 2), place="第三法庭"),
                Hearing(hearing="2", at=AT + timedelta(days=7 - n)),
            ),
        )
        other = {"organ": "edu"} if n == 5 else {"training": True} if n == 4 else {}
        case = registered(register, f"c-{n}", **other).id
        with register.writing() as session:
            record(session, case, (first(),), summary(1, proceedings=(suit,)))
    return register


@pytest.mark.parametrize("size", [1, 4, 50])
def test_pages_of_hearings_are_all_of_them(called: Register, size: int) -> None:
    found, after = [], None
    with called.reading() as session:
        while page := hearing_lines(session, AT, after=after, limit=size):
            found += page
            after = page[-1].place_in_list
    assert len({(line.case_id, line.hearing) for line in found}) == len(found) == 10
    assert [line.at for line in found] == sorted(line.at for line in found)
    assert (found[0].number, found[0].place) == ("依申〔2026〕1号", "第三法庭")


def test_hearings_are_of_an_organ_and_of_those_who_may_see_the_case(called: Register) -> None:
    with called.reading() as session:
        assert len(hearing_lines(session, AT, organ="edu")) == 2
        assert len(hearing_lines(session, AT, training=True)) == 12
        later = AT + timedelta(days=6)
        assert [line.case_id for line in hearing_lines(session, later)] == [
            "2026-0002",
            "2026-0001",
        ]
        for user, many in (("wang", 8), ("qian", 0)):
            seen = visible_to(viewer_of(session, user))
            assert len(hearing_lines(session, AT, seen=seen)) == many
        with pytest.raises(InputError) as refused:
            hearing_lines(session, AT, after="2026~x")
        assert refused.value.code is Code.BAD_CURSOR
