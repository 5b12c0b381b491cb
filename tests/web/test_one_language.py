"""A page speaks one language: beside what people and the office have written nothing of it is in
the other, no blank is left open, and no code stands where a word belongs."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest

from domain.case.people import Role
from register.reads import queries, roster
from register.reads.people import all_people
from register.reads.words import opened
from tests.web.county import CountySite, person
from tests.web.crawl import NO_WORDS, OFFERED, seen
from tests.web.site import Browser

OF_ALL = (
    "/",
    "/cases?status=all",
    "/me",
    "/reports",
    "/reports/outcomes",
    "/calendar",
    "/remedies",
)
OF_SOME = {
    Role.LEGAL: ("/remedies/papers",),
    Role.INTAKE: ("/register",),
    Role.DISCLOSURE_HEAD: ("/supervision", "/reports/corrections", "/admin/changes"),
    Role.ADMIN: (
        "/admin/people",
        "/admin/health",
        "/admin/access",
        "/admin/enter",
        "/calendar/load",
    ),
    Role.AUDITOR: ("/calendar/try", "/calendar/law", "/calendar/law/cn-2019", "/calendar/fees"),
}
OF_CASE = ("", "/whatif", "/late", "/applicant")

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
"""Three words of it: names of formats and the like stand alone."""

ITS_OWN = ("依申", "中文", "政府資訊公開法")
"""The name of the desk, the switch to the other language, a law that is quoted by its name."""

QUOTING = ("/calendar/fees", "/calendar/law/cn-2019")
"""What a figure was checked against stands there in the words of whoever checked it."""


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_pages_speak_one_language(county: CountySite, language: str) -> None:
    other = ENGLISH if language == "zh" else CHINESE
    said = sorted({*ITS_OWN, *written(county)}, key=len, reverse=True)
    wrong: list[tuple[str, str]] = []
    filled: set[str] = set()
    people = {role: person(role) for role in OF_SOME}
    for role, who in (people | {Role.HANDLER: county.handler("assigned")}).items():
        async with county.visit(who, language) as window:
            paths = [*OF_ALL, *OF_SOME.get(role, ())]
            if role is Role.AUDITOR:
                paths += [
                    f"/cases/{case}{end}" for case in county.cases.values() for end in OF_CASE
                ]
            paths += [path async for path in forms(window, county)]
            filled |= {path.rpartition("/")[2] for path in paths if "/acts/" in path}
            for path in paths:
                answer = await window.get(path, follow_redirects=True)
                assert answer.status_code == 200, path
                text = seen(answer)
                for word in said:
                    text = text.replace(word, " ")
                if other is CHINESE or path not in QUOTING:
                    wrong += [(path, found) for found in other.findall(text)]
                wrong += [(path, found) for found in NO_WORDS.findall(text)]
    assert wrong == []
    assert len(filled) > 15


async def forms(window: Browser, site: CountySite) -> AsyncIterator[str]:
    """The form of each act that somebody is offered in some case."""
    found: set[str] = set()
    for case in site.cases.values():
        kinds = OFFERED.findall((await window.get(f"/cases/{case}")).text)
        for kind in {*kinds} - found:
            yield f"/cases/{case}/acts/{kind}"
        found |= {*kinds}


def written(site: CountySite) -> Iterator[str]:
    """What people have written: names, and every word of the cases."""
    with site.register.reading() as session:
        for user in all_people(session):
            yield user.name
        for organ in roster.organs(session):
            yield organ.name
            yield from organ.departments.values()
        for case in site.cases.values():
            row = opened(session, queries.case(session, case))
            yield from (row.line.subject, row.line.number, row.applicant_name)
            for event in queries.events(session, case):
                yield from strings(opened(session, event).model_dump(mode="json"))


def strings(value: object) -> Iterator[str]:
    """The words in it."""
    if isinstance(value, str):
        if CHINESE.search(value):
            yield value.rstrip("。")  # in a line of several the sentence stops once
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
