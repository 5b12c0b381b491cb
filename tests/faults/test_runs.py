"""One case over several runs, and a past that is refused."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.case import facts as f
from domain.case.act import Act
from domain.case.people import told
from domain.case.summary import Status
from domain.errors import Code, Refusal
from domain.rules import CURRENT_RULES
from register.reads import lists, queries
from register.reads.filter import Filter
from register.reads.words import opened
from register.verify import verify
from starter.engine.virtual_time import skipper
from tests.office_fixture import Office
from tests.replay.life import ASSIGNED, Life, under

DAY = date(2024, 9, 2)


async def test_a_case_goes_on_in_new_runs_and_forgets_nothing(office: Office) -> None:
    with under(CURRENT_RULES, short=True):
        life = await Life.begin(office, DAY)
    await life.do("intake", ASSIGNED)
    first = await office.handle(life.case).describe()
    for turn in range(8):  # five at once, so that some arrive while a run is ending
        notes = [f.Noted(text=f"{turn}-{number}") for number in range(5)]
        await asyncio.gather(*(life.do("supervisor", note) for note in notes))
    await life.agreed("intake", f.Withdrawn())
    await life.quiet()
    last = await office.handle(life.case).describe()
    assert last.run_id != first.run_id
    with office.register.reading() as session:
        events = opened(session, queries.events(session, life.case))
    assert [event.seq for event in events] == list(range(1, 46))
    texts = [e.what.text for e in events if isinstance(e.what, f.Noted)]
    assert sorted(texts) == sorted(f"{turn}-{number}" for turn in range(8) for number in range(5))
    assert verify(office.register, [life.case]).differences == ()


async def test_an_act_on_a_case_whose_run_is_over_starts_one_from_the_record(
    office: Office,
) -> None:
    jumping = replace(office, client=skipper(office.client).client)
    life = await Life.begin(jumping, DAY)
    await life.do("intake", ASSIGNED)
    await life.ready()
    await life.out()
    await life.quiet()
    before = await office.view(life.case)
    assert before.summary.status is Status.CLOSED
    handle = office.handle(life.case)
    first = await handle.describe()
    with pytest.raises(Exception, match="ended early"):  # the run completes on the way
        await life.until(date(2025, 10, 1))
    assert (await handle.result()) is not None

    await office.do(life.case, "legal", f.Noted(text="收到复议申请（虚构）"))
    after = await office.view(life.case)
    assert (await handle.describe()).run_id != first.run_id
    # the paths to remedies lapsed meanwhile; beside that and the remark nothing has changed
    lapsed = {"deadlines", "path_lapses"}
    changed = {"seq", "timeline", "order"} | lapsed
    assert after.state.model_dump(exclude=changed) == before.state.model_dump(exclude=changed)
    assert after.state.deadlines == ()
    kinds = [entry.kind for entry in after.state.timeline[len(before.state.timeline) :]]
    assert kinds == ["remedy_lapsed", "remedy_lapsed", "noted"]
    await life.quiet()
    assert verify(office.register, [life.case]).differences == ()


async def test_a_past_that_is_refused_leaves_nothing_behind(office: Office) -> None:
    out_of_turn = f.Delivered()
    past = Act(command_id="past", actor=told("x"), what=out_of_turn, effective_on=date(2024, 9, 3))
    known = numbers(office)
    with pytest.raises(Refusal) as no:
        await Life.begin(office, date(2024, 9, 10), arrived=DAY, history=[past])
    assert no.value.code is Code.NOT_IN_THIS_STATE
    assert numbers(office) == known
    following = await Life.begin(office, date(2024, 9, 10), arrived=DAY)
    assert numbers(office) == [*known, following.case]
    assert following.case == next_number(known)


def numbers(office: Office) -> list[str]:
    """The ids of all training cases of 2024, in order."""
    everything = Filter(training=True)
    with office.register.reading() as session:
        lines = lists.case_lines(session, everything)
    return sorted(line.id for line in lines if line.id.startswith("T2024-"))


def next_number(known: list[str]) -> str:
    """The id that follows without a gap."""
    last = max((int(case.split("-")[1]) for case in known), default=0)
    return f"T2024-{last + 1:04d}"
