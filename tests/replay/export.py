"""Live the scenarios through on a real engine and write down what happened.

    python -m tests.replay.export [NAME…]

Writes `histories/NAME.RUN.history.json` and, for people to check, `NAME.expected.json`. A changed
expectation is reviewed like a change of the law; history files are never edited.
"""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio.client import WorkflowHistory

from activities.register import RegisterActivities
from starter.engine.running import running
from starter.engine.virtual_time import skipper
from tests.office_fixture import Office, opened_office
from tests.replay.life import under
from tests.replay.record import HISTORIES, told, written
from tests.replay.scenarios import SCENARIOS
from worker import build


async def export(names: list[str]) -> None:
    """All of `names`, one after the other."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            running(folder / "engine", isolated=True, time_skipping=True) as engine,
            opened_office(engine, folder) as office,
        ):
            office.client = skipper(office.client).client
            activities = RegisterActivities(office.register, office.settings.mail_drop)
            async with build(office.client, activities):
                for chosen in names:
                    await _export(office, chosen)


async def _export(office: Office, name: str) -> None:
    rules, scenario = SCENARIOS[name]
    with under(rules):
        life = await scenario(office)
    histories = await life.histories()
    for old in HISTORIES.glob(f"{name}.*"):
        old.unlink()
    for number, history in enumerate(histories, 1):
        path = HISTORIES / f"{name}.{number}.history.json"
        path.write_text(_by_line(history), encoding="utf-8")
    expectation = told([batch for h in histories for batch in written(h)], rules)
    text = json.dumps(expectation, ensure_ascii=False, indent=1) + "\n"
    (HISTORIES / f"{name}.expected.json").write_text(text, encoding="utf-8")
    print(name, len(histories), sum(len(h.events) for h in histories), flush=True)


def _by_line(history: WorkflowHistory) -> str:
    """One event a line."""
    events = json.loads(history.to_json())["events"]
    lines = ",\n".join(json.dumps(event, ensure_ascii=False) for event in events)
    return f'{{"events": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    asyncio.run(export(sys.argv[1:] or list(SCENARIOS)))
