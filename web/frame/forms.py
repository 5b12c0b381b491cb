"""Forms that only the session they were shown to can send."""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from domain.errors import Code, InputError

if TYPE_CHECKING:
    from web.frame.gate import Who

TOKEN = "_token"

LARGEST = 1 << 20
"""Bytes of a form without files."""


def token(who: "Who") -> str:
    """What a form of the session carries, another one at each call: answers are compressed, and
    what stands in all of them alike could be guessed by their lengths."""
    pad = secrets.token_bytes(sha256().digest_size)
    return (pad + _xor(pad, _proof(who))).hex()


def _proof(who: "Who") -> bytes:
    return hmac.new(who.form_key, b"form", sha256).digest()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


async def sent(request: Request, who: "Who | None", *, files: int = 0) -> FormData:
    """The fields of a form, with so many small files, which stay in memory.

    InputError(form_not_ours) where it was not shown to this session, InputError(bad_form);
    HTTPException: 400 for more files; 413 for more than `LARGEST` in all.
    """
    limited = Request(request.scope, _limited(request.receive))
    form = await limited.form(max_files=files, max_fields=500, max_part_size=LARGEST)
    texts = lists_of(form)
    if who is not None:
        require_token(who, texts)
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


def require_token(who: "Who", fields: Mapping[str, list[str]]) -> None:
    """InputError(form_not_ours) where the form was not shown to the session."""
    size = sha256().digest_size
    try:
        given = bytes.fromhex(fields.get(TOKEN, [""])[-1])
    except ValueError:
        given = b""
    if len(given) != 2 * size or not hmac.compare_digest(
        _xor(given[:size], given[size:]), _proof(who)
    ):
        raise InputError(Code.FORM_NOT_OURS)


def texts_of(form: FormData) -> Iterator[tuple[str, str]]:
    """Names and texts, in their order."""
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            yield name, plain(value)


def plain(text: str) -> str:
    """A text as databases take it; no browser sends another. InputError(bad_form)."""
    if "\0" in text:
        raise InputError(Code.BAD_FORM)
    return text


def lists_of(form: FormData) -> Mapping[str, list[str]]:
    """All texts by their name."""
    found: dict[str, list[str]] = {}
    for name, value in texts_of(form):
        found.setdefault(name, []).append(value)
    return found
