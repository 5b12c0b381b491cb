"""A register with one case of li's, and the activities on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from activities.register import RegisterActivities
from domain.case.act import Event
from register.engine import Register, open_register
from tests.register import office
from tests.tables import with_tables
from workflows.activity_names import RecordBatch


@dataclass
class Desk:
    """What the worker has: the register, the mail drop, the activities."""

    register: Register
    mail_drop: Path
    activities: RegisterActivities
    case_id: str

    def record(self, *events: Event) -> None:
        """As the workflow's writer would."""
        last = office.summary(events[-1].seq)
        self.activities.record_events(
            RecordBatch(case_id=self.case_id, events=events, summary=last)
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    url = f"sqlite:///{with_tables(tmp_path)}"
    register = office.with_office(open_register(url, wait=0.3))
    drop = tmp_path / "mail"
    yield Desk(register, drop, RegisterActivities(register, drop), office.registered(register).id)
    register.close()
