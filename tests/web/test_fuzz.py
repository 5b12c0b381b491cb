"""Whatever is sent to any page, no page falls over: a thousand requests, most of them by somebody
signed in and with the form's own token, so that they reach what answers them.

More of them: `FUZZED=10000 python -m pytest tests/web/test_fuzz.py`.
"""

import os
import random
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case.table import TABLE
from office.acts.forms import every_form
from tests.web.conftest import PLANS
from tests.web.county import CountySite, county_site
from tests.web.site import ORIGIN, Browser, browser, pages, token_of

COUNT = int(os.environ.get("FUZZED", "1000"))

PEOPLE = ("an.lin", "an.chen", "an.wu", "an.fang", "an.xu", "an.lu", "an.tao", "an.ye", "an.qin")

ODD = (
    *("", " ", "0", "-1", "9" * 40, "1e999", "2026-02-30", "今天", "３", "true", "on", "null"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "' or 1=1 --", "../../etc/passwd", "%00", "\u202e"),
    *("😀" * 50, "x" * 5000, "a:b:c:d", "{}", "=1+1", "item-1", "letter-1", "2026-0001", "\x07"),
)
"""What no form gives by itself, and what it might."""

AWAY = {503}
"""The engine is away on this desk, and a page may say so."""


@pytest_asyncio.fixture
async def county(tmp_path: Path) -> AsyncIterator[CountySite]:
    """One of its own: nobody else looks at what is left of it."""
    async with county_site(tmp_path, PLANS) as site:
        yield site


def words(dice: random.Random, names: list[str]) -> Iterator[tuple[str, str]]:
    """Fields of some form, and one that none has."""
    for name in dice.sample(names, dice.randint(0, 6)):
        yield name, dice.choice(ODD)
    yield "_step", dice.choice(("look", "send", "edit", "keep", "drop", *ODD))
    yield dice.choice(ODD) or "x", dice.choice(ODD)


def filled(path: str, dice: random.Random, cases: list[str], kinds: list[str]) -> str:
    """The path with something in each of its places: mostly what is there."""
    known = {"case": cases, "kind": kinds, "role": ["handler", "intake"], "name": ["desk.css"]}

    def some(place: re.Match[str]) -> str:
        usual = known.get(place[1].partition(":")[0], [])
        odd = dice.choice([word for word in ODD if word.strip(" ./%\x07\u202e")])
        return dice.choice(usual) if usual and dice.random() < 0.8 else odd[:200]

    return re.sub(r"\{([^}]+)\}", some, path)


@pytest.mark.slow
async def test_nothing_that_is_sent_makes_a_page_fall_over(county: CountySite) -> None:
    dice = random.Random(20261129)
    cases = [*county.cases.values(), "2026-9999", "T2026-0001"]
    kinds = [*TABLE, "nonsense"]
    names = sorted({field.name for form in every_form() for field in form.fields})
    routes, fallen, reached = await pages(county.app), [], 0
    async with AsyncExitStack() as open_now:
        people: list[tuple[Browser, str]] = []
        for person in PEOPLE:
            window = await open_now.enter_async_context(county.visit(person))
            people.append((window, token_of(await window.get("/me"))))
        stranger = await open_now.enter_async_context(browser(county.app))
        for _ in range(COUNT):
            method, path = dice.choice(routes)
            window, token = (stranger, "") if dice.random() < 0.2 else dice.choice(people)
            place = filled(path, dice, cases, kinds)
            if path == "/sign-out" or path == "/me/sessions/end":
                token = ""  # everybody is needed to the end
            said = dict(words(dice, names))
            if method == "GET":
                answer = await window.get(place, params=said if dice.random() < 0.5 else None)
            else:
                files = {"document": ("a.txt", dice.randbytes(300), "text/plain")}
                answer = await window.post(
                    place,
                    data={"_token": token, **said},
                    files=files if dice.random() < 0.2 else None,
                    headers={"origin": ORIGIN},
                )
            reached += answer.status_code not in (303, 403, 404, 405)
            if answer.status_code >= 500 and answer.status_code not in AWAY:
                fallen.append((answer.status_code, method, place, said))
    assert fallen == []
    assert reached > COUNT / 3
