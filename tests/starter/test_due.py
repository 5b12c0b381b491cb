"""`yishen due` as its readers meet it: lines in, lines out, exit codes, and how it starts."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cli.due.command import batch, run
from domain.words import strange


def yishen(*arguments: str, given: str | bytes = b"") -> subprocess.CompletedProcess[bytes]:
    text = given if isinstance(given, bytes) else given.encode()
    command = [sys.executable, "-m", "starter", *arguments]
    return subprocess.run(command, input=text, capture_output=True, timeout=60)


def ask(*lines: object) -> list[dict[str, Any]]:
    text = "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines)
    sink = io.BytesIO()
    code = batch(io.BytesIO(f"{text}\n".encode()), sink, "en")
    answers = [json.loads(line) for line in sink.getvalue().splitlines()]
    assert len(answers) == len(lines)
    assert code == (0 if all(answer["ok"] for answer in answers) else 2)
    return answers


def request(**fields: Any) -> dict[str, Any]:
    return {"id": "r", "channel": "in_person", "received": "2023-03-01", **fields}


def test_one_answer_a_line_in_order_and_a_bad_line_does_not_stop_the_rest() -> None:
    found = ask(request(id="a"), "not json", "", request(id="b", channel="pigeon"), request(id=7))
    assert [answer["id"] for answer in found] == ["a", None, None, "b", 7]
    assert [answer["ok"] for answer in found] == [True, False, False, False, True]
    assert [answer.get("line") for answer in found] == [None, 2, 3, None, None]
    assert found[1]["error"]["code"] == "bad_json"
    assert found[3]["error"]["code"] == "bad_field"


def test_the_answer_holds_what_the_contract_names() -> None:
    (found,) = ask(
        request(
            events=[
                {"kind": "correction_notice_sent", "at": "2023-03-06"},
                {"kind": "correction_received", "at": "2023-03-13"},
                {"kind": "third_party_consulted", "at": "2023-03-14", "ref": "a"},
                {"kind": "third_party_answered", "at": "2023-03-16", "ref": "a"},
                {"kind": "extension_granted", "at": "2023-04-13", "working_days": 5},
            ],
        )
    )
    assert {k: v for k, v in found.items() if k != "ledger"} == {
        "id": "r",
        "ok": True,
        "statute": "cn-2019",
        "receipt_day": "2023-03-01",
        "state": "running",
        "due": "2023-04-20",
        "overdue": False,
        "due_before_extension": "2023-04-13",
        "provisional": False,
        "limits": {
            "correction_notice": "2023-03-10",
            "correction": "2023-03-27",
            "third_party_answer": "2023-04-04",
            "fee_notice": "2023-04-20",
        },
        "consultations": [
            {
                "ref": "a",
                "kind": "third_party",
                "limit": "2023-04-04",
                "from": "2023-03-14",
                "to": "2023-03-16",
            }
        ],
        "warnings": [],
        "readings": [
            {
                "due": due,
                "setting": "exclusion_ends",
                "value": value,
                "source": "art 33(3) leaves it open",
                "chosen": value == "after_sent_to_answered",
            }
            for due, value in (
                ("2023-04-20", "after_sent_to_answered"),
                ("2023-04-21", "both_ends"),
            )
        ],
        "superseded": [
            {"receipt_day": "2023-03-01", "due": "2023-03-29", "why": "correction_received"}
        ],
    }
    assert found["ledger"][0]["from"] == "2023-03-14"
    assert found["ledger"][-1]["to"] == "2023-04-20"
    assert sum(span["counted"] for span in found["ledger"]) == 25


def test_a_paused_case_has_no_due_day_but_says_what_is_left() -> None:
    asked = {"kind": "coproducer_consulted", "at": "2023-03-06"}
    (found,) = ask(request(events=[asked], as_of="2023-03-10"))
    keys = ("state", "due", "working_days_left", "due_if_answered", "due_at_latest")
    assert [found[key] for key in keys] == ["paused", None, 17, "2023-04-04", "2023-04-20"]
    assert "overdue" not in found


def test_an_instant_arrives_on_the_local_day() -> None:
    first, second = ask(
        request(received="2022-09-30T15:59:59Z"), request(received="2022-09-30T16:00:00Z")
    )
    assert (first["receipt_day"], second["receipt_day"]) == ("2022-09-30", "2022-10-01")


def test_a_calendar_in_the_line_replaces_the_statutes_for_every_year() -> None:
    (found,) = ask(
        request(
            received="2030-01-01",
            calendar={"weekend": ["fri", "sat"], "off": ["2030-01-02"], "work": ["2030-01-04"]},
        )
    )
    assert (found["due"], found["provisional"]) == ("2030-01-29", False)


@pytest.mark.parametrize(
    ("line", "code", "names"),
    [
        (request(statute="cn-1999"), "no_statute", "cn-1999"),
        (request(received="1890-01-01"), "no_statute", "1890-01-01"),
        (request(received="1890-01-01", statute="cn-2008"), "statute_not_in_force", "cn-2008"),
        (request(received="2028-01-03"), "calendar_missing", "2028"),
        (request(received="2023-02-30"), "bad_field", "received"),
        (request(received="2023-03-01T10:00:00"), "bad_field", "received"),
        (request(received=None), "bad_field", "received"),
        (request(channel=3), "bad_field", "channel"),
        (request(colour="red"), "bad_field", "colour"),
        (request(policy={"colour": 1}), "bad_field", "policy.colour"),
        (request(policy={"fee_restart": "no"}), "bad_field", "policy.fee_restart"),
        (request(calendar={"weekend": ["caturday"]}), "bad_field", "calendar.weekend"),
        (request(calendar="elsewhere"), "bad_field", "calendar"),
        (request(events=[{"kind": "teleported", "at": "2023-03-02"}]), "bad_field", "events[0]"),
        (request(events=[{"kind": "withdrawn"}]), "bad_field", "events[0].at"),
        (
            request(events=[{"kind": "withdrawn", "at": "2023-03-02", "until": "2023-03-03"}]),
            "bad_field",
            "events[0].until",
        ),
        (
            request(events=[{"kind": "extension_granted", "at": "2023-03-02"}]),
            "bad_field",
            "events[0].working_days",
        ),
        (
            request(
                events=[{"kind": "extension_granted", "at": "2023-03-02", "working_days": 10**30}]
            ),
            "extension_too_long",
            "20",
        ),
        (request(as_of="2023-02-28"), "dates_out_of_order", "as_of"),
        (request(id=None), "bad_field", "id"),
        (request(id=[1]), "bad_field", "id"),
        ([1, 2], "bad_json", "object"),
        ('{"id": 1, "id": 2}', "bad_json", "id"),
        ('{"id": NaN}', "bad_json", "NaN"),
        ("[" * 50_000, "bad_json", "nested"),
        ('{"id": ' + "9" * 5000 + "}", "bad_json", "digits"),
    ],
)
def test_every_bad_line_gets_its_typed_error(line: object, code: str, names: str) -> None:
    (found,) = ask(line)
    assert found["error"]["code"] == code
    assert names in found["error"]["message"]


def test_a_refusal_by_the_law_cites_its_article() -> None:
    (found,) = ask(request(channel="fax", events=[{"kind": "withdrawn", "at": "2023-03-02"}]))
    assert found["state"] == "withdrawn"
    (found,) = ask(request(channel="fax", events=[{"kind": "paused", "at": "2023-03-02"}]))
    assert found["error"]["code"] == "not_confirmed"
    assert found["error"]["article"] == "art 31(3)"


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["0001-01-01", "9999-12-31", "9999-12-31T23:59:59-23:59", "16:30+08:00"]),
    st.just([]),
    st.just({}),
)
WHOLE = (
    request(
        as_of="2023-06-01",
        events=[
            {"kind": "third_party_consulted", "at": "2023-03-06", "delivered": "2023-03-07"},
            {"kind": "correction_notice_sent", "at": "2023-03-10", "correct_by": "2023-06-20"},
            {"kind": "limit_set", "at": "2023-03-21", "until": "2023-09-01"},
        ],
        policy={"committed_working_days": 5},
        calendar={"weekend": ["sat"], "off": ["2023-05-01"], "work": []},
    ),
    {
        "id": "p",
        "period": {"n": 5, "unit": "month", "cut_off": "16:30", "zone": "Asia/Tokyo"},
        "from": "2022-01-31T10:00:00Z",
        "calendar": "cn",
    },
)


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in entries:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places(value, (*at, key))


@settings(deadline=None)  # a calendar given for every year may have to reach the year 9999
@given(st.data(), st.sampled_from(WHOLE))
def test_whatever_stands_in_a_line_it_gets_an_answer(data: Any, whole: dict[str, Any]) -> None:
    line: Any = deepcopy(whole)
    *way, last = data.draw(st.sampled_from(sorted(places(line), key=str)))
    node = line
    for key in way:
        node = node[key]
    node[last] = data.draw(JUNK)
    (found,) = ask(line)
    assert found["ok"] or found["error"]["message"]


def test_the_process_answers_and_exits_as_the_batch_does() -> None:
    lines = "\n".join([json.dumps(request()), "not json", json.dumps(request(channel="fax"))])
    run = yishen("due", given=lines)
    assert (run.returncode, run.stderr) == (2, b"")
    assert [json.loads(line)["ok"] for line in run.stdout.splitlines()] == [True, False, True]
    assert yishen("due", given=json.dumps(request())).returncode == 0


def test_bytes_that_are_no_utf_8_are_one_bad_line() -> None:
    good = json.dumps(request()).encode()
    run = yishen("due", given=b"\xff\xfe\n\xef\xbb\xbf" + good + b"\r\n")
    first, second = map(json.loads, run.stdout.splitlines())
    assert (first["line"], second["ok"], run.returncode) == (1, True, 2)


@pytest.mark.parametrize(
    ("period", "begun", "calendar", "start", "raw", "due"),
    [
        ({"n": 15, "unit": "working_day"}, "2022-09-30", "cn", "09-30", "10-26", "10-26"),
        ({"n": 0, "unit": "working_day"}, "2022-10-01", "cn", "10-01", "10-01", "10-08"),
        ({"n": 0, "unit": "working_day", "roll": "none"}, "2022-10-01", "cn", *["10-01"] * 3),
        ({"n": -1, "unit": "working_day"}, "2022-10-08", "cn", "10-08", "09-30", "09-30"),
        ({"n": -1, "unit": "working_day"}, "2022-10-03", "cn", "10-03", "09-30", "09-30"),
        ({"n": 60, "unit": "calendar_day"}, "2022-08-02", "cn", "08-02", "10-01", "10-08"),
        (
            {"n": 60, "unit": "calendar_day", "roll": "none"},
            "2022-08-02",
            "cn",
            "08-02",
            "10-01",
            "10-01",
        ),
        ({"n": 1, "unit": "month"}, "2022-08-31", "cn", "08-31", "09-30", "09-30"),
        ({"n": -6, "unit": "month", "roll": "none"}, "2022-08-31", {}, "08-31", "02-28", "02-28"),
        (
            {"n": 1, "unit": "working_day", "cut_off": "16:30", "zone": "America/Vancouver"},
            "2022-08-02T23:30:00Z",
            {},
            "08-02",
            "08-03",
            "08-03",
        ),
        (
            {"n": 1, "unit": "working_day", "cut_off": "16:30", "zone": "America/Vancouver"},
            "2022-08-02T23:30:01Z",
            {},
            "08-03",
            "08-04",
            "08-04",
        ),
        (
            {"n": 1, "unit": "working_day", "cut_off": "16:30"},
            "2022-10-01",
            "cn",
            "10-08",
            "10-09",
            "10-09",
        ),
        ("cn-litigation/defence", "2022-09-16", "cn", "09-16", "10-01", "10-08"),
    ],
)  # fmt: skip
def test_any_period(
    period: object, begun: str, calendar: object, start: str, raw: str, due: str
) -> None:
    (found,) = ask({"id": "p", "period": period, "from": begun, "calendar": calendar})
    assert [found["start"], found["raw"], found["due"]] == [f"2022-{x}" for x in (start, raw, due)]
    spans = found["ledger"]
    for before, after in pairwise(spans):
        assert before["to"] < after["from"]


def test_hours_run_from_an_instant_to_an_instant() -> None:
    period = {"n": 48, "unit": "hour", "roll": "none", "zone": "Asia/Kolkata"}
    found, wrong = ask(
        {"id": 1, "period": period, "from": "2022-08-05T10:00:00+05:30"},
        {"id": 2, "period": period, "from": "2022-08-05"},
    )
    assert found["due"] == "2022-08-07T10:00:00+05:30"
    assert wrong["error"]["code"] == "bad_field"


def test_the_version_of_a_named_period_is_that_of_its_first_day() -> None:
    before, after, too_early, unknown = ask(
        {"id": 1, "period": "cn-litigation/defence", "from": "2015-04-30"},
        {"id": 2, "period": "cn-litigation/defence", "from": "2015-05-01"},
        {"id": 3, "period": "cn-reconsideration/apply", "from": "1999-09-30"},
        {"id": 4, "period": "cn-litigation/duel", "from": "2022-09-16"},
    )
    assert (before["raw"], after["raw"]) == ("2015-05-10", "2015-05-16")
    assert too_early["error"]["code"] == "no_statute"
    assert unknown["error"]["code"] == "bad_field"


def test_a_period_to_sue_that_had_not_run_out_takes_the_new_law() -> None:
    """SPC interpretation 2015 no. 9 art 26: six months instead of three for what on 2015-05-01
    could still be sued over; what was over the day before stays so."""
    for name in ("cn-litigation/sue", "cn-litigation/sue_inaction"):
        over, last, begun_late = ask(
            {"id": 1, "period": name, "from": "2015-01-30"},
            {"id": 2, "period": name, "from": "2015-02-01"},
            {"id": 3, "period": name, "from": "2015-04-20"},
        )
        assert (over["due"], last["raw"]) == ("2015-04-30", "2015-08-01")
        assert begun_late["due"] == "2015-10-20"
    (silence,) = ask({"id": 4, "period": "cn-litigation/sue_inaction", "from": "2016-03-01"})
    assert {span["article"] for span in silence["ledger"]} == {
        "litigation interpretation 2015 art 4"
    }


def test_a_single_case_for_people_and_for_machines() -> None:
    options = ("--received", "2022-09-30", "--channel=mail_signed")
    extended = "--event=extension_granted=2022-10-28,working_days=20"
    table = yishen("due", *options, extended, "--lang", "zh")
    assert (table.returncode, table.stderr) == (0, b"")
    assert "答复期限届满  2022-11-30 周三" in table.stdout.decode()
    assert "逾期" not in table.stdout.decode()  # nobody said on which day it is looked at
    late = yishen("due", *options, "--as-of", "2022-11-03", "--lang", "zh").stdout.decode()
    early = yishen("due", *options, "--as-of", "2022-11-02", "--lang", "zh").stdout.decode()
    assert re.search("逾期 +是", late)
    assert re.search("逾期 +否", early)
    assert "Wed" in yishen("due", *options, "--lang", "en").stdout.decode()
    machine = json.loads(yishen("due", *options, extended, "--json").stdout)
    assert (machine["ok"], machine["due"]) == (True, "2022-11-30")


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("--received", "2022-09-30"), "bad_field", 2),
        (("--received", "2022-09-30", "--channel", "x"), "bad_field", 2),
        (("--colour",), "usage", 2),
        (("--received",), "usage", 2),
        (("--received", "2022-09-30", "--channel", "fax", "--event", "paused"), "usage", 2),
        (
            ("--received", "2022-09-30", "--channel", "fax", "--event", "paused=2022-10-08"),
            "not_confirmed",
            1,
        ),
    ],
)
def test_a_single_case_refused(arguments: tuple[str, ...], code: str, exit_code: int) -> None:
    plain = yishen("due", *arguments)
    assert plain.returncode == exit_code
    assert plain.stderr.decode().startswith(f"{code}: ")
    assert len(plain.stderr.splitlines()) == 1
    machine = yishen("due", *arguments, "--json")
    assert machine.returncode == exit_code
    assert json.loads(machine.stdout)["error"]["code"] == code


def test_the_fields_for_people_stand_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["--received", "2022-09-30", "--channel", "mail_signed"]
    event = "third_party_consulted=2022-10-12,ref=a"
    for lang in ("zh", "en"):
        assert run([*line, "--event", event, "--as-of", "2022-10-14", "--lang", lang]) == 0
        fields = capsys.readouterr().out.partition("\n\n")[0].splitlines()
        starts = {cell_len(re.split(r" {2,}", field)[0] + re.findall(r" {2,}", field)[0])
                  for field in fields}  # fmt: skip
        assert len(fields) > 4
        assert len(starts) == 1, fields


def test_what_somebody_wrote_moves_no_cursor(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Neither in a table, nor in an answer for machines, which still says what was written."""
    wrote = "a\x1b[1A\x1b[2K\u202eb\x9b"
    event = f"third_party_consulted=2022-10-12,ref={wrote}"
    line = ["--received", "2022-09-30", "--channel", "mail_signed", "--event", event]
    for more in ([], ["--json"], ["--event", f"{wrote}=2022-10-13"], ["--received", wrote]):
        run([*line, *more])
    sink = io.BytesIO()
    assert batch(io.BytesIO(json.dumps(request(id=wrote)).encode()), sink, "zh") == 0
    said = capfdbinary.readouterr()
    for text in (said.out.decode(), said.err.decode(), sink.getvalue().decode()):
        assert strange(text, "\n") is None
        assert text
    assert json.loads(sink.getvalue())["id"] == wrote


