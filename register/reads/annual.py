"""The yearly figures, counted from the cases; and for each figure the cases behind it.

Training cases and void numbers count nowhere. Figures that no case can give come from
`entered_figures`, totals of the years before this register from `opening_balances`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.summary import Status
from domain.errors import Code, InputError
from domain.figures.annual import CrossCheck, Figure, Known, Mapped, checks, fill, mapped
from domain.figures.disputes import Dispute
from domain.figures.forms import CountedCase, FormRow, form, rows_of_kinds
from domain.figures.results import Disputed
from domain.policy import Policy
from domain.statute import Statute
from register.figure_rows import keys_by_name, row_named
from register.models import Applicant, EnteredFigure, OpeningBalance, Organ, Request
from register.reads.outcomes import all_disputes
from texts.figures import official, unit_name


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a year. `by_level`: new requests of governments and of departments;
    `checks` on the figures printed; `mapped`: what was replied to under an older law."""

    year: int
    organ: str
    rows: tuple[Figure, ...]
    by_level: dict[str, int]
    checks: tuple[CrossCheck, ...]
    mapped: tuple[Mapped, ...]

    def as_json(self) -> dict[str, Any]:
        """The contract of `yishen annual YEAR --json`; names and units as the form has them."""
        rows = [
            {
                "code": row.code,
                "name": official(row.key),
                "unit": unit_name("zh", row.unit),
                "year": row.year,
                "cumulative": row.cumulative,
            }
            for row in self.rows
        ]
        sums = [asdict(check) | {"holds": check.holds} for check in self.checks]
        return {
            "year": self.year,
            "organ": self.organ,
            "rows": rows,
            "checks": sums,
            "mapped": [asdict(line) for line in self.mapped],
        }


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """A figure that no case gives, of one organ and row (its name): of a `year`, or (None) a total
    up to the end of `through`."""

    organ: str
    row: str
    year: int | None
    through: int | None
    value: int
    source: str


def entered_lines(session: Session, organ: str | None = None) -> list[EnteredLine]:
    """Every such figure, of one organ or of all; totals first, then the newest year."""
    openings, entered = select(OpeningBalance), select(EnteredFigure)
    if organ is not None:
        openings = openings.where(OpeningBalance.organ == organ)
        entered = entered.where(EnteredFigure.organ == organ)
    found = [
        EnteredLine(o.organ, o.row, None, o.through, o.value, o.source)
        for o in session.scalars(openings.order_by(OpeningBalance.organ, OpeningBalance.row))
    ]
    newest = entered.order_by(EnteredFigure.year.desc(), EnteredFigure.organ, EnteredFigure.row)
    found += [
        EnteredLine(e.organ, e.row, e.year, None, e.value, e.source)
        for e in session.scalars(newest)
    ]
    return found


def annual_report(
    session: Session,
    year: int,
    statutes: Iterable[Statute],
    organ: str | None = None,
    *,
    policy: Policy | None = None,
) -> Report:
    """The figures of `year`, of one organ or (None) of all. InputError(unknown_organ)."""
    organs = _organs(session, organ)
    cases = Counter(case for _, case in _cases(session, organs, policy))
    government = next((o for o in organs if o.level == "government"), None)
    named = government or next(iter(organs), None)
    statutes = tuple(statutes)
    old = [s.id for s in statutes if s.in_force_to is not None]
    rows = fill(_form(year, statutes), year, cases, _known(session, organs))
    return Report(
        year=year,
        organ=named.name if named else "",
        rows=rows,
        by_level={
            level: sum(n for c, n in cases.items() if (c.level, c.received) == (level, year))
            for level in ("government", "department")
        },
        checks=checks(rows),
        mapped=tuple(mapped(year, cases, rows_of_kinds(statutes), old)),
    )


def figure_cases(
    session: Session,
    year: int,
    row: str,
    statutes: Iterable[Statute],
    organ: str | None = None,
    *,
    policy: Policy | None = None,
) -> list[str]:
    """Ids of the cases that the figure `row` (its code or name) of `year` counts, in the order
    of their numbers. InputError: `unknown_figure`, `unknown_organ`."""
    found = _row(year, row, statutes)
    cases = _cases(session, _organs(session, organ), policy)
    return [case_id for case_id, case in cases if found.counts(case, year)]


