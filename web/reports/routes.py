"""The tables of a year, the cases behind each figure, corrections; all of it as files."""

from collections import Counter
from typing import Any, NamedTuple

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.case.reading import CasePart, readers
from domain.figures.results import GROUPS
from office.access.access_log import organs_open_to
from office.access.reading import went_out
from office.answers.figures import (
    OpenedRow,
    behind_result,
    behind_row,
    year_report,
    year_results,
)
from office.desk import Reading
from office.legal_time import legal_now
from papers.tables import TableFile
from register.figure_rows import row_named
from register.reads.annual import EnteredLine, Report, entered_lines
from register.reads.corrections import CorrectionLine, corrections
from register.reads.outcomes import TABLE
from register.reads.words import shown
from speech.figures import check_words, mapped_words
from speech.names import names
from speech.outcomes import fall_name
from speech.words import spoken
from texts.figures import row_name
from web.frame.gate import ByWhom, Who
from web.frame.pages import page, say
from web.reports.files import (
    FALLS,
    TYPES,
    annual_table,
    corrections_table,
    of_results,
    results_tables,
)
from web.reports.rows import kind_count, kinds_of, report_rows, result_counts
from web.reports.scope import ALL, CorrectionSpan, ReportScope, Scoped

router = APIRouter()

_READERS = readers(CasePart.CORRECTIONS)


class _Annual(NamedTuple):
    report: Report
    entered: list[EnteredLine]


def _shared(who: Who, scope: ReportScope) -> dict[str, Any]:
    """What every page of a report is handed."""
    return {"scope": scope, "all": ALL, "corrects": who.holds(*_READERS), "known": scope.known}


def _organ(scope: ReportScope) -> str:
    return scope.known.organ(scope.organ) if scope.organ else say("reports.all_organs")


@router.get("/reports")
async def annual(request: Request, who: ByWhom, scope: Scoped) -> Response:
    """The yearly report, with its cross-checks."""

    def read(session: Reading) -> _Annual:
        return _Annual(
            year_report(session, scope.year, scope.organ), entered_lines(session, scope.organ)
        )

    found = await who.process.read(read)
    report = found.report
    return page(
        request,
        "reports/annual.html",
        **_shared(who, scope),
        report=report,
        organ=_organ(scope),
        rows=list(report_rows(report.rows)),
        figures={row.code: row.year for row in report.rows},
        totals=any(row.cumulative is not None for row in report.rows),
        results=result_counts(report.rows),
        kinds=kinds_of(report.rows),
        kind_count=kind_count,
        checks=[(check.holds, check_words(check)) for check in report.checks],
        mapped=list(mapped_words(report.rows, report.mapped)),
        entered=found.entered,
    )


@router.get("/reports/outcomes")
async def outcomes(request: Request, who: ByWhom, scope: Scoped) -> Response:
    """How reconsiderations and suits ended, and why replies fell."""
    found = await who.process.read(scope.of(year_results))
    falls = [
        (table, by, [(fall_name(f, by, scope.known), f) for f in getattr(found, table)])
        for table, by in FALLS.items()
    ]
    return page(
        request,
        "reports/outcomes.html",
        **_shared(who, scope),
        found=found,
        columns=TABLE,
        falls=falls,
        organ=_organ(scope),
        word=of_results,
    )


@router.get("/reports/rows/{row}")
async def behind(request: Request, who: ByWhom, scope: Scoped, row: str) -> Response:
    """The cases, or disputes, that a figure of the report counts, as far as one may see them."""

    def read(session: Reading) -> OpenedRow:
        found = behind_row(session, who.viewer, scope.year, row, scope.organ, legal_now())
        return shown(session, found)

    found = await who.process.read(read)
    return page(
        request,
        "reports/behind.html",
        **_shared(who, scope),
        name=row_name(spoken(), row_named(scope.year, row).key),
        found=found,
        organ=_organ(scope),
        back="/reports",
        word=of_results,
    )


@router.get("/reports/outcomes/{code}")
async def behind_outcome(request: Request, who: ByWhom, scope: Scoped, code: str) -> Response:
    """The disputes that a figure of the table of results counts, as far as one may see them."""

    def read(session: Reading) -> OpenedRow:
        asked = (scope.year, code, scope.organ)
        found, hidden = behind_result(session, who.viewer, *asked, legal_now())
        return OpenedRow([], shown(session, found), hidden)

    found = await who.process.read(read)
    part, column = next(
        (group, code.removeprefix(f"{group}_"))
        for group in GROUPS
        if code.removeprefix(f"{group}_") in TABLE
    )
    return page(
        request,
        "reports/behind.html",
        **_shared(who, scope),
        name=f"{of_results(part)} · {of_results(column)}",
        found=found,
        organ=_organ(scope),
        back="/reports/outcomes",
        word=of_results,
    )


@router.get("/reports/corrections")
async def corrected(
    request: Request, who: ByWhom, first: str = Query("", alias="from"), to: str = ""
) -> Response:
    """What was corrected, by whom and how often. Refusal(not_your_role), which is on record."""
    span = CorrectionSpan(first, to)
    found = await _corrections(who, span)
    known = await who.process.read(names)
    often = Counter((line.person, line.kind) for line in found)
    return page(
        request,
        "reports/corrections.html",
        span=span,
        found=found,
        often=sorted(often.items(), key=lambda pair: (-pair[1], pair[0])),
        known=known,
    )


@router.get("/reports/{table}.{ending}")
async def file(
    who: ByWhom,
    scope: Scoped,
    table: str,
    ending: str,
    first: str = Query("", alias="from"),
    to: str = "",
) -> Response:
    """A table as a file, which is written down. Unreachable(register_not_writable): then it isn't
    handed out."""
    if ending not in TYPES:
        raise HTTPException(404)
    tables: tuple[TableFile, ...]
    of = f"{scope.year}-{scope.name}"
    if table == "annual":
        report = await who.process.read(scope.of(year_report))
        tables = (annual_table(report, _organ(scope)),)
    elif table == "outcomes":
        results = await who.process.read(scope.of(year_results))
        tables = tuple(results_tables(results, scope.known))
    elif table == "corrections":
        span = CorrectionSpan(first, to)
        tables = (corrections_table(await _corrections(who, span), scope.known),)
        of = span.name
    else:
        raise HTTPException(404)
    make, kind = TYPES[ending]
    content = await who.process.render(lambda: make(*tables))
    named = f"{table}-{of}.{ending}"
    await who.process.write(
        lambda: went_out(
            who.process.register,
            who.id,
            "report_exported",
            None,
            named,
            who.session.asked_by,
        )
    )
    headers = {"content-disposition": f'attachment; filename="{named}"'}
    return Response(content, media_type=kind, headers=headers)


async def _corrections(who: Who, span: CorrectionSpan) -> list[CorrectionLine]:
    asked_by = who.session.asked_by

    def read() -> list[CorrectionLine]:
        register = who.process.register
        organs = organs_open_to(register, who.id, None, CasePart.CORRECTIONS, asked_by)
        with register.reading() as session:
            return corrections(session, organs, span.first, span.last)

    return await who.process.look(read)
