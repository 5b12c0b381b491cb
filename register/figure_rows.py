"""Rows of the yearly forms as an office writes them: by code or by name."""

from functools import cache

from domain.errors import Code, InputError
from domain.figures.forms import FIRST_YEAR_OF_NATIONAL_FORM, FormRow, form
from texts.figures import official


def row_named(year: int, given: str) -> FormRow:
    """The row of the form of `year` with that code or name. InputError(unknown_figure)."""
    rows = form(year, {})
    for row in rows:
        if given in (row.code, official(row.key)):
            return row
    known = ", ".join(row.code for row in rows)
    raise InputError(Code.UNKNOWN_FIGURE, figure=given, year=year, known=known)


@cache
def keys_by_name() -> dict[str, str]:
    """Of every form: the name of a row to its key."""
    years = (FIRST_YEAR_OF_NATIONAL_FORM - 1, FIRST_YEAR_OF_NATIONAL_FORM)
    return {official(row.key): row.key for year in years for row in form(year, {})}
