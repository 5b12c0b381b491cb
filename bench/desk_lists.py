"""What pages are made of, at a million requests with all words sealed: lists, counts, inbox, board,
search, each against the obvious way in the same run.

`--cases N` for another scale; `--keep FOLDER` fills that folder, or takes it as it was filled
before. A million take half an hour to fill and 4 GB.
"""

import argparse
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any

from sqlalchemy.orm import Session

from bench import million
from bench.search import RARE, name, subjects
from domain.case.reading import Viewer
from domain.case.summary import ListOrder
from domain.values import legal_day
from office.answers.board import board, pressing
from office.answers.finding import find
from office.answers.inbox import inbox
from office.answers.lists import case_list
from office.legal_time import legal_now
from office.running.key_store import register_at
from register.engine import Register
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.paging import ListPlace
from register.reads.visible import viewer_of

CASES = 1_000_000
ROUNDS = 60
OBVIOUS = 7
"""Rounds of the slow way, among them."""
PAGE = 50
ORGAN = "qinghe"

Work = Callable[[], object]


def run(cases: int = CASES, keep: Path | None = None) -> dict[str, Any]:
    """Milliseconds of each by the clock and of the processor, and how many times as much of the
    processor the obvious way takes."""
    with TemporaryDirectory(prefix="yishen-bench-") as other:
        folder = keep or Path(other)
        if not (folder / "register.db").exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            million.fill(folder, cases)
        register = register_at(million.settings(folder))
        beside = sqlite3.connect(folder / "register.db")
        plain = sqlite3.connect(":memory:")
        with closing(register), closing(beside), closing(plain):
            _plain(plain, cases)
            of = "SELECT count(*), sum(is_open), sum(due_at IS NOT NULL) FROM requests"
            there, owed, running = beside.execute(of).fetchone()
            found: dict[str, Any] = {"cases": there, "open": owed, "running": running}
            found |= {
                what: measured(ours, obvious)
                for what, (ours, obvious) in _questions(register, beside, plain, there).items()
            }
    return found


def measured(ours: Work, obvious: Work | None) -> dict[str, float]:
    """Both in turn, so that what else the machine does falls on both."""
    taken, slow = list[tuple[float, float]](), list[tuple[float, float]]()
    ours()
    for n in range(ROUNDS):
        taken.append(_milliseconds(ours))
        if obvious is not None and n % (ROUNDS // OBVIOUS) == 0:
            slow.append(_milliseconds(obvious))
    found = dict[str, float]()
    for what, times in zip(("", "processor_"), zip(*taken, strict=True), strict=True):
        cuts = quantiles(times, n=100)
        found |= {f"{what}p{p}": round(cuts[p - 1], 2) for p in (50, 95, 99)}
    if slow:
        beside = median(processor for _, processor in slow)
        found["obvious_processor_p50"] = round(beside, 1)
        found["ratio"] = round(beside / found["processor_p50"], 1)
    return found


def _milliseconds(work: Work) -> tuple[float, float]:
    """By the clock, and of the processor, which what else the machine does lengthens less."""
    begun, used = perf_counter(), thread_time()
    work()
    return (perf_counter() - begun) * 1000, (thread_time() - used) * 1000


def _plain(db: sqlite3.Connection, cases: int) -> None:
    """What `LIKE` looks through: the same subjects and names, for anybody to read."""
    db.execute("CREATE TABLE asked (subject TEXT, name TEXT)")
    dice = random.Random(7)
    rows = ((text, name(n)) for _ in iter(int, 1) for n, text in enumerate(subjects(dice)))
    db.executemany("INSERT INTO asked VALUES (?, ?)", islice(rows, cases))


def _questions(
    register: Register, beside: sqlite3.Connection, plain: sqlite3.Connection, there: int
) -> dict[str, tuple[Work, Work | None]]:
    at = legal_now()
    with register.reading() as session:
        asking = ("zhou", "li", "chen", "liu", "wang", "shen")
        people = {user: viewer_of(session, user) for user in asking}
        deep = case_lines(session, Filter(order=ListOrder.NUMBER, limit=1))[0]
    year = int(deep.id.partition("-")[0]) - 7
    far = ListPlace(ListOrder.NUMBER, None, f"{year}-{there // 2}")

    def read(query: Callable[[Session], object]) -> Work:
        def once() -> object:
            with register.reading() as session:
                return query(session)

        return once

    def page(user: str, **wanted: Any) -> Work:
        return read(lambda s: case_list(s, people[user], Filter(**wanted), PAGE, at))

    def lines(**wanted: Any) -> Work:
        return read(lambda s: case_lines(s, Filter(**wanted, limit=PAGE)))

    def figures(user: str) -> Work:
        who: Viewer = people[user]
        return read(lambda s: pressing(s, who, at, ORGAN))

    def sql(text: str, *values: object) -> Work:
        return lambda: beside.execute(text, values).fetchall()

    def like(word: str) -> Work:
        asked = "SELECT rowid FROM asked WHERE subject LIKE ? OR name LIKE ?"
        return lambda: plain.execute(asked, (f"%{word}%", f"%{word}%")).fetchall()

    def search(word: str, user: str = "wang") -> Work:
        return lambda: find(register, user, word)

    sorting = "SELECT * FROM requests WHERE training = 0 ORDER BY "
    late = "SELECT department, handler, sum(due_at < datetime('now')), sum(due_at IS NULL) "
    soon = {"due_from": legal_day(at), "due_by": legal_day(at) + timedelta(days=5)}
    return {
        "first_page_by_due_day": (
            lines(open_only=True),
            sql(f"{sorting} due_at IS NULL, due_at, year, serial LIMIT 50"),
        ),
        "deep_page_by_number": (
            lines(order=ListOrder.NUMBER, after=far),
            sql(f"{sorting} year DESC, serial DESC LIMIT 50 OFFSET {there * 4 // 5}"),
        ),
        "page_of_an_organ": (page("wang", organ=ORGAN, open_only=True, **soon), None),
        "page_of_a_handler": (page("li", handler="li"), None),
        "page_of_what_a_reviewer_sees": (page("chen", order=ListOrder.NUMBER), None),
        "page_of_what_stands_still": (page("zhou", organ=ORGAN, stopped=True), None),
        "page_by_state": (page("zhou", status=["withdrawn"], order=ListOrder.NUMBER), None),
        "counts_of_an_organ": (
            figures("zhou"),
            sql(
                f"{late} FROM requests NOT INDEXED WHERE organ = ? AND is_open GROUP BY 1, 2", ORGAN
            ),
        ),
        "counts_of_a_handler": (figures("li"), None),
        "counts_of_a_reviewer": (figures("chen"), None),
        "counts_of_a_leader": (figures("liu"), None),
        "board_of_an_organ": (read(lambda s: board(s, people["zhou"], at, ORGAN)), None),
        "inbox_of_intake": (
            read(lambda s: inbox(s, people["wang"], at)),
            sql("SELECT * FROM tasks NOT INDEXED WHERE role = 'intake' ORDER BY due LIMIT 50"),
        ),
        "inbox_of_a_reviewer": (read(lambda s: inbox(s, people["chen"], at)), None),
        "inbox_of_a_handler": (read(lambda s: inbox(s, people["li"], at)), None),
        "search_number": (search(deep.id), like(deep.id)),
        "search_name": (search(name(17)), like(name(17))),
        "search_two_characters_rare": (search(RARE), like(RARE)),
        "search_two_characters_common": (search("预算"), like("预算")),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(json.dumps(run(given.cases, given.keep), ensure_ascii=False, indent=1))
