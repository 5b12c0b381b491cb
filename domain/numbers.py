"""Ids and numbers of cases: 2026-0001 is 依申〔2026〕1号; T2026-0001, a training case, is
演练〔2026〕1号."""

import re

TRAINING = "T"
"""How the id of a training case begins."""
_CASE_ID = re.compile(rf"{TRAINING}?\d{{4}}-\d{{4,}}", re.ASCII)
_HEADS = {False: "依申", True: "演练"}


def case_id(year: int, serial: int, *, training: bool) -> str:
    """The id of the case with that number in its series."""
    return f"{TRAINING if training else ''}{year}-{serial:04d}"


def is_case_id(text: str) -> bool:
    """Whether a case could have that id."""
    return _CASE_ID.fullmatch(text) is not None


def number_of(case: str) -> str:
    """The number of the case of that id, as it stands on papers."""
    year, serial = series_of(case)
    return f"{_HEADS[case.startswith(TRAINING)]}〔{year}〕{serial}号"


def series_of(case: str) -> tuple[int, int]:
    """Year and serial of the case of that id."""
    year, _, serial = case.removeprefix(TRAINING).partition("-")
    return int(year), int(serial)
