"""Cases by a name, a number, or words of their subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from sqlalchemy.orm import Session

from domain.case.number import case_id_of
from domain.case.people import AskedBy
from domain.case.reading import CasePart, Viewer, readers
from domain.errors import Code, InputError, Refusal, Unreachable, YishenError
from domain.numbers import case_id
from domain.search import OF_PEOPLE, SearchField, matches, sought, squeezed
from office.access.attempts import outcome
from office.access.command_line import at_command_line
from office.legal_time import legal_now
from office.written import plain
from register.engine import Indexes, Register
from register.reads.lists import CaseLine, lines_of
from register.reads.search import cases_with, unread, whole, words_of
from register.reads.visible import among, viewer_of
from register.reads.words import opened
from register.writes.access import Attempt, log_access

READING = CasePart.APPLICANT
"""The right it takes to find a case by whose it is."""

CASE_NUMBER = "case_number"

YEARS = 5
"""Whose cases are found by their number without its year: those before are in no hands any more."""

_ALONE = re.compile(r"第?(\d{1,6})号?")

AT_ONCE = 50
"""Cases whose words are opened at once: most searches show no more."""


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case, and by what of it it was found: fields of `domain.search`, or its number."""

    line: CaseLine
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundCases:
    """The newest first; `more`: there are further ones. `people`: whether the person may find
    cases by whose they are at all; `subjects`: whether enough was given to look for in subjects;
    `unread`: how many cases of the office nobody can find, their keys are missing."""

    cases: tuple[FoundCase, ...]
    more: bool
    people: bool
    subjects: bool
    unread: int


def find(
    register: Register,
    user: str,
    text: str,
    *,
    training: bool = False,
    limit: int = 50,
    asked_by: AskedBy | None = None,
) -> FoundCases:
    """The cases the person may see by the name of an applicant or third party, a number, a docket,
    words of the subject, or their own number; by whose they are, only those whose applicant the
    person may read. The search is in the access log without what was looked for.

    Raises InputError(nothing_sought); Refusal(unknown_user, not_your_role);
    Unreachable(search_index_missing, register_…, key_…).
    """
    if not squeezed(text):
        raise InputError(Code.NOTHING_SOUGHT)
    indexer = register.indexer
    attempt = Attempt(
        user,
        "cases_searched",
        "ok",
        detail=indexer.print_of(squeezed(text)),
        asked_by=asked_by or at_command_line(),
    )
    try:
        with register.reading() as session:
            who = viewer_of(session, user)
            if not who.grants:
                roles = ", ".join(sorted(readers(READING)))
                raise Refusal(Code.NOT_YOUR_ROLE, act=READING, roles=roles)
            if not whole(session, indexer.mark()):
                raise Unreachable(Code.SEARCH_INDEX_MISSING)
            people = any(grant.role in readers(READING) for grant in who.grants)
            cases = _candidates(session, indexer, who, text, training=training, people=people)
            found = tuple(islice(_found(session, who, cases, text), limit + 1))
            lost = len(unread(session))
    except YishenError as error:
        log_access(register, replace(attempt, outcome=outcome(error), code=error.code))
        raise
    shown = found[:limit]
    read = [case.line.id for case in shown if OF_PEOPLE.intersection(case.why)]
    of_cases = (replace(attempt, command=READING, case_id=case) for case in read)
    if not log_access(register, attempt, *of_cases):
        raise Unreachable(Code.REGISTER_NOT_WRITABLE, register=register.name, detail=READING)
    subjects = SearchField.SUBJECT in sought(text)
    return FoundCases(shown, len(found) > limit, people, subjects, lost)


def _candidates(
    session: Session, indexer: Indexes, who: Viewer, text: str, *, training: bool, people: bool
) -> Iterator[str]:
    """The cases that may be meant: the one of that number first."""
    looked = {f: each for f, each in sought(text).items() if people or f not in OF_PEOPLE}
    tokens: dict[str, set[bytes]] = {field: set() for field in looked}
    for field, token in indexer.of_terms((f, term) for f, each in looked.items() for term in each):
        tokens[field].add(token)
    found = cases_with(session, tokens, who, training=training)
    mine = sorted(among(session, who, _numbered(text)), reverse=True)
    return chain(mine, (case for case in found if case not in mine))


def _numbered(text: str) -> list[str]:
    """The ids that are meant: of a number alone, those of this year and of the years before."""
    try:
        return [case_id_of(text)]
    except InputError:
        alone = _ALONE.fullmatch(plain(text))
    if alone is None or not int(alone[1]):
        return []
    year = legal_now().year
    return [case_id(y, int(alone[1]), training=False) for y in range(year - YEARS + 1, year + 1)]


def _found(session: Session, who: Viewer, cases: Iterator[str], text: str) -> Iterator[FoundCase]:
    """Those of the cases in which it really stands, and where the person may see that it does."""
    numbered = _numbered(text)
    while portion := list(islice(cases, AT_ONCE)):
        words, named = words_of(session, portion), among(session, who, portion, READING)
        for line in lines_of(session, portion):
            why = [CASE_NUMBER] if line.id in numbered else []
            try:
                by = list(matches(opened(session, words[line.id]), text))
            except Unreachable as error:  # its key went missing: nobody else is held up
                if error.code is not Code.KEY_MISSING:
                    raise
                continue
            if OF_PEOPLE.intersection(by) and line.id not in named:
                by = [field for field in by if field not in OF_PEOPLE]
            why += [field.value for field in by]
            if why:
                yield FoundCase(opened(session, line), tuple(why))
