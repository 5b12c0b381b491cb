"""One line in, one answer out: whatever a line holds, it gets its answer and the rest go on."""

import json
from typing import Any, NoReturn

from domain.errors import Code, InputError, YishenError
from office.due import period, request
from texts.sentences import sentence


def answer_line(raw: bytes, number: int, lang: str) -> dict[str, Any]:
    """The answer to line `number` (from 1). Never raises for what stands in the line."""
    try:
        line = parse(raw)
    except InputError as error:
        return {"id": None, "line": number, **failed(error, lang)}
    given = line.get("id")
    if not isinstance(given, str | int) or isinstance(given, bool):
        unreadable = InputError(Code.BAD_FIELD, field="id", detail="id")
        return {"id": None, "line": number, **failed(unreadable, lang)}
    try:
        return {"id": given, **answer(line)}
    except YishenError as error:
        return {"id": given, **failed(error, lang)}


def answer(line: dict[str, Any]) -> dict[str, Any]:
    """The answer to one question, a request or a period."""
    return period.answer(line) if "period" in line else request.answer(line)


def parse(raw: bytes) -> dict[str, Any]:
    """A line as a JSON object. Raises bad_json."""
    try:
        text = raw.decode("utf-8-sig")
        line = json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)
    except RecursionError:
        raise InputError(Code.BAD_JSON, detail="nesting") from None
    except UnicodeDecodeError:
        raise InputError(Code.BAD_JSON, detail="utf8") from None
    except json.JSONDecodeError as error:
        raise InputError(Code.BAD_JSON, detail="json_syntax", at=error.pos + 1) from error
    except ValueError as error:
        raise InputError(Code.BAD_JSON, detail="digits") from error
    if not isinstance(line, dict):
        raise InputError(Code.BAD_JSON, detail="object")
    return line


def _refuse(constant: str) -> NoReturn:
    raise InputError(Code.BAD_JSON, detail="no_number", given=constant)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(Code.BAD_JSON, detail="name_twice", name=twice)
    return found


def failed(error: YishenError, lang: str) -> dict[str, Any]:
    """The answer where there is none: code, what to do, and the article where the law says no."""
    body = {"code": error.code.value, "message": message(error, lang)}
    if error.article:
        body["article"] = error.article
    return {"ok": False, "error": body}


def message(error: YishenError, lang: str) -> str:
    """The error in one line of the reader's language."""
    return " ".join(sentence(lang, error.code, error.params).split())
