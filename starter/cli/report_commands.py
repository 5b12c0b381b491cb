"""Figures and proof: `yishen annual`, `yishen verify`."""

from collections.abc import Iterator

from starter.cli.command import Command


def commands() -> Iterator[Command]:
    """Commands that read the whole record."""
    yield from ()
