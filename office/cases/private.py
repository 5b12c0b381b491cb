"""What of a case is read apart from its page, each time written down: the applicant, the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.case.people import AskedBy
from domain.case.reading import CasePart
from domain.errors import InputError
from office.access.reading import allow, permit
from office.cases.case_files import CaseFile, files_of, named
from office.cases.record import record_of
from office.folder import CaseFolder
from office.settings import Settings
from register.engine import Register
from register.reads import queries
from register.reads.lists import CaseLine
from register.reads.words import opened


@dataclass(frozen=True, slots=True)
class CaseApplicant:
    """Who asked in a case, and in which form the information is wished."""

    line: CaseLine
    kind: str
    name: str
    contact: str | None
    details: Mapping[str, str]
    form_wished: str | None


def applicant_of(
    register: Register, user: str, case: str, asked_by: AskedBy | None = None
) -> CaseApplicant:
    """The applicant, for somebody who may know; that it was read is in the access log first.
    Raises what `permit` raises, and Unreachable(key_…)."""
    permit(register, user, CasePart.APPLICANT, case, asked_by=asked_by)
    with register.reading() as session:
        row = opened(session, queries.case(session, case))
    return CaseApplicant(
        line=row.line,
        kind=row.applicant_kind,
        name=row.applicant_name,
        contact=row.applicant_contact,
        details=row.applicant_details or {},
        form_wished=row.form_wished,
    )


def files_for(
    register: Register, user: str, case: str, *, original: bool = False
) -> list[CaseFile]:
    """The files of a case that the person may open; `original` as in `files_of`. Raises what
    `allow` raises, and Unreachable(key_…)."""
    sight = allow(register, user, CasePart.FILES, case)
    return [file for file in _files(register, case, original) if file.right in sight]


def opened_file(
    settings: Settings,
    register: Register,
    user: str,
    case: str,
    given: str,
    *,
    original: bool = False,
    asked_by: AskedBy | None = None,
    turned: bool = False,
) -> tuple[CaseFile, Iterator[bytes]]:
    """The file called `given`, and its bytes, checked; that it is opened is in the access log
    first; of one whose pages are `turned` once a session. Raises what `permit` raises;
    InputError(unknown_ref), Unreachable(file_lost, key_…)."""
    allow(register, user, CasePart.PAGE, case, asked_by)
    try:
        file = named(case, _files(register, case, original), given)
    except InputError:
        allow(register, user, CasePart.FILES, case, asked_by)  # else nobody is told which there are
        raise
    detail = f"{file.ref} {file.sha256}"
    permit(register, user, file.right, case, detail, asked_by, once=turned)
    return file, CaseFolder(settings, register, case).pieces(file.sha256)


def _files(register: Register, case: str, original: bool) -> list[CaseFile]:
    with register.reading() as session:
        record = record_of(session, case)
    return files_of(record.state, record.events, original=original)