def test_help_in_both_languages() -> None:
    assert "用法" in yishen("due", "--help", "--lang", "zh").stdout.decode()
    assert "Usage" in yishen("--lang", "en", "due", "--help").stdout.decode()


def test_nothing_asked_nothing_answered() -> None:
    run = yishen("due")
    assert (run.returncode, run.stdout) == (0, b"")


def test_it_starts_without_engine_register_or_command_line_framework() -> None:
    heavy = ("temporalio", "sqlalchemy", "typer", "rich", "pendulum", "fastapi")
    script = (
        "import sys; from cli.due.command import run;"
        "code = run([]);"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    line = json.dumps(request()).encode()
    done = subprocess.run([sys.executable, "-c", script], input=line, capture_output=True)
    assert json.loads(done.stdout)["due"] == "2023-03-29"
    assert done.stderr.strip() == b"[]"


def test_a_refusal_cites_in_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    line = ["--received", "2026-11-02", "--channel", "email", "--event", "fee_paid=2026-11-05"]
    assert run([*line, "--lang", "zh"]) == 1
    assert capsys.readouterr().err.rstrip().endswith("请先登记“确认收到”。 [第31条第3项]")


def test_a_ledger_cites_in_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--received", "2023-03-01", "--channel", "in_person", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "第33条第2款" in said
    assert "国务院令第174号（1995年）第7条" in said
    assert "art " not in said
