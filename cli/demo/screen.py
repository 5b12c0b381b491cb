"""What the demonstration is printed with: headings, tables, ticks; progress on standard error."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.rule import Rule
from rich.table import Table

import texts
from cli.frame.show import wants_json
from domain.words import shown
from speech.words import spoken

PLAIN_WIDTH = 132
"""Columns where the output is no terminal."""

TICKS = {True: "[green]✓[/]", False: "[bold red]✗[/]"}


def say(key: str, /, **values: object) -> str:
    """The text of `demo.KEY`."""
    return texts.text(spoken(), f"demo.{key}", **values)


class Steps(Protocol):
    """Counts what is done."""

    def __call__(self, _: object = None) -> None: ...


class Screen:
    """Prints, and keeps in mind whether anything was not as expected."""

    def __init__(self) -> None:
        plain = None if sys.stdout.isatty() else PLAIN_WIDTH
        self._out = Console(width=plain, highlight=False, quiet=wants_json())
        self._err = Console(stderr=True, highlight=False)
        self.failed = 0

    def line(self, text: str = "") -> None:
        """One line, markup in texts only."""
        self._out.print(shown(text), soft_wrap=True)

    def heading(self, text: str) -> None:
        """The beginning of a part."""
        self._out.print()
        self._out.print(Rule(f"[bold]{text}[/]", align="left", characters="━"))

    def title(self, text: str) -> None:
        """The name of a table."""
        self._out.print()
        self._out.print(f"[bold]{text}[/]")

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[int] = ()
    ) -> None:
        """Rows; a bool becomes a tick or a cross, and a cross counts as failed."""
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for n, column in enumerate(columns):
            grid.add_column(
                column, justify="right" if n in right else "left", no_wrap=n == 0, overflow="fold"
            )
        for row in rows:
            grid.add_row(*(self._cell(cell) for cell in row))
        self._out.print(grid)

    def _cell(self, value: object) -> str:
        return self.tick(value) if isinstance(value, bool) else escape(shown(str(value)))

    def tick(self, well: bool) -> str:
        """A tick or a cross; a cross makes the demonstration fail."""
        self.failed += not well
        return TICKS[well]

    def check(self, well: bool, text: str) -> None:
        """A tick or a cross before a sentence."""
        self.line(f"  {self.tick(well)} {text}")

    def stage(self, key: str) -> None:
        """What is being prepared, on standard error."""
        self._err.print(f"[dim]{say(f'stage.{key}')}[/]")

    @contextmanager
    def steps(self, text: str, total: int) -> Iterator[Steps]:
        """A bar on standard error while something counts up to `total`."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        quiet = not self._err.is_terminal
        with Progress(
            *columns, TimeElapsedColumn(), console=self._err, transient=True, disable=quiet
        ) as bar:
            task = bar.add_task(text, total=total)

            def step(_: object = None) -> None:
                bar.advance(task)

            yield step
