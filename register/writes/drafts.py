"""Drafts kept, sent and dropped."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from register.models import DraftRow
from register.reads.drafts import DraftLine


def keep_draft(session: Session, draft: DraftLine) -> None:
    """The draft, in the place of the person's other of that form and case that was not sent, and of
    what goes under the same command. Needs a writing session."""
    session.execute(
        delete(DraftRow).where(
            DraftRow.person == draft.person,
            or_(
                DraftRow.command_id == draft.command_id,
                (DraftRow.case_id.is_not_distinct_from(draft.case_id))
                & (DraftRow.form == draft.form)
                & DraftRow.sent_at.is_(None),
            ),
        )
    )
    session.add(
        DraftRow(
            person=draft.person,
            command_id=draft.command_id,
            case_id=draft.case_id,
            form=draft.form,
            body=draft.body,
            saved_at=draft.saved_at,
            sent_at=draft.sent_at,
        )
    )


def drop_drafts(session: Session, commands: Collection[tuple[str, str]]) -> None:
    """Those of person and command. Needs a writing session."""
    for person, command in commands:
        mine = DraftRow.person == person
        session.execute(delete(DraftRow).where(mine, DraftRow.command_id == command))


def drop_old_drafts(session: Session, before: datetime) -> None:
    """Those that nobody has touched since. Needs a writing session."""
    session.execute(delete(DraftRow).where(DraftRow.saved_at < before))


def forget_drafts(session: Session, cases: Collection[str]) -> None:
    """Those of the cases. Needs a writing session."""
    session.execute(delete(DraftRow).where(DraftRow.case_id.in_(cases)))
