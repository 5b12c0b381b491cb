"""Articles stand in the files of the law, by statute and by date, and nowhere in code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from domain.remedies.law import suspended_by
from domain.remedies.organ import OrganProfile
from domain.remedies.paths import offer
from domain.remedies.terms import OrganKind, ProceedingKind
from law.files import load_policy, load_statutes
from law.remedy_law import load_remedy_law
from papers.remedy_notice import notice_lines
from tests.test_rooms import modules

ARTICLE = re.compile(r"\barts? \d|第.+条")
DATES = ("2008-05-01", "2015-05-01", "2018-01-01", "2018-02-08", "2019-05-15", "2024-01-01")
"""On these a text that letters cite came into force."""

VERSION = re.compile(r"《(中华人民共和国\w+法)》(（[^）]*年[^）]*）)?")


def said_in_code(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that are no documentation."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield node


def test_no_code_of_the_domain_names_an_article() -> None:
    typed = [
        f"{path.name}:{string.lineno}: {string.value!r}"
        for path in modules("domain")
        for string in said_in_code(ast.parse(path.read_text(encoding="utf-8")))
        if ARTICLE.search(str(string.value))
    ]
    assert typed == []


@pytest.mark.parametrize(
    ("kind", "on", "article"),
    [
        ("reconsideration", "2008-05-01", "State Council Decree 499 art 41"),
        ("reconsideration", "2023-12-31", "State Council Decree 499 art 41"),
        ("reconsideration", "2024-01-01", "Administrative Reconsideration Law 2023 art 39"),
        ("litigation", "2018-02-07", "litigation interpretation 2000 art 51"),
        ("litigation", "2018-02-08", "litigation interpretation 2018 art 87"),
    ],
)
def test_a_proceeding_stands_still_by_the_text_of_the_day(kind: str, on: str, article: str) -> None:
    day = date.fromisoformat(on)
    assert suspended_by(load_remedy_law(), ProceedingKind(kind), day) == article


@pytest.mark.parametrize(("statute", "article"), [("cn-2008", "art 33"), ("cn-2019", "art 51")])
def test_a_complaint_is_made_by_the_article_of_its_statute(statute: str, article: str) -> None:
    (law,) = [law for law in load_statutes() if law.id == statute]
    assert law.complaint is not None
    assert law.complaint.article == article


def test_no_letter_cites_two_versions_of_a_law() -> None:
    days = [date.fromisoformat(d) + timedelta(days=n) for d in DATES for n in (-1, 0, 45)]
    letters = 0
    for organ in OrganKind:
        law = load_remedy_law(OrganProfile(kind=organ))
        for statute in load_statutes():
            kinds = statute.replies if statute.jurisdiction == "cn" else ()
            for day in days:
                for kind in kinds if statute.in_force(day) else ():
                    found = offer(law, load_policy(), kind, day)
                    articles = (
                        found.order_article,
                        found.organs_article,
                        found.reconsideration_article,
                        found.court_article,
                        found.lawsuit_article,
                    )
                    versions = defaultdict(set)
                    for line in notice_lines(found, "zh"):
                        for name, version in VERSION.findall(line):
                            versions[name].add(version)
                    for article in articles:
                        if cites := re.match(r"(Administrative \w+ Law)( \d{4})? art", article):
                            versions[cites[1]].add(cites[2])
                    assert all(len(found) == 1 for found in versions.values()), (day, kind)
                    assert versions
                    letters += 1
    assert letters > 1000
