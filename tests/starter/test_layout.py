"""Tables and help: whole words at any width, everything when piped, double width counted."""

import os
import re

import pytest

from cli.frame import layout
from cli.frame.commands import all_commands
from tests.starter.forks import run
from tests.starter.terminal import on_terminal

TEXT = "平常信函、传真（third_party_consulted=2026-12-01）须确认收到，起算。See docs/calendars.md"
WORDS = re.findall(r"[\x21-\x7e]+", TEXT)


@pytest.mark.parametrize("columns", [26, 40, 80, 120])
def test_wrapping_keeps_words_whole_and_says_everything(columns: int) -> None:
    lines = layout.wrap(TEXT, columns)
    assert all(layout.cells(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(TEXT.split())
    for word in WORDS:
        if len(word) + 2 <= columns:
            assert any(word in line for line in lines), (word, lines)
    assert not any(line[:1] in "，。；：！？、）" for line in lines)


def test_a_word_longer_than_the_line_is_broken_at_last() -> None:
    assert layout.wrap("a" * 64, 30) == ["a" * 30, "a" * 30, "aaaa"]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_table_fits_and_keeps_double_width_columns_in_line(columns: int) -> None:
    rows = [["编号", "内容"], ["依申〔2026〕1号", TEXT], ["b", "短"]]
    widths = layout.shared(rows, columns)
    lines = [line for row in rows for line in layout.row(row, widths)]
    assert all(layout.cells(line) <= columns for line in lines)
    assert sum(widths) + 2 <= columns


@pytest.mark.parametrize("columns", [80, 120])
def test_help_fits_the_terminal_and_is_cut_nowhere(columns: int) -> None:
    for words in (("--help",), ("register", "--help"), ("proceeding", "--help")):
        size = {"COLUMNS": str(columns), "YISHEN_LANG": "zh", "TERM": "dumb"}
        shown = on_terminal(words, {**os.environ, **size})
        assert shown.code == 0
        said = shown.out.replace("\r", "")
        assert max(map(layout.cells, said.splitlines())) <= columns
        _, piped, _ = run(words, {**os.environ, "YISHEN_LANG": "zh"})
        assert "".join(said.split()) == "".join(piped.split())


def test_piped_help_names_every_command_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    from cli.frame import app

    assert app.run(["--help", "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    for command in all_commands():
        name = command.group or command.name
        assert re.search(rf"^  {name} +\S.*[。.]$", said, flags=re.M), name
