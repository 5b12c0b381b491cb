"""`yishen verify` of a register of many cases, without the engine, against a bare reading of the
same rows with one SHA-256 over each: the least that any proof has to do.

A hundred and fifty lives, walked at random by the rules and written as the worker writes them; the
rest are copies of these under numbers of their own, chained anew. `--cases N` for another scale.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from domain import numbers
from office.people.directory_file import load_office
from register.chain import beginning, link
from register.engine import Register, open_register
from register.migrate import upgrade
from register.models import Base, CaseEvent, CaseStart, Notice, NumberSeries, Request
from register.verify import verify
from register.verify.rows import OF_A_CASE, Rows, rows_of, table_of
from register.writes.notify import notice_id
from register.writes.project import RowValues
from tests.walk.office import directory
from tests.walk.onrecord import lay_down

CASES = 3_000
LIVES = 150
SEED = 20261129
AT_ONCE = 150
"""Copies written in one transaction."""

TABLES: tuple[type[Base], ...] = (Request, *OF_A_CASE)

Done = TypeVar("Done")


def run(cases: int = CASES) -> dict[str, object]:
    """Seconds and milliseconds of processor time a case of both, and the ratio."""
    with TemporaryDirectory(prefix="yishen-bench-") as name:
        url = f"sqlite:///{Path(name) / 'register.db'}"
        upgrade(url)
        register = open_register(url)
        _fill(register, cases)
        before = _measured(lambda: _read(register))
        report, ours = _timed(lambda: verify(register))
        after = _measured(lambda: _read(register))
        register.close()
    assert report.holds, report.differences[:5]
    assert report.cases == cases
    bare = (before + after) / 2
    return {
        "cases": cases,
        "events": report.events,
        "seconds": round(ours[0], 1),
        "processor_ms_per_case": round(ours[1] / cases * 1000, 2),
        "bare_processor_ms_per_case": round(bare / cases * 1000, 2),
        "processor_ratio": round(bare / ours[1], 3),
    }


def _measured(work: Callable[[], object]) -> float:
    return _timed(work)[1][1]


def _timed(work: Callable[[], Done]) -> tuple[Done, tuple[float, float]]:
    """Seconds, and seconds of processor time with those of the processes it started."""
    begun, used = perf_counter(), _processor()
    done = work()
    return done, (perf_counter() - begun, _processor() - used)


def _processor() -> float:
    parts = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def _read(register: Register) -> None:
    """Every row as the database hands it over, hashed, one table after the other."""
    for model in TABLES:
        names = ", ".join(f'"{column.name}"' for column in table_of(model).columns)
        with register.reading() as session:
            rows = session.connection().exec_driver_sql(
                f"SELECT {names} FROM {model.__tablename__}"
            )
            for row in rows:
                sha256(repr(tuple(row)).encode()).digest()


def _fill(register: Register, cases: int) -> None:
    with register.writing() as session:
        load_office(session, directory())
        now = datetime.now(UTC)
        lives = [lay_down(session, SEED, number, now) for number in range(min(LIVES, cases))]
        rows = rows_of(session, lives)
    last = dict[tuple[bool, int], int]()
    for life in rows.values():
        of = life[Request][0]
        series = (of["training"], of["year"])
        last[series] = max(last.get(series, 0), of["serial"])
    wanted = [lives[n % LIVES] for n in range(LIVES, cases)]
    for begin in range(0, len(wanted), AT_ONCE):
        copies = [_copy(rows[case], last) for case in wanted[begin : begin + AT_ONCE]]
        with register.writing() as session:
            _write(session, copies)
    with register.writing() as session:
        for (training, year), serial in last.items():
            of_year = (NumberSeries.training == training, NumberSeries.year == year)
            session.execute(update(NumberSeries).where(*of_year).values(last=serial))


def _copy(life: Rows, last: dict[tuple[bool, int], int]) -> Rows:
    """The same life under the next number of its series."""
    of = life[Request][0]
    series = (of["training"], of["year"])
    last[series] += 1
    case = numbers.case_id(of["year"], last[series], training=of["training"])
    number, command = numbers.number_of(case), f"{of['command_id']}.{case}"
    named = {"id": case, "number": number, "command_id": command}
    start = life[CaseStart][0]["input"] | named
    copy = {model: [row | {"case_id": case} for row in life[model]] for model in OF_A_CASE}
    copy[Request] = [of | named | {"serial": last[series]}]
    copy[CaseStart] = [{"case_id": case, "input": start}]
    copy[CaseEvent] = list(_chained(case, copy[CaseEvent], beginning(start)))
    copy[Notice] = [
        row
        | {
            "id": notice_id(case, row["seq"], row["recipient"]),
            "payload": row["payload"] | {"case": case, "number": number},
        }
        for row in copy[Notice]
    ]
    return copy


def _chained(case: str, events: Iterable[RowValues], prev: str) -> Iterator[RowValues]:
    for row in events:
        digest = link(prev, case, row["body"])
        yield row | {"prev_hash": prev, "hash": digest}
        prev = digest


def _write(session: Session, copies: Iterable[Rows]) -> None:
    copies = list(copies)
    for model in TABLES:
        rows = [row for copy in copies for row in copy[model]]
        if rows:
            session.execute(insert(table_of(model)), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=CASES)
    print(json.dumps(run(parser.parse_args().cases)))