def row_disputes(
    session: Session,
    year: int,
    row: str,
    statutes: Iterable[Statute],
    organ: str | None = None,
    *,
    policy: Policy | None = None,
) -> list[tuple[str, Dispute]] | None:
    """The disputes behind a row of disputes, with their cases; None for a row of cases.
    InputError: `unknown_figure`, `unknown_organ`."""
    picks = _row(year, row, statutes).picks
    if picks is None:
        return None
    cases = [case_id for case_id, _ in _cases(session, _organs(session, organ), policy)]
    by_case = all_disputes(session, policy)
    return [
        (case_id, dispute)
        for case_id in cases
        for dispute in by_case.get(case_id, ())
        if picks(Disputed.of(dispute), year)
    ]


def _row(year: int, row: str, statutes: Iterable[Statute]) -> FormRow:
    code = row_named(year, row).code
    return next(found for found in _form(year, statutes) if found.code == code)


def _form(year: int, statutes: Iterable[Statute]) -> tuple[FormRow, ...]:
    return form(year, rows_of_kinds(statutes))


def _organs(session: Session, organ: str | None) -> list[Organ]:
    organs = list(session.scalars(select(Organ).order_by(Organ.position)))
    if organ is None:
        return organs
    chosen = [o for o in organs if o.id == organ]
    if not chosen:
        known = ", ".join(o.id for o in organs) or "-"
        raise InputError(Code.UNKNOWN_ORGAN, organ=organ, known=known)
    return chosen


def _cases(
    session: Session, organs: Iterable[Organ], policy: Policy | None
) -> list[tuple[str, CountedCase]]:
    levels = {organ.id: organ.level for organ in organs}
    remedies = all_disputes(session, policy)
    rows = session.execute(
        select(
            Request.id,
            Request.organ,
            Request.channel,
            Request.receipt_day,
            Request.arrived,
            Request.statute,
            Request.reply_kind,
            Request.ended_kind,
            Request.dispatched_on,
            Request.ended_on,
            Applicant.kind.label("applicant"),
        )
        .outerjoin(Applicant, Applicant.case_id == Request.id)
        .where(
            Request.training.is_(False),
            Request.status != Status.VOID.value,
            Request.organ.in_(levels),
        )
        .order_by(Request.year, Request.serial)
    )
    return [
        (
            row.id,
            CountedCase(
                organ=row.organ,
                level=levels[row.organ],
                channel=row.channel,
                received=(row.receipt_day or row.arrived).year,
                statute=row.statute,
                # A draft counts for nothing until it leaves.
                kind=row.ended_kind or (row.reply_kind if row.dispatched_on else None),
                replied=row.dispatched_on and row.dispatched_on.year,
                ended=row.ended_on and row.ended_on.year,
                remedies=tuple(Disputed.of(d) for d in remedies.get(row.id, ())),
                applicant=row.applicant,
            ),
        )
        for row in rows
    ]


def _known(session: Session, organs: Iterable[Organ]) -> dict[tuple[str, str], Known]:
    ids = [organ.id for organ in organs]
    openings = {
        (o.organ, o.row): o
        for o in session.scalars(select(OpeningBalance).where(OpeningBalance.organ.in_(ids)))
    }
    entered: dict[tuple[str, str], list[EnteredFigure]] = defaultdict(list)
    for figure in session.scalars(select(EnteredFigure).where(EnteredFigure.organ.in_(ids))):
        entered[figure.organ, figure.row].append(figure)
    known = {}
    rows = keys_by_name()
    for key in openings.keys() | entered.keys():
        opening, figures = openings.get(key), entered.get(key, [])
        sources = [opening.source] if opening else []
        organ, name = key
        known[organ, rows[name]] = Known(
            opening=opening.value if opening else 0,
            through=opening.through if opening else None,
            years={figure.year: figure.value for figure in figures},
            sources=(*sources, *(figure.source for figure in figures)),
        )
    return known
