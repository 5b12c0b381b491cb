"""Notices as mail: one .eml file each, laid down atomically under the notice's id."""

import os
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path
from time import time
from typing import Any

import texts
from register.writes.outbox import PendingNotice
from texts.citations import cited
from texts.words import SILENCE, limit_in, term_in

PAGE = 4096
"""Bytes of a trial: a full disk still takes a name."""

PART, READY = ".part-", ".ready"
SENDER = Address("依申 Yishen", "yishen", "localhost")


PROCEEDING = frozenset({"reconsideration_answer", "litigation_defence", "complaint_answer"})
"""Limits that legal staff meet."""


DOING = {"entry_proposed": "/acts/entry_approved"}
"""Notices that ask for one act."""


def letter(notice: PendingNotice, desk: str | None = None) -> bytes:
    """The notice in its reader's language, as an RFC 5322 message in UTF-8; with a link to what it
    is about where the address of the desk is known."""
    lang, words = notice.language, _words(notice.language, notice.kind, notice.payload)
    message = EmailMessage(policy=SMTPUTF8)
    message["From"] = SENDER
    message["To"] = _to(notice)
    key = _key(lang, notice.kind, notice.payload)
    message["Subject"] = texts.text(lang, f"{key}.subject", **words)
    message["Date"] = notice.created_at
    message["Message-ID"] = f"<{notice.id}@yishen>"
    body = texts.text(lang, f"{key}.body", **words)
    lines = [texts.text(lang, "notices.greeting", name=notice.name), "", body]
    if notice.recipient.startswith("role:"):
        role = term_in(lang, "role", notice.recipient.removeprefix("role:"))
        lines[0] = texts.text(lang, "notices.nobody", role=role)
    if meant := notice.payload.get("instead_of"):
        lines.append(texts.text(lang, "notices.instead_of", role=term_in(lang, "role", meant)))
    key = "notices.closing_link" if desk else _closing(notice)
    link = f"{desk.rstrip('/')}{page_of(notice)}" if desk else ""
    lines += ["", texts.text(lang, key, **words, link=link), ""]
    message.set_content("\n".join(lines), cte="8bit")
    return message.as_bytes()


def drop(path: Path, content: bytes) -> None:
    """Readers of the folder see the whole file or none; the same name again replaces it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def why_closed(folder: Path) -> str | None:
    """Why no letter can be laid down there, as the system says it; None where one can."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, prefix=PART) as trial:
            trial.write(b" " * PAGE)
    except OSError as error:
        return error.strerror or str(error)
    return None


def stage(path: Path, content: bytes) -> None:
    """Beside its place, under a name that no reader of the folder takes."""
    drop(_staged(path), content)


def show(path: Path) -> None:
    """Put what was staged in its place, at once. Raises FileNotFoundError."""
    _staged(path).replace(path)


def unstage(path: Path) -> None:
    """Forget what was staged."""
    _staged(path).unlink(missing_ok=True)


def staged(folder: Path) -> list[Path]:
    """The places of what a worker staged and did not show before it died."""
    return [folder / found.name[1 : -len(READY)] for found in folder.glob(f".*{READY}")]


def sweep(folder: Path, older: timedelta) -> None:
    """Remove the halves of files that killed processes left."""
    before = time() - older.total_seconds()
    for part in folder.glob(f"{PART}*"):
        with suppress(FileNotFoundError):
            if part.stat().st_mtime < before:
                part.unlink()


def _staged(path: Path) -> Path:
    return path.with_name(f".{path.name}{READY}")


def page_of(notice: PendingNotice) -> str:
    """The page of the desk that shows what the notice is about; nothing in it says of whom."""
    case = notice.payload.get("case")
    if case is None:
        return "/admin/changes" if "entry" in notice.payload else "/calendar"
    return f"/cases/{case}{DOING.get(notice.kind, '')}"


def _closing(notice: PendingNotice) -> str:
    if "case" in notice.payload:
        return "notices.closing"
    return "notices.closing_account" if "entry" in notice.payload else "notices.closing_office"


def _to(notice: PendingNotice) -> Address | Group:
    """Whoever has no address is named without one: a group of nobody (RFC 5322, 3.4)."""
    if notice.address is None:
        return Group(notice.name, [])
    return Address(notice.name, addr_spec=notice.address)


def _key(lang: str, kind: str, payload: Any) -> str:
    """A limit that asks for other words than the reply's has a text of its own."""
    limit_name = payload.get("limit")
    of_kind = "proceeding" if limit_name in PROCEEDING else limit_name
    for key in (f"notices.{kind}_{limit_name}", f"notices.{kind}_{of_kind}"):
        if texts.has(lang, f"{key}.body"):
            return key
    return f"notices.{kind}"


def _words(lang: str, kind: str, payload: dict[str, Any] | Any) -> dict[str, str]:
    """The values of the payload as the reader would say them."""
    words = {name: str(value) for name, value in payload.items() if value is not None}
    words["limit"] = _limit(lang, payload)
    if "role" in words:
        words["role"] = term_in(lang, "role", words["role"])
    if "change" in words:
        words["change"] = term_in(lang, "kind", words["change"])
    for name in ("due", "was"):
        words[name] = _day(lang, payload.get(name))
    if payload.get("provisional") and payload.get("due"):
        words["due"] += texts.text(lang, "notices.provisional")
    article = payload.get("article")
    words["article"] = cited(lang, article) if article else texts.text(lang, "notices.no_article")
    return words


def _limit(lang: str, payload: Any) -> str:
    name, ref = payload.get("limit"), payload.get("ref")
    if name is None:
        return ""
    if ref is None or ref == SILENCE:
        return limit_in(lang, name, ref)
    return texts.text(lang, "notices.limit_of", limit=limit_in(lang, name), ref=ref)


def _day(lang: str, day: str | None) -> str:
    if day is None:
        return texts.text(lang, "notices.no_due")
    when = date.fromisoformat(day)
    return texts.text(lang, "notices.day", year=when.year, month=when.month, day=when.day)
