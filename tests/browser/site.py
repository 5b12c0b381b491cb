"""The desk of the demonstration's county under `yishen up`: engine, worker and web as an office has
them, with a case in every state."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from office.desk import Desk
from office.legal_time import legal_now
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from register.engine import Register
from register.reads.filter import Filter
from register.reads.lists import CaseLine, case_lines
from starter.demo.anlan import filing
from starter.demo.anlan.paper import Papers
from starter.engine.ports import LOOPBACK, answers, free_ports
from tests.starter.engine.processes import wait_until
from tests.starter.lived import Installation


@dataclass(frozen=True)
class Site:
    """`origin`: where browsers find it; `register`: the same that the desk has."""

    origin: str
    register: Register
    office: Installation

    def cases(self, organ: str | None = None) -> list[CaseLine]:
        """The cases of an organ, or all, as the register has them now."""
        with self.register.reading() as session:
            return case_lines(session, Filter(organ=organ, limit=None))


@contextmanager
def served_county(folder: Path) -> Iterator[Site]:
    """The county laid down in `folder`, and served until the end."""
    data = folder / "county"
    settings = Settings(data=data)
    make_ready(settings)
    register = register_at(settings, 5.0)
    try:
        mark_as_demo(register)
        desk, now, papers = Desk(settings, register, _nobody), legal_now(), folder / "papers"
        papers.mkdir()
        filing.lay_down(desk, Papers(papers), filing.settle_in(desk, now), now)
        (port,) = free_ports(1)
        office = Installation(data, {"YISHEN_WEB_LISTEN": f"{LOOPBACK}:{port}"})
        with office.up():
            wait_until(lambda: answers(port), "the desk answers")
            yield Site(f"http://{LOOPBACK}:{port}", register, office)
    finally:
        register.close()


def _nobody(_: Settings) -> NoReturn:
    raise AssertionError("laying the county down asks no engine")
