"""A case that comes back after years takes up what its first run could not know: the calendar of
the years since, and the limits of remedies where it was registered before there were any."""

from sqlalchemy.orm import Session

from domain.case.facts import LawRevised
from domain.case.state import CaseState
from domain.remedies.organ import OrganProfile
from law import files as lawfiles
from law.files import JURISDICTION
from law.remedy_law import load_remedy_law
from office.legal_time import legal_now
from register.reads import roster
from register.reads.calendars import held_days
from register.reads.touched import slice_for
from workflows.messages import Revision
from workflows.sending import revision_of


def missed(session: Session, state: CaseState) -> Revision | None:
    """What a case in `state` has to be sent; None: it has all."""
    fact = _lacks(session, state)
    if fact is None:
        return None
    return revision_of(fact, f"reopened:{state.seq}")


def _lacks(session: Session, state: CaseState) -> LawRevised | None:
    law = state.law
    days = held_days(session)
    year = legal_now(state.clock_offset).year
    calendar = slice_for(
        days.calendar or lawfiles.load_calendar(JURISDICTION), law.calendar.years, year
    )
    newer = calendar.digest != law.calendar.digest
    if not newer and law.remedies is not None:
        return None
    profiles = {line.id: line.profile for line in roster.organs(session)}
    profile = profiles.get(state.organ, OrganProfile())
    fresh = law.remedies is None
    return LawRevised(
        calendar=calendar if newer else None,
        closures=days.of(state.organ) if newer else None,
        edition=days.edition if newer and days.edition > law.edition else None,
        remedies=load_remedy_law(profile, JURISDICTION) if fresh else None,
        ladder=lawfiles.load_ladder() if fresh else None,
    )
