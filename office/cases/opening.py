"""What becomes of an application, told before there is a row: who registers it for which organ, the
law that governs it, what its case decides at its start. Nothing is written by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from domain.case.act import Act
from domain.case.opening import blank, open_case
from domain.case.people import Actor, MoveIn, Role, told
from domain.case.record import Decided
from domain.case.state import Law
from domain.clock import ClockEvent, ClockEventKind, governing
from domain.errors import Code, InputError, Refusal
from domain.rules import CURRENT_RULES
from law import files as lawfiles
from law.files import JURISDICTION
from law.remedy_law import load_remedy_law
from office.access.door import check_way
from office.cases.application import Application
from office.desk import Desk
from register.reads import queries, roster
from register.reads.calendars import HeldDays, held_days
from register.reads.ended import require_not_ended
from register.reads.roster import OrganLine
from register.reads.touched import slice_for


def known(session: Session, application: Application) -> bool:
    """Whether the command registered something before."""
    return queries.event_of_command(session, application.command_id) is not None


def office_for(
    desk: Desk, session: Session, application: Application
) -> tuple[Actor, str, HeldDays, OrganLine, MoveIn | None]:
    """Who registers, for which organ, by which calendar, the organ's own promise, and who answers
    for a past. Refusal(place_ended): the organ takes nothing but its past."""
    actor = desk.acting(session, application.user)
    organs = {organ.id: organ for organ in roster.organs(session)}
    listed = ", ".join(organs) or "-"
    organ = application.organ
    if organ is None:
        held = sorted({g.organ for g in actor.grants if g.role is Role.INTAKE} & organs.keys())
        mine = [one for one in held if organs[one].ended_on is None] or held[:1]
        if not mine:
            raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
        if len(mine) > 1:
            raise InputError(Code.ORGAN_NEEDED, known=", ".join(mine))
        organ = mine[0]
    if organ not in organs:
        raise InputError(Code.UNKNOWN_ORGAN, organ=organ, known=listed)
    line = organs[organ]
    if application.second is None:
        if not known(session, application):
            require_not_ended(line)
        return actor, organ, held_days(session), line, None
    if line.first_day is None:
        raise Refusal(Code.FIRST_DAY_UNKNOWN, organ=organ)
    check_way(session, actor, organ, "entry_approved")
    head = desk.acting(session, application.second)
    move_in = MoveIn(intake=actor, head=head, first_day=line.first_day)
    registrar = told(application.told_registrar or application.user)
    return registrar, organ, held_days(session), line, move_in


def law_of(application: Application, organ: OrganLine, days: HeldDays, now: datetime) -> Law:
    """The law of the receipt day, pinned: statute, calendar of the years in question, policy."""
    receipt = application.receipt
    calendar = days.calendar or lawfiles.load_calendar(JURISDICTION)
    promised = {"committed_working_days": organ.committed_working_days}
    policy = lawfiles.load_policy().model_copy(update=promised)
    statute = governing(
        lawfiles.load_statutes(),
        JURISDICTION,
        calendar,
        policy,
        receipt,
        _confirmations(application.history),
    )
    return Law(
        statute=statute.pinned(),
        calendar=slice_for(calendar, [receipt.arrived.year], now.year),
        policy=policy,
        ladder=lawfiles.load_ladder(),
        rules=CURRENT_RULES,
        closures=days.of(organ.id),
        edition=days.edition,
        remedies=load_remedy_law(organ.profile, JURISDICTION),
    )


def _confirmations(history: Sequence[Act]) -> tuple[ClockEvent, ...]:
    return tuple(
        ClockEvent(kind=ClockEventKind.RECEIPT_CONFIRMED, at=act.effective_on)
        for act in history
        if act.what.kind == "receipt_confirmed" and act.effective_on is not None
    )


def opening_of(
    application: Application,
    actor: Actor,
    organ: str,
    law: Law,
    now: datetime,
    move_in: MoveIn | None,
) -> Decided:
    """What the case will decide about itself at its start, decided before there is a row."""
    state = blank("new", organ, law, application.clock_offset)
    return open_case(
        state,
        application.receipt,
        actor,
        application.command_id,
        now,
        application.history,
        move_in,
    )
