"""Finding a case among ten thousand, against the plain look through as many plain subjects."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from domain.case.facts import NewApplicant
from keys.words import seal
from office.answers.finding import find
from office.people.directory_file import example_office, load_office, read_office
from office.running.indexing import rebuild_index
from office.running.key_store import key_store, register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register
from register.models import Applicant
from register.reads.fees import items_before
from register.reads.words import opened
from register.verify.tokens import of_index
from register.writes.requests import NewRequest, Series, register_request

MEMORY = "/dev/shm"
CASES = 10_000
AT_ONCE = 250
ROUNDS = 9

PLACES = ["青禾", "城关", "柳林", "石桥", "南湾", "东岭", "双河", "白塔", "红旗", "太平"]
THINGS = [
    "征地补偿",
    "道路规划",
    "部门预算",
    "宅基地审批",
    "饮水工程",
    "学校建设",
    "环评批复",
    "拆迁许可",
    "低保名单",
]
KINDS = ["方案", "公告", "文件", "合同", "台账", "会议纪要", "验收报告", "资金明细"]
RARE = "尾矿"
"""In five subjects of ten thousand."""


def subjects(dice: random.Random) -> Iterator[str]:
    """What people ask for, made up."""
    for n in range(CASES):
        rare = f"{RARE}库" if n % (CASES // 5) == 7 else ""
        place, thing, kind = (dice.choice(words) for words in (PLACES, THINGS, KINDS))
        yield f"{2015 + n % 11}年{place}镇{rare}{thing}{kind}"


def name(n: int) -> str:
    """Of an applicant: twenty requests each."""
    return f"王某{n % (CASES // 20)}（虚构）"


def fill(settings: Settings, register: Register) -> None:
    """Write the rows of all cases, their words sealed and in the index."""
    store = key_store(settings)
    rows = list(enumerate(subjects(random.Random(7))))
    for begin in range(0, CASES, AT_ONCE):
        with register.writing() as session:
            for n, subject in rows[begin : begin + AT_ONCE]:
                day = date(2026, 1 + n % 12, 1 + n % 28)
                new = NewRequest(
                    command_id=f"bench-{n}",
                    person="wang",
                    organ="qinghe",
                    channel="in_person",
                    arrived=day,
                    registered_on=day,
                    statute="cn-2019",
                    applicant=NewApplicant(name=name(n), contact=f"1390000{n:04d}"),
                    subject=subject,
                    start_input={},
                )

                def made(case: str, new: NewRequest = new) -> NewRequest:
                    return seal(new, store.make(case))

                register_request(session, Series(training=False, year=2026), new.command_id, made)


def milliseconds(work: Callable[[], Any]) -> float:
    """Of the middle one of several rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)[ROUNDS // 2]


def seconds(work: Callable[[], Any]) -> float:
    """Of one go."""
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 1)


def plain(file: Path) -> sqlite3.Connection:
    """The same subjects and names as a table that anybody can read."""
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE requests (id TEXT PRIMARY KEY, subject TEXT, name TEXT)")
    rows = ((f"{n:05d}", s, name(n)) for n, s in enumerate(subjects(random.Random(7))))
    connection.executemany("INSERT INTO requests VALUES (?, ?, ?)", rows)
    connection.commit()
    return connection


def by_opening(register: Register, wanted: str) -> int:
    """How many applicants bear the name, found without the index."""
    with register.reading() as session:
        names = session.scalars(select(Applicant.name)).all()
        return sum(opened(session, one) == wanted for one in names)


def run() -> dict[str, Any]:
    """Milliseconds of each search, and of the plain one beside it."""
    # In memory where there is such a place: ten thousand keys are ten thousand small writes.
    place = MEMORY if Path(MEMORY).is_dir() else None
    with TemporaryDirectory(prefix="yishen-bench-", dir=place) as folder:
        settings = Settings(data=Path(folder), YISHEN_REGISTER=None)
        make_ready(settings)
        register = register_at(settings)
        office = Path(folder) / "office.toml"
        office.write_text(example_office(), encoding="utf-8")
        with register.writing() as session:
            load_office(session, read_office(office))
        fill(settings, register)
        beside = plain(Path(folder) / "plain.db")

        def like(word: str) -> Callable[[], Any]:
            query = "SELECT id FROM requests WHERE subject LIKE ? OR name LIKE ?"
            return lambda: beside.execute(query, (f"%{word}%", f"%{word}%")).fetchall()

        found: dict[str, Any] = {"cases": CASES}
        for what, word in (("name", name(17)), ("rare", RARE), ("common", "预算")):

            def searched(word: str = word) -> Any:
                return find(register, "wang", word)

            key_store(settings).forget()
            begun = time.perf_counter()
            searched()
            first = (time.perf_counter() - begun) * 1000
            ours, theirs = milliseconds(searched), milliseconds(like(word))
            found[what] = {
                "first_ms": round(first, 1),
                "ms": round(ours, 2),
                "plain_like_ms": round(theirs, 2),
                "ratio": round(ours / theirs, 1),
                "found": len(searched().cases),
            }
        with register.reading() as session:
            last = f"2026-{CASES}"
            found["items_before_ms"] = round(milliseconds(lambda: items_before(session, last)), 2)
        key_store(settings).forget()
        found["by_opening_s"] = seconds(lambda: by_opening(register, name(17)))
        key_store(settings).forget()
        found["rebuilt_s"] = seconds(lambda: rebuild_index(register))
        key_store(settings).forget()
        found["compared_s"] = seconds(lambda: list(of_index(register)))
        size = "SELECT count(*) FROM search_tokens"
        with register.reading() as session:
            found["tokens"] = session.connection().exec_driver_sql(size).scalar_one()
        register.close()
        beside.close()
        return found
