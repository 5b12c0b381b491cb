"""`yishen fee`: what the tariff comes to, without a case."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

import texts
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.words import say
from domain.checked import unchecked
from domain.errors import Code, InputError
from speech.words import cited, spoken, term

if TYPE_CHECKING:
    from domain.tariff import FeePart


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("fee", "look", fee)


def fee(
    items: Annotated[int | None, typer.Option("--items", metavar="N", min=1)] = None,
    items_before: Annotated[int, typer.Option("--items-before", metavar="N", min=0)] = 0,
    pages: Annotated[int | None, typer.Option("--pages", metavar="N", min=1)] = None,
    on: Annotated[date | None, typer.Option("--on", metavar="DATE", parser=params.day)] = None,
) -> None:
    from law.files import load_tariff
    from office.legal_time import legal_now

    if (items is None) == (pages is None):
        detail = say("usage.one_of", options="--items, --pages")
        raise InputError(Code.USAGE, detail=detail, help="yishen fee --help")
    tariff = load_tariff(on or legal_now().date())
    scale = tariff.item if pages is None else tariff.page
    parts = scale.parts(items or pages or 0, items_before if pages is None else 0)
    amount = sum(part.amount for part in parts)
    left = unchecked(tariff.checked, ("item" if pages is None else "page",))
    if show.wants_json():
        show.emit(
            {
                "standard": "item" if pages is None else "page",
                "amount": amount,
                "currency": tariff.currency,
                "article": scale.article,
                "parts": [part._asdict() for part in parts],
                "unchecked": left,
            }
        )
        return
    print_parts(parts)
    show.line(_words("total", amount=amount, source=cited(scale.article)))
    if left:
        figures = term("standard", left[0])
        show.line(texts.text(spoken(), "evidence.fact.unchecked", figures=figures))


def print_parts(parts: "tuple[FeePart, ...]") -> None:
    """The parts of a number, each at its rate."""
    rows = [[f"{p.first}–{p.last}", str(p.each), str(p.amount)] for p in parts]
    show.table([_words(f"column.{c}") for c in ("units", "each", "amount")], rows)


def _words(key: str, **values: object) -> str:
    return texts.text(spoken(), f"law.fee.{key}", **values)
