"""Every act to every role over HTTP, in cases of every state: what a page offers opens, what it
shows shut says why, what it does not show is refused, nothing can be picked that no act takes."""

import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from html import unescape

import pytest
import pytest_asyncio

from domain.case.people import Role
from domain.case.summary import Status
from domain.case.table import TABLE
from office.acts.forms import form_of
from office.acts.forms.filling import fill
from office.legal_time import legal_now
from register.reads import queries
from tests.domain.case.test_table import GOLDEN
from tests.web.county import CountySite, county_site, person
from tests.web.site import ORIGIN, Browser, token_of
from texts.words import term_in

pytestmark = pytest.mark.slow

ORGAN = "al"
PLANS = (
    *("new from the web", "not assigned", "assigned", "waits for the correction"),
    *("waits for the fee", "awaits review", "awaits approval", "ready to go", "on its way"),
    *("granted", "never corrected", "withdrawn", "void"),
    *("third party objects", "extension asked", "in conflict", "hearing called", "late"),
    "withdrawal waits for a second person",
)
"""A case of every state, then such as have more to pick from."""

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
CORRECTIONS = {"entry_amended", "entry_annulled"}
"""Open to whoever recorded what they correct: shown to all, shut where there is nothing."""
REAL = set(TABLE) - {"training_advanced"}
"""What a case has that keeps real time."""

WORDS = {term_in("zh", "kind", kind): kind for kind in TABLE}
LINK = re.compile(r'<a href="/cases/[^"/]+/acts/([a-z_]+)"')
SHUT = re.compile(r'<span class="shut" aria-disabled="true">([^<]*)(.*?)</span></li>', re.S)
CHOICE = re.compile(r'<input type="(?:radio|checkbox)" name="([^"]+)" value="([^"]*)"')
LISTED = re.compile(r'<select id="[^"]*" name="([^"]+)"(.*?)</select>', re.S)
OPTION = re.compile(r'<option value="([^"]+)"')


@dataclass(frozen=True)
class Seen:
    """What somebody at `window` is shown of a case: acts that are open, and those that are shut,
    each with what is said of it, and those that are entered as of a day of then; `hidden`: the case
    is not theirs to see."""

    plan: str
    case: str
    role: Role
    window: Browser
    hidden: bool
    open: list[str]
    shut: Mapping[str, str]
    late: frozenset[str]

    def path(self, kind: str) -> str:
        """Where the form of the act is."""
        return f"/cases/{self.case}/acts/{kind}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def county(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[CountySite]:
    where = dict.fromkeys(PLANS, ORGAN)
    async with county_site(tmp_path_factory.mktemp("acts"), PLANS, where) as site:
        yield site


def golden() -> Mapping[str, Mapping[str, set[Role]]]:
    """By state and act, the roles of the golden grid."""
    found: dict[str, dict[str, set[Role]]] = defaultdict(dict)
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("["):
            state = line.strip("[]")
        elif line and state != "not before":
            kind, _, roles = line.partition(": ")
            found[state][kind] = {Role(role) for role in roles.split()}
    return found


def people(site: CountySite, case: str) -> dict[Role, str]:
    """One of each role; the handler is that of the case."""
    with site.register.reading() as session:
        handler = queries.case(session, case).line.handler
    found: dict[Role, str] = {role: person(role, ORGAN) for role in ROLES}
    return found | ({Role.HANDLER: handler} if handler else {})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everything(county: CountySite) -> AsyncIterator[list[Seen]]:
    """What each role sees of each case."""
    found, windows = [], dict[str, Browser]()
    async with AsyncExitStack() as open_now:
        for plan, case in county.cases.items():
            for role, who in people(county, case).items():
                if who not in windows:
                    windows[who] = await open_now.enter_async_context(county.visit(who))
                page = await windows[who].get(f"/cases/{case}")
                assert page.status_code in (200, 403)
                here = list(dict.fromkeys(LINK.findall(page.text)))
                shut = {WORDS[unescape(name)]: unescape(w) for name, w in SHUT.findall(page.text)}
                hidden = page.status_code == 403
                late = (await windows[who].get(f"/cases/{case}/late")).text
                then = frozenset(LINK.findall(late))
                found.append(Seen(plan, case, role, windows[who], hidden, here, shut, then))
        yield found


