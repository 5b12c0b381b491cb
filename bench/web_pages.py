"""The desk as its people ask it, on a register of a million requests with all words sealed: fifteen
sessions, twenty requests a second at constant arrival, for a minute. Each time is counted from the
moment at which the page was due to be asked for, and held against a bare route that is asked as
often in the same minute.

`--cases N` for another scale; `--keep FOLDER` as for `desk_lists`; `--seconds N`; `--processes N`.
"""

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench import million
from bench.arrivals import Asked, Asker, Taken, arrive
from bench.cpu import child_seconds
from bench.search import RARE, name
from domain.case.reading import CasePart
from domain.case.summary import ListOrder
from domain.signing_in import SignInMethod
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.signing_in.entering import begun
from register.models import CaseEvent
from register.reads.paging import ListPlace
from register.reads.visible import among, viewer_of

CASES = 1_000_000
SECONDS = 60
A_SECOND = 20
READY = 60
"""Seconds within which a process answers."""
WARM = 6
"""Seconds before it counts: what a process reads once, it has read."""

PEOPLE = {
    "intake": ("wang", "qian"),
    "handler": ("li", "zhao", "tang", "lin", "ghj-7"),
    "reviewer": ("chen", "feng"),
    "leader": ("liu", "yang"),
    "head": ("huang",),
    "supervisor": ("zhou",),
    "legal": ("wu",),
    "auditor": ("shen",),
}
EVERYBODY = tuple(person for people in PEOPLE.values() for person in people)
MIX: Mapping[str, tuple[int, Sequence[str]]] = {
    "inbox": (30, EVERYBODY),
    "list": (15, EVERYBODY),
    "deep_page": (10, (*PEOPLE["intake"], *PEOPLE["handler"], "chen", "huang", "zhou", "shen")),
    "case": (25, EVERYBODY),
    "board": (5, ("zhou", "huang", "shen")),
    "search_number": (5, ("wang", "li", "chen", "wu")),
    "search_name": (3, ("wang", "li", "huang")),
    "search_words": (2, ("wang", "chen", "zhou")),
    "remedies": (5, ("wu", "huang", "zhou")),
}
"""Of a hundred questions so many, and who puts them."""

KNOWN = 200
"""Cases with all their events, of those that somebody may open."""

