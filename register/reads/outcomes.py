"""How reconsiderations and suits of a year ended, what stands behind each figure, and why replies
fall. Void numbers count nowhere, training cases only among themselves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.summary import Status
from domain.errors import Code, InputError
from domain.figures.disputes import Dispute, DisputeStep, disputes
from domain.figures.results import COLUMNS, GROUPS, Disputed, in_column, in_group
from domain.policy import Policy
from domain.remedies.terms import Against, Result
from register.models import Organ, Remedy, Request
from register.reads.words import shown

TABLE = ("new", "carried_over", *COLUMNS)
"""Columns of the table: beside the form's own, what makes the cross-check."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the table: reconsiderations, suits direct, suits after reconsideration."""

    code: str
    figures: dict[str, int]

    @property
    def holds(self) -> bool:
        """New and carried over must equal what ended and what is pending."""
        f = self.figures
        ended = f["upheld"] + f["corrected"] + f["other"]
        return f["new"] + f["carried_over"] == ended + f["pending"] == f["total"]


@dataclass(frozen=True, slots=True)
class Fall:
    """Disputes that ended in the year against replies of one kind, department or ground."""

    key: str | None
    organ: str | None
    ended: int
    corrected: int
    upheld: int
    other: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The results of a year. `by_ground` only of what was corrected; `retrial_counts`: the setting
    by which retrials are in them."""

    year: int
    retrial_counts: str
    parts: tuple[Part, ...]
    by_kind: tuple[Fall, ...]
    by_department: tuple[Fall, ...]
    by_ground: tuple[Fall, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    case_id: str
    organ: str
    department: str | None
    dispute: Dispute
    counted: Disputed


def outcomes_of(
    session: Session,
    year: int,
    organ: str | None = None,
    *,
    training: bool = False,
    policy: Policy | None = None,
) -> Outcomes:
    """The results of `year`, of one organ or of all; `training`: of training cases alone. Grounds
    are words: they are opened, so that the same ones of several cases are one.

    InputError(unknown_organ). Unreachable(key_store_unreachable, …).
    """
    found = _found(session, organ, training, policy)
    parts = tuple(
        Part(code, {c: len(_cell(found, code, c, year)) for c in TABLE}) for code in GROUPS
    )
    # Complaints stand in no column of the table, but they too say why replies fall.
    ended = [x for x in found if x.counted.done == year]
    fallen = [x for x in ended if x.dispute.result is Result.CORRECTED]
    return Outcomes(
        year=year,
        retrial_counts=(policy or Policy()).retrial_counts,
        parts=parts,
        by_kind=_falls((_reply(x), None, x) for x in ended),
        by_department=_falls((x.department, x.organ, x) for x in ended),
        by_ground=_falls((shown(session, x.dispute.ground), None, x) for x in fallen),
    )


def cell_disputes(
    session: Session,
    year: int,
    code: str,
    organ: str | None = None,
    *,
    training: bool = False,
    policy: Policy | None = None,
) -> list[tuple[str, Dispute]]:
    """The disputes behind a figure of the table (`reconsideration_corrected`), by case.
    InputError: `unknown_figure`, `unknown_organ`."""
    for group in GROUPS:
        column = code.removeprefix(f"{group}_")
        if column != code and column in TABLE:
            found = _found(session, organ, training, policy)
            cell = _cell(found, group, column, year)
            return [(x.case_id, x.dispute) for x in cell]
    known = ", ".join(f"{group}_{column}" for group in GROUPS for column in TABLE)
    raise InputError(Code.UNKNOWN_FIGURE, figure=code, year=year, known=known)


def all_disputes(session: Session, policy: Policy | None) -> dict[str, tuple[Dispute, ...]]:
    """The disputes of every case that has any."""
    names = [field.name for field in fields(DisputeStep)]
    steps: dict[str, list[DisputeStep]] = defaultdict(list)
    columns = (getattr(Remedy, name) for name in names)
    for case_id, *row in session.execute(select(Remedy.case_id, *columns)):
        steps[case_id].append(DisputeStep(*row))
    return {case_id: disputes(found, policy) for case_id, found in steps.items()}


def _found(
    session: Session, organ: str | None, training: bool, policy: Policy | None
) -> list[_Found]:
    if organ is not None:
        known = session.scalars(select(Organ.id).order_by(Organ.position)).all()
        if organ not in known:
            raise InputError(Code.UNKNOWN_ORGAN, organ=organ, known=", ".join(known) or "-")
    by_case = all_disputes(session, policy)
    rows = session.execute(
        select(Request.id, Request.organ, Request.department)
        .where(
            Request.training.is_(training),
            Request.status != Status.VOID.value,
            *([] if organ is None else [Request.organ == organ]),
        )
        .order_by(Request.year, Request.serial)
    )
    return [
        _Found(case_id, its_organ, department, dispute, Disputed.of(dispute))
        for case_id, its_organ, department in rows
        for dispute in by_case.get(case_id, ())
    ]


def _cell(found: Iterable[_Found], group: str, column: str, year: int) -> list[_Found]:
    return [x for x in found if in_group(x.counted, group) and in_column(x.counted, column, year)]


def _reply(found: _Found) -> str | None:
    silent = found.dispute.against == Against.INACTION
    return Against.INACTION.value if silent else found.dispute.reply_kind


def _falls(found: Iterable[tuple[str | None, str | None, _Found]]) -> tuple[Fall, ...]:
    """By key, what fell most often first."""
    groups: dict[tuple[str | None, str | None], list[_Found]] = defaultdict(list)
    for key, organ, one in found:
        groups[key, organ].append(one)
    lines = [_fall(key, organ, group) for (key, organ), group in groups.items()]
    return tuple(sorted(lines, key=lambda x: (-x.corrected, -x.ended, x.key or "")))


def _fall(key: str | None, organ: str | None, group: Sequence[_Found]) -> Fall:
    results = [x.dispute.result for x in group]
    return Fall(
        key=key,
        organ=organ,
        ended=len(group),
        corrected=results.count(Result.CORRECTED),
        upheld=results.count(Result.UPHELD),
        other=results.count(Result.OTHER),
    )
