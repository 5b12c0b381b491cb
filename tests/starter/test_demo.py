"""The demonstration: its docket adds up, its desk is true on any day, and the whole runs."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from cli.frame import session
from cli.run.services import point_at_the_demo
from domain.case.act import Act
from domain.case.opening import blank, open_case
from domain.case.people import Actor, Grant, MoveIn, Role, told
from domain.case.state import CaseState, Law
from domain.case.status import status
from domain.case.tasks import mover
from domain.clock import Receipt
from domain.errors import InputError
from domain.figures.annual import Known, fill
from domain.figures.forms import CountedCase, form, rows_of_kinds
from domain.rules import CURRENT_RULES
from domain.values import OFFICE_ZONE
from law.files import load_calendar, load_ladder, load_policy, load_statutes
from office.cases.moving_in import FILES
from register.figure_rows import keys_by_name
from register.reads.annual import Report
from starter.demo import MARK, annex
from starter.demo.county import ENTERED, movers, with_figures
from starter.demo.data import Content, docket_words, office, report
from starter.demo.docket import docket
from starter.demo.stage import clear
from starter.demo.story import script
from starter.demo.today import Expected, desk_script
from starter.engine.lock import is_held
from starter.engine.paths import DataFolder
from tests.starter.command_line import Answer
from tests.starter.lived import Installation

CALENDAR = load_calendar("cn")
CASES = docket(report(), docket_words(), office(), CALENDAR)


def actor(user: str) -> Actor:
    """A person of the demonstration's office."""
    entry = next(u for u in office().users if u.id == user)
    return Actor(person=user, grants=tuple(Grant(**dict(g)) for g in entry.roles))


def moved_in(content: Content, statute: str, today: date) -> CaseState:
    """The case as the rules make it of its past, at noon of `today`."""
    committed = next(o for o in office().organs if o.id == content["organ"]).committed_working_days
    law = Law(
        statute=next(s for s in load_statutes() if s.id == statute),
        calendar=CALENDAR,
        policy=load_policy().model_copy(update={"committed_working_days": committed}),
        ladder=load_ladder(),
        rules=CURRENT_RULES,
    )
    acts = []
    for n, said in enumerate(content["acts"]):
        fact = dict(said)
        on, by = fact.pop("on"), fact.pop("by")
        for name, hashed in FILES.items():
            if name in fact:
                fact[hashed] = sha256(fact.pop(name).encode()).hexdigest()
        acts.append(
            Act.model_validate(
                {"command_id": f"c{n}", "actor": actor(by), "what": fact, "effective_on": on}
            )
        )
    receipt = Receipt(channel=content["channel"], arrived=content["received"])
    noon = datetime.combine(today, time(12), tzinfo=OFFICE_ZONE)
    state = blank("2026-0001", content["organ"], law)
    staff = movers(office(), content["organ"])
    tomorrow = today + timedelta(days=1)
    move_in = MoveIn(
        intake=actor(staff[Role.INTAKE]),
        head=actor(staff[Role.DISCLOSURE_HEAD]),
        first_day=tomorrow,
    )
    registrar = told(content["registered_by"])
    return open_case(state, receipt, registrar, "c", noon, acts, move_in).state


# -- the docket ---------------------------------------------------------------------------------


def test_docket_has_exactly_the_published_totals() -> None:
    published = report().requests_received
    levels = {o.id: o.level for o in office().organs}
    by_level = [levels[case["organ"]] for case in CASES]
    assert len(CASES) == published.total == 41
    assert by_level.count("government") == published.by_level.governments == 20
    assert by_level.count("department") == published.by_level.departments == 21
    assert {case["channel"] for case in CASES} == {"in_person"}
    assert {a["reply_kind"] for c in CASES for a in c["acts"] if "reply_kind" in a} == {"granted"}


def test_docket_is_the_same_each_time_and_says_that_it_is_made_up() -> None:
    assert docket(report(), docket_words(), office(), CALENDAR) == CASES
    words = docket_words()
    for case in CASES:
        assert case["subject"].startswith(words.mark)
        assert case["applicant"]["name"].endswith(words.applicant_mark)
    assert all(user.name.endswith(words.applicant_mark) for user in office().users)
    for play in (script(), script("demo-contest.json")):
        assert play.subject.startswith(words.mark)
        assert play.applicant.name.endswith(words.applicant_mark)


def test_docket_is_lawful_and_in_time_under_the_law_of_2018() -> None:
    for case in CASES:
        state = moved_in(case, report().statute, date(2019, 1, 10))
        assert status(state) == "closed"
        assert state.dispatch is not None
        assert state.dispatch.in_time
        assert state.dispatch.on.year == report().year
        assert CALENDAR.is_working_day(date.fromisoformat(case["received"]))
        assert len({signature.person for signature in state.signatures}) == 2


def test_annex_of_the_docket_is_the_published_one_in_every_cell() -> None:
    levels = {o.id: o.level for o in office().organs}
    cases = Counter(
        CountedCase(
            organ=case["organ"],
            level=levels[case["organ"]],
            channel=case["channel"],
            received=date.fromisoformat(case["received"]).year,
            statute=report().statute,
            kind="granted",
            replied=date.fromisoformat(case["acts"][-2]["on"]).year,
        )
        for case in CASES
    )
    known: dict[tuple[str, str], Known] = {}
    for organ in with_figures(office(), report(), docket_words(), date(2026, 1, 5)).organs:
        years = {f.row: {f.year: f.value} for f in organ.entered_figures}
        for b in organ.opening_balances:
            known[organ.id, keys_by_name()[b.row]] = Known(
                b.value, b.through, years.get(b.row), (b.source,)
            )
    year = report().year
    counted = Report(
        year=year,
        organ=report().organ,
        rows=fill(form(year, rows_of_kinds(load_statutes())), year, cases, known),
        by_level={"government": 20, "department": 21},
        checks=(),
        mapped=(),
    )
    lines = annex.lines(counted, report())
    assert len(lines) == len(report().annex.rows) == 15
    assert all(line.ticks == (True, True) for line in lines)
    assert all(line.sources for line in lines[:ENTERED])
    assert all(one.holds for one in annex.sums(counted, report()))