_TOKEN = re.compile(rb'name="_token" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a browser: what opens the session, and the cases that may be opened by it."""

    token: str
    cases: Sequence[str]


def run(
    cases: int = CASES, keep: Path | None = None, seconds: int = SECONDS, processes: int = 1
) -> dict[str, Any]:
    """Milliseconds of each page, p50, p95, p99, and p50 and p95 over those of the bare route;
    milliseconds of processor time a request, over its."""
    with TemporaryDirectory(prefix="yishen-bench-") as other, ExitStack() as stack:
        folder = keep or Path(other)
        if not (folder / "register.db").exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            million.fill(folder, cases)
        make_ready(million.settings(folder))  # filled by an earlier program
        people = _signed_in(folder, random.Random(million.SEED))
        command = (sys.executable, "-P", "-m", "web")
        desk, pids = stack.enter_context(_serving(folder, [command] * processes))
        beside = (sys.executable, "-m", "bench.bare_route")
        bare, bare_pids = stack.enter_context(_serving(folder, [beside]))

        def used() -> tuple[float, float]:
            return sum(map(child_seconds, pids)), sum(map(child_seconds, bare_pids))

        return asyncio.run(_measured(people, desk, bare, seconds, used))


async def _measured(
    people: Mapping[str, Person], desk: int, bare: int, seconds: int, used: Any
) -> dict[str, Any]:
    askers = {who: Asker(desk, f"session={each.token}") for who, each in people.items()}
    beside = Asker(bare), Asked("bare", "/")
    await asyncio.wait_for(beside[0].ask(beside[1]), READY)
    keys = {who: await _form_key(asker) for who, asker in askers.items()}
    questions = _questions(people, keys, random.Random(7))
    every = 1 / A_SECOND

    def some(count: int) -> list[tuple[Asker, Asked]]:
        return [(askers[who], asked) for who, asked in (next(questions) for _ in range(count))]

    await arrive(some(WARM * A_SECOND), every, beside)
    before = used()
    ours, theirs = await arrive(some(seconds * A_SECOND), every, beside)
    taken = [after - was for after, was in zip(used(), before, strict=True)]
    for asker in (*askers.values(), beside[0]):
        asker.close()
    return {
        "arrival_per_s": A_SECOND,
        "sessions": len(people),
        "bare": _of(theirs, None),
        "all": _of(ours, theirs),
        "pages": {page: _of(found, theirs) for page, found in _by_page(ours).items()},
        "processor_ms": round(taken[0] / len(ours) * 1000, 1),
        "processor_ratio": round(taken[0] / taken[1], 1) if taken[1] else None,
    }


def _by_page(taken: Sequence[Taken]) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = defaultdict(list)
    for each in taken:
        assert each.status in (200, 303), each
        found[each.page].append(each)
    return {page: found[page] for page in MIX if page in found}


def _of(taken: Sequence[Taken], beside: Sequence[Taken] | None) -> dict[str, float]:
    cuts = quantiles([each.ms for each in taken], n=100)
    found = {f"p{p}": round(cuts[p - 1], 1) for p in (50, 95, 99)} | {"n": len(taken)}
    if beside is not None:
        bare = quantiles([each.ms for each in beside], n=100)
        found |= {f"ratio_p{p}": round(cuts[p - 1] / bare[p - 1], 1) for p in (50, 95)}
    return found


# -- who asks, and what ---------------------------------------------------------------------------


def _signed_in(folder: Path, dice: random.Random) -> dict[str, Person]:
    register = register_at(million.settings(folder))
    at = datetime.now(UTC)
    with register.writing() as session:
        method = SignInMethod.PASSWORD_TOTP
        tokens = {who: begun(session, who, method, "bench", at).token for who in EVERYBODY}
    with register.reading() as session:
        known = session.scalars(select(CaseEvent.case_id).where(CaseEvent.seq == 1)).all()
        people = {
            who: Person(token, _open_to(session, who, known, dice)) for who, token in tokens.items()
        }
    register.close()
    return people


def _open_to(session: Session, who: str, cases: Sequence[str], dice: random.Random) -> list[str]:
    found = sorted(among(session, viewer_of(session, who), cases, CasePart.PAGE))
    return dice.sample(found, min(KNOWN, len(found)))


def _questions(
    people: Mapping[str, Person], keys: Mapping[str, str], dice: random.Random
) -> Iterator[tuple[str, Asked]]:
    """Without end: pages in their shares, well mixed, each by those who have it in turn."""
    asking = {page: cycle(who) for page, (_, who) in MIX.items()}
    while True:
        hundred = [page for page, (share, _) in MIX.items() for _ in range(share)]
        dice.shuffle(hundred)
        for page in hundred:
            who = next(asking[page])
            yield who, _asked(page, people[who], keys[who], dice)


def _asked(page: str, person: Person, key: str, dice: random.Random) -> Asked:
    match page:
        case "inbox":
            return Asked(page, "/")
        case "list":
            return Asked(page, "/cases")
        case "deep_page":
            far = ListPlace(ListOrder.NUMBER, None, f"{dice.randrange(2017, 2026)}-20000")
            return Asked(page, f"/cases?status=all&order={ListOrder.NUMBER}&after={far}")
        case "case":
            return Asked(page, f"/cases/{dice.choice(person.cases)}")
        case "board":
            return Asked(page, "/supervision")
        case "remedies":
            return Asked(page, "/remedies")
        case _:
            words = {
                "search_number": dice.choice(person.cases),
                "search_name": name(dice.randrange(2000)),
                "search_words": RARE,
            }
            return Asked(page, "/find", {"_token": key, "text": words[page]})


# -- the processes --------------------------------------------------------------------------------


@contextmanager
def _serving(
    folder: Path, commands: Sequence[Sequence[str]]
) -> Iterator[tuple[int, Sequence[int]]]:
    """The port they share, and their processes."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))
    }
    environment |= {"YISHEN_DATA": str(folder)}
    with socket.create_server(("127.0.0.1", 0), backlog=128) as shared:
        handed = shared.fileno()
        started = [
            subprocess.Popen(
                (*command, str(handed)),
                env=environment,
                pass_fds=(handed,),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for command in commands
        ]
        try:
            yield shared.getsockname()[1], [process.pid for process in started]
        finally:
            for process in started:
                process.send_signal(signal.SIGINT)
            for process in started:
                process.wait()


async def _form_key(asker: Asker) -> str:
    _, page = await asyncio.wait_for(asker.ask(Asked("form", "/cases")), READY)
    found = _TOKEN.search(gzip.decompress(page))
    assert found is not None
    return found[1].decode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    found = run(given.cases, given.keep, given.seconds, given.processes)
    print(json.dumps(found, ensure_ascii=False, indent=1))
