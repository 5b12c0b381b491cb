"""What somebody has filled in: kept until it is sent, and from then until it is on record, so that
no session that ends and no engine that is away costs anybody a word.

A draft is sealed by the key of its case and forgotten with it. One that was sent and not answered
keeps its command id: sending it again is the same act, and it goes by itself once the act is on
record.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from domain.words import ACROSS
from keys.cipher import Tampered
from office.desk import Desk
from office.running.key_store import key_of
from register.reads import queries
from register.reads.drafts import DraftLine, any_sent, sent_drafts, unsent
from register.writes.drafts import drop_drafts, drop_old_drafts, keep_draft

KEPT = timedelta(days=30)
"""Since a draft was last touched."""


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What somebody has filled in. `case` None: a registration; `form`: its name; `values`: as they
    were submitted; `seq`: the entry that the case had when the form was shown; `sent_at`: since
    when an answer is awaited (None: not sent)."""

    person: str
    case: str | None
    form: str
    command_id: str
    values: Mapping[str, Sequence[str]]
    seq: int | None = None
    saved_at: datetime | None = None
    sent_at: datetime | None = None


async def save_draft(desk: Desk, draft: FormDraft) -> None:
    """Keep it, in the place of the person's other draft of that form and case.

    Refusal(words_destroyed), Unreachable(register_…, key_…).
    """
    await _keep(desk, draft, None)


async def note_pending(desk: Desk, draft: FormDraft) -> None:
    """It was sent, and nobody has answered. Raises as `save_draft`."""
    await _keep(desk, draft, datetime.now(UTC))


async def _keep(desk: Desk, draft: FormDraft, sent_at: datetime | None) -> None:
    now = datetime.now(UTC)
    key = key_of(desk.settings, draft.case or ACROSS)
    said = json.dumps({"values": {k: list(v) for k, v in draft.values.items()}, "seq": draft.seq})
    line = DraftLine(
        person=draft.person,
        command_id=draft.command_id,
        case_id=draft.case,
        form=draft.form,
        body=b64encode(key.seal(said.encode())).decode(),
        saved_at=now,
        sent_at=sent_at,
    )

    def change(session: Session) -> None:
        drop_old_drafts(session, now - KEPT)
        keep_draft(session, line)

    await desk.write(change)


async def draft_of(desk: Desk, person: str, case: str | None, form: str) -> FormDraft | None:
    """What the person has begun of that form. Unreachable(register_…, key_…)."""
    line = await desk.read(lambda session: unsent(session, person, case, form))
    return None if line is None else _opened(desk, line)


async def drop_draft(desk: Desk, person: str, command_id: str) -> None:
    """It is on record, or nobody wants it. Unreachable(register_…)."""
    await desk.write(lambda session: drop_drafts(session, [(person, command_id)]))


async def pending_of(desk: Desk, person: str) -> list[FormDraft]:
    """What the person sent and nobody answered, and is not on record by now; the oldest first.
    Unreachable(register_…, key_store_…)."""
    await resolve_pending(desk)
    lines = await desk.read(lambda session: sent_drafts(session, person))
    return [draft for line in lines if (draft := _opened(desk, line)) is not None]


async def resolve_pending(desk: Desk) -> int:
    """Take away what has come on record meanwhile; how many. Unreachable(register_…)."""
    if not await desk.read(any_sent):
        return 0
    done = await desk.read(_on_record)
    if done:
        await desk.write(partial(drop_drafts, commands=done))
    return len(done)


def _on_record(session: Session) -> list[tuple[str, str]]:
    lines = sent_drafts(session)
    there = queries.recorded_commands(session, [line.command_id for line in lines])
    commands = {command for _, command in there}
    return [
        (line.person, line.command_id)
        for line in lines
        if line.command_id in commands
        or (line.case_id is None and queries.event_of_command(session, line.command_id))
    ]


def _opened(desk: Desk, line: DraftLine) -> FormDraft | None:
    key = key_of(desk.settings, line.case_id or ACROSS)
    try:
        said = json.loads(key.open(b64decode(line.body)))
    except (Tampered, ValueError):
        return None
    return FormDraft(
        person=line.person,
        case=line.case_id,
        form=line.form,
        command_id=line.command_id,
        values={name: tuple(words) for name, words in said["values"].items()},
        seq=said["seq"],
        saved_at=line.saved_at,
        sent_at=line.sent_at,
    )
