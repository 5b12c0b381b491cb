"""Named periods on the command line: what an organ owes without being asked, and by when."""

import json

import pytest

from cli.due.command import run
from office.due.line import answer


@pytest.mark.parametrize(
    ("name", "day", "due", "article"),
    [
        ("report_department", "2025-12-31", "2026-01-31", "Regulation 2019 art 49(1)"),
        ("report_department", "2025-03-04", "2026-01-31", "Regulation 2019 art 49(1)"),
        ("report_government", "2025-12-31", "2026-03-31", "Regulation 2019 art 49(2)"),
        ("report_department", "2019-01-02", "2020-01-31", "Regulation 2019 art 49(1)"),
        ("report_department", "2018-12-31", "2019-03-31", "Regulation 2008 art 31"),  # a Sunday
        ("report_government", "2018-05-01", "2019-03-31", "Regulation 2008 art 31"),
        ("publish", "2026-09-28", "2026-10-30", "Regulation 2019 art 26"),
        (
            "publish",
            "2018-09-28",
            "2018-10-31",
            "Regulation 2008 art 18",
        ),  # two worked weekend days
    ],
)
def test_what_an_organ_owes_without_being_asked(
    name: str, day: str, due: str, article: str
) -> None:
    found = answer({"period": f"cn-disclosure/{name}", "from": day})
    assert (found["raw"], found["due"]) == (due, due)
    assert article in {span["article"] for span in found["ledger"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_period_is_counted_by_options(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--period", "in-rti-2005/first_appeal", "--from", "2024-03-01", "--lang", lang]
    assert run(asked) == 0
    shown = capsys.readouterr().out
    for said in ("2024-03-31", "2024-04-01", "+30"):
        assert said in shown
    assert run([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2024-04-01"


def test_what_nobody_checked_stands_beside_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--period", "cn-litigation/sue", "--from", "2012-03-01", "--lang", "zh"]) == 0
    assert "未与公开文本核对  cn-litigation/sue" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--channel", "email"], "--channel"), (["--from", "soon"], "from")],
)
def test_a_period_goes_with_its_first_day_alone(
    more: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--period", "cn-litigation/sue", *more]) == 2
    assert words in capsys.readouterr().err
