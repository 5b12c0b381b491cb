"""A case as somebody may see it, from the register alone."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.case.reading import CaseFacts, CasePart, Sight, Viewer, may_read, sight
from domain.errors import Code, InputError
from office.cases.record import Record, as_seen, record_of
from register.reads import queries
from register.reads.visible import facts_of


@dataclass(frozen=True, slots=True)
class SeenCase:
    """The record of a case and the parts of it that are this person's to read."""

    record: Record
    sight: Sight

    def shows(self, part: CasePart) -> bool:
        """Whether that part may be read."""
        return part in self.sight


def seen_case(session: Session, who: Viewer, case: str) -> SeenCase:
    """The case by id, without the applicant, who is read apart. InputError(unknown_case),
    Refusal(case_not_visible), Unreachable(key_…)."""
    facts = _facts(session, case)
    may_read(CasePart.PAGE, who, case, facts)
    mine = sight(who, facts)
    return SeenCase(as_seen(record_of(session, case), mine), mine)


def _facts(session: Session, case: str) -> CaseFacts:
    known = facts_of(session, [case])
    if case not in known:
        queries.case(session, case)  # says what is wrong with the id
        raise InputError(Code.UNKNOWN_CASE, case=case)
    return known[case]
