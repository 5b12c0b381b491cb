"""A notice as people copy it: days, spans, and what is wrong with it field by field."""

from datetime import date

import pytest

from domain.calendar.file import CalendarFile
from office.calendar_change import WrongFileError
from office.calendar_notice import notice_of

TODAY = date(2026, 11, 29)
GIVEN = {
    "kind": "year",
    "year": "2027",
    "issued": "11月4日",
    "notice": "国办发明电〔2026〕7号（虚构）",
    "off": "2026年12月31日、1月1日，2月5日至11日；10月1日 至 10月7日",
    "work": "1月3日、２月１４日",
}


def read(**changes: str) -> CalendarFile:
    return notice_of(GIVEN | changes, ("sat", "sun"), TODAY)


def test_days_are_read_as_the_notice_writes_them() -> None:
    file = read()
    assert file.years == (2027,)
    assert file.issued == date(2026, 11, 4)
    assert file.off == (
        date(2026, 12, 31),
        date(2027, 1, 1),
        *(date(2027, 2, day) for day in (5, 8, 9, 10, 11)),
        *(date(2027, 10, day) for day in (1, 4, 5, 6, 7)),
    )
    assert file.work == (date(2027, 1, 3), date(2027, 2, 14))


def test_a_closure_is_of_an_organ() -> None:
    file = read(kind="closure", organ="qinghe", name="flood", off="7月6日", work="")
    assert (file.kind, file.organ, file.name) == ("closure", "qinghe", "flood")
    assert file.off == (date(2027, 7, 6),)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued": "昨"}, "issued"),
        ({"off": "1月32日"}, "off"),
        ({"off": "2月5日至1月1日"}, "off"),
        ({"off": "1月1日至9月30日"}, "off"),
        ({"kind": "holiday"}, "kind"),
        ({"name": "No Such"}, "name"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(changes: dict[str, str], field: str) -> None:
    with pytest.raises(WrongFileError) as wrong:
        read(**changes)
    assert [problem.field for problem in wrong.value.problems] == [field]
