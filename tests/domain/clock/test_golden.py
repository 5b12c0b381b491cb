"""Cases counted by hand: due day and ledger, through `yishen due`."""

import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cli.due.command import batch
from law.files import load_statutes
from office.due.line import answer

FILE = Path(__file__).parent / "golden" / "cases.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_comes_to_what_was_counted_by_hand(case: dict[str, Any]) -> None:
    line = {"id": case["name"], **case["asked"], "events": case.get("events", [])}
    sink = io.BytesIO()
    assert batch(io.BytesIO(json.dumps(line).encode() + b"\n"), sink, "en") == 0
    found = json.loads(sink.getvalue())
    assert found["due"] == case["due"]
    spans = [f"{s['from']} {s['to']} {s['counted']} {s['why']}" for s in found["ledger"]]
    assert spans == case["ledger"]
    assert all(span["article"] for span in found["ledger"])


def test_every_statute_is_counted_by_hand() -> None:
    counted = {answer({**c["asked"], "events": c.get("events", [])})["statute"] for c in CASES}
    assert counted == {law.id for law in load_statutes()}
    assert len(CASES) >= 20
