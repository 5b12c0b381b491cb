"""The one way a command asks before it acts.

On a terminal the question stands on standard error and the answer is awaited; `--yes` answers it
beforehand. Without a terminal, or with `--json`, nobody can answer: nothing is asked, the act goes
on, and its answer warns of what would have been asked.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import texts
from cli.frame.show import note, wants_json
from domain.errors import Code, Refusal
from office.acts.doubts import Doubt
from speech.doubts import doubted
from speech.words import spoken

if TYPE_CHECKING:
    from office.desk import Desk


def can_ask() -> bool:
    """Whether somebody sits there."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not wants_json()


def after_asking(desk: "Desk") -> "Desk":
    """The desk to go on with: whoever may have been asked took their own time, not the
    command's."""
    return desk.renewed() if can_ask() else desk


def ask(
    doubts: Iterable[Doubt], *, yes: bool, show: Callable[[], None] | None = None
) -> tuple[str, ...]:
    """Ask about all of `doubts` in one question, after `show` has shown what it is about.

    Returns the codes of what could not be asked. Refusal(not_agreed): the answer was no.
    """
    found: Sequence[Doubt] = tuple(doubts)
    if not found or yes:
        return ()
    if not can_ask():
        return tuple(doubt.code for doubt in found)
    if show is not None:
        show()
    for doubt in found:
        note(doubted(doubt))
    print(_say("go_on"), end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().lower()
    if answer not in _say("agree").split():
        raise Refusal(Code.NOT_AGREED)
    return ()


def _say(key: str, **values: object) -> str:
    return texts.text(spoken(), f"ask.{key}", **values)
