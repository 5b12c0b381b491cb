"""Which statute is the law on a day, among those of all jurisdictions; a jurisdiction that is left
without law for a day is refused (`bad_law_file`)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from domain.errors import Code, InputError
from domain.statute import Statute


def in_force(statutes: Sequence[Statute], jurisdiction: str, day: date) -> Statute:
    """The statute of `jurisdiction` that is the law on `day`. Raises no_statute."""
    for statute in statutes:
        if statute.jurisdiction == jurisdiction and statute.in_force(day):
            return statute
    known = ", ".join(statute.id for statute in statutes)
    raise InputError(Code.NO_STATUTE, name=jurisdiction, day=day, known=known)


def check_validity(statutes: Sequence[Statute]) -> None:
    """Each jurisdiction has one law for every day since its first. Raises bad_law_file."""
    ordered = sorted(statutes, key=lambda s: (s.jurisdiction, s.in_force_from))
    for earlier, later in pairwise(ordered):
        if earlier.jurisdiction != later.jurisdiction:
            continue
        wanted = later.in_force_from - timedelta(days=1)
        if earlier.in_force_to != wanted:
            raise InputError(
                Code.BAD_LAW_FILE,
                file=f"{earlier.id}.toml",
                field="in_force_to",
                detail="day_before",
                day=wanted,
                other=later.id,
            )
    ids = [statute.id for statute in statutes]
    for statute_id in ids:
        if ids.count(statute_id) > 1:
            raise InputError(
                Code.BAD_LAW_FILE, file=f"{statute_id}.toml", field="id", detail="twice"
            )
