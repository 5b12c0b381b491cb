"""Forms that only the session they were shown to can send."""

import hmac
from collections.abc import Iterator, Mapping
from hashlib import sha256

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from domain.errors import Code, InputError
from web.frame.gate import Who

TOKEN = "_token"

LARGEST = 1 << 20
"""Bytes of a form without files."""


def token(who: Who) -> str:
    """What every form of the session carries."""
    return hmac.new(who.form_key, b"form", sha256).hexdigest()


async def sent(request: Request, who: Who | None, *, files: int = 0) -> FormData:
    """The fields of a form, with so many small files, which stay in memory.

    InputError(form_not_ours) where it was not shown to this session; HTTPException: 400 for more
    files; 413 for more than `LARGEST` in all.
    """
    limited = Request(request.scope, _limited(request.receive))
    form = await limited.form(max_files=files, max_fields=500, max_part_size=LARGEST)
    if who is not None:
        require_token(who, lists_of(form))
    return form


def _limited(receive: Receive) -> Receive:
    """The body as far as it may be kept in memory."""
    came = 0

    async def receiving() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST:
            raise HTTPException(413)
        return message

    return receiving


def require_token(who: Who, fields: Mapping[str, list[str]]) -> None:
    """InputError(form_not_ours) where the form was not shown to the session."""
    given = fields.get(TOKEN, [""])[-1]
    if not hmac.compare_digest(given.encode(), token(who).encode()):
        raise InputError(Code.FORM_NOT_OURS)


def texts_of(form: FormData) -> Iterator[tuple[str, str]]:
    """Names and texts, in their order."""
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            yield name, value


def lists_of(form: FormData) -> Mapping[str, list[str]]:
    """All texts by their name."""
    found: dict[str, list[str]] = {}
    for name, value in texts_of(form):
        found.setdefault(name, []).append(value)
    return found
