"""The rows of the yearly reports' forms by name. The forms name them in Chinese."""

import texts


def row_name(lang: str, key: str) -> str:
    """A row (`domain.figures.forms.FormRow.key`) in a language."""
    return texts.text(lang, f"figures.{key}")


def unit_name(lang: str, unit: str | None) -> str | None:
    """What a row counts, where its form says so."""
    return texts.text(lang, f"figures.unit.{unit}") if unit else None


def official(key: str) -> str:
    """The row as its form names it; figures that an office enters are kept under this name."""
    return row_name("zh", key)