def test_pages_show_each_role_the_acts_of_the_golden_grid(
    county: CountySite, everything: list[Seen]
) -> None:
    """Those that are refused whatever is filled in are shown shut, with the reason."""
    grid, wrong, states = golden(), [], set()
    for seen in everything:
        state = status_of(county, seen.case)
        states.add(state)
        mine = {kind for kind, roles in grid[state].items() if seen.role in roles} & REAL
        if not seen.hidden and {*seen.open, *seen.shut} - CORRECTIONS != mine - CORRECTIONS:
            wrong.append((seen.plan, seen.role, {*seen.open, *seen.shut} ^ mine))
        wrong += [(seen.plan, seen.role, {k}) for k, said in seen.shut.items() if not words(said)]
    assert wrong == []
    assert states == set(Status)
    assert sum(len(seen.shut) for seen in everything) > 100


async def test_what_is_offered_opens_and_only_takes_what_can_be_picked(
    everything: list[Seen],
) -> None:
    wrong: list[tuple[object, ...]] = []
    forms, picked = Counter[tuple[Role, str]](), set()
    for seen in everything:
        for kind in seen.open:
            forms[seen.role, kind] += 1
            if forms[seen.role, kind] > OFTEN:
                continue
            page = await seen.window.get(seen.path(kind))
            if page.status_code != 200 or "<h1>" not in page.text:
                wrong.append((seen.plan, seen.role, kind, page.status_code))
            for name, values in choices(page.text).items():
                picked.add((kind, name))
                wrong += [(seen.plan, seen.role, *no) for no in not_taken(kind, name, values)]
    assert wrong == []
    assert len({kind for _, kind in forms}) > 30
    assert len(picked) > 20


async def test_what_is_shut_or_not_shown_is_refused_when_it_is_sent(
    everything: list[Seen],
) -> None:
    """No engine runs here: an act that a page took would be answered by 503."""
    wrong, tried, tokens = [], set(), dict[int, str]()
    for turn, seen in enumerate(everything):
        if id(seen.window) not in tokens:
            tokens[id(seen.window)] = token_of(await seen.window.get("/me"))
        token = tokens[id(seen.window)]
        for kind in sorted(REAL - {*seen.open, *seen.shut, *seen.late})[turn % EVERY :: EVERY]:
            tried.add((seen.role, kind))
            code = await sent(seen, kind, token)
            if code not in ((403,) if seen.hidden else (403, 409)):
                wrong.append((seen.plan, seen.role, kind, code))
        for kind in sorted({*seen.shut} - {"entry_amended"})[turn % EVERY :: EVERY]:
            page = unescape((await seen.window.get(seen.path(kind))).text)
            if "data-keeps" in page or not all(line in page for line in words(seen.shut[kind])):
                wrong.append((seen.plan, seen.role, kind, 0))
            code = await sent(seen, kind, token)
            if code not in (403, 409, 422):
                wrong.append((seen.plan, seen.role, kind, code))
    assert wrong == []
    assert len(tried) > 200


ONLY_WITH = "only_with"
"""What is wrong with a field only as long as another says nothing else."""

EVERY, OFTEN = 13, 2
"""Of what is not offered every so many are tried each time, so that the turns of a role come to
all; the form of an act is opened so often by each."""


async def sent(seen: Seen, kind: str, token: str) -> int:
    said = {"_token": token, "_step": "send"}
    return (
        await seen.window.post(seen.path(kind), data=said, headers={"origin": ORIGIN})
    ).status_code


def status_of(site: CountySite, case: str) -> str:
    with site.register.reading() as session:
        return queries.case(session, case).line.status


def words(said: str) -> list[str]:
    """The lines under an act."""
    return re.findall(r"<small[^>]*>(.+?)</small>", said)


def choices(page: str) -> Mapping[str, list[str]]:
    """What can be picked in each field of a form."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in CHOICE.findall(page):
        found[name].append(unescape(value))
    for name, inside in LISTED.findall(page):
        found[name] += [unescape(value) for value in OPTION.findall(inside)]
    return found


def not_taken(kind: str, name: str, values: list[str]) -> list[tuple[str, str, str, str]]:
    """The values that the field says are none of its own."""
    form, today = form_of(kind), legal_now().date()
    return [
        (kind, name, value, problem.expected)
        for value in values
        for problem in fill(form, {name: [value]}, today).problems
        if problem.field == name and problem.expected != ONLY_WITH
    ]