def test_a_cell_that_differs_is_seen() -> None:
    line = annex.AnnexLine("受理政府信息公开申请总数", (41, 306), (40, 306), ())
    assert line.ticks == (False, True)


# -- the desk -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 11, 22),  # a Sunday
        date(2026, 10, 10),  # a worked Saturday
        date(2026, 10, 3),  # National Day
        date(2026, 2, 18),  # Spring Festival
        date(2026, 12, 31),  # the next year is not published
        date(2027, 3, 1),
    ],
)
def test_desk_is_in_every_state_whatever_day_it_is(today: date) -> None:
    contents, expected = desk_script(CALENDAR, today)
    seen = set()
    for content, want in zip(contents, expected, strict=True):
        state = moved_in(content, "cn-2019", today)
        due = state.deadline("reply")
        assert (
            Expected(
                status=status(state),
                mover=mover(state) if want.mover else None,
                overdue=due is not None and due.due < today and status(state) != "lapsed",
                provisional=want.provisional and due is not None and due.provisional,
            )
            == want
        ), content["command_id"]
        seen.add(want.status)
    assert len(seen) == 13


# -- the folder ---------------------------------------------------------------------------------


def test_a_folder_that_is_not_the_demonstrations_is_left_alone(tmp_path: Path) -> None:
    register = tmp_path / "register.db"
    register.write_text("an office's record")
    with pytest.raises(InputError):
        clear(tmp_path)
    assert register.read_text() == "an office's record"
    (tmp_path / MARK).touch()
    clear(tmp_path)
    assert not register.exists()


def test_up_points_at_the_demonstration_but_not_from_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    last, office, kept, linked = (tmp_path / n for n in ("yishen/demo", "office", "kept", "linked"))
    for folder in (last, office, kept):
        folder.mkdir(parents=True)
        (folder / "register.db").touch()
    for folder in (last, kept):
        (folder / MARK).touch()
    linked.symlink_to(last)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(session, "_settings", None)
    told = {}
    for data in (office, last, kept, linked):
        monkeypatch.setenv("YISHEN_DATA", str(data))
        point_at_the_demo()
        told[data.name] = str(last) in capsys.readouterr().err
    assert told == {"office": True, "demo": False, "kept": False, "linked": False}


# -- the whole ----------------------------------------------------------------------------------


def yishen(*words: str) -> Answer:
    """One command, as at the prompt."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("YISHEN", "TEMPORAL"))}
    done = subprocess.run(
        [sys.executable, "-m", "starter", *words],
        env=environment | {"YISHEN_LANG": "zh", "YISHEN_USER": "he.qing"},
        capture_output=True,
        text=True,
        timeout=150,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
@pytest.mark.temporal
def test_the_demonstration_runs_twice_and_leaves_a_desk(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    for _ in range(2):
        run = yishen("demo", "--data", str(folder))
        assert run.code == 0, run.out + run.err
        assert "✗" not in run.out
        assert "为什么是 2024-11-08" in run.out
        # Part four: the order of 2024-06-25 to reply anew within 15 days.
        assert "为什么是 2024-07-10" in run.out
        assert run.out.count("答复之后：复议、重新答复、两审诉讼") == 1
        assert not is_held(DataFolder.at(folder).lock), "engine or worker is still there"
    said = yishen("annual", "2018", "--json", "--data", str(folder))
    answer = json.loads(said.out)
    assert [[r["name"], r["year"], r["cumulative"]] for r in answer["rows"]] == [
        [name, year, ever] for name, _, year, ever in report().annex.rows
    ]
    opened = json.loads(
        yishen("annual", "2018", "--open", "granted", "--json", "--data", str(folder)).out
    )
    assert len(opened["cases"]) == 41
    late = json.loads(yishen("list", "--overdue", "--json", "--data", str(folder)).out)
    assert len([c for c in late["cases"] if c["organ"] == "gov"]) == 2
    assert len(late["cases"]) >= 7, "and those of the invented county"
    fought = json.loads(yishen("remedies", "T2024-0002", "--json", "--data", str(folder)).out)
    assert [(p["ref"], p["outcome"]) for p in fought["proceedings"]] == [
        ("r1", "annulled"),
        ("s1", "dismissed"),
        ("s2", "affirmed"),
    ]
    assert fought["round"] == 2
    # Training cases count nowhere unless asked for.
    figures = json.loads(yishen("outcomes", "2024", "--json", "--data", str(folder)).out)
    assert all(part["figures"]["total"] == 0 for part in figures["parts"])
    _the_county_goes_on(folder)


def _the_county_goes_on(folder: Path) -> None:
    """Its cases, which no engine has had, take acts under `up`."""
    office = Installation(folder, {})
    with office.up():
        waiting = json.loads(office("tasks", "--as", "labour.liang", "--json").out)["tasks"]
        case = next(task["case_id"] for task in waiting if task["kind"] == "assigned")
        hands = ("--department", "work", "--handler", "labour.ma")
        done = office("assign", case, "--as", "labour.liang", *hands)
        assert done.code == 0, done.out + done.err
        proved = office("verify")
        assert proved.code == 0, proved.out + proved.err
