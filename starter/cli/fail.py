"""Saying no: one line on standard error, or one JSON object; the class decides the exit code."""

import json
import sys

import texts
from domain.errors import Unreachable, YishenError
from starter.cli.show import wants_json
from starter.cli.words import cited, joined, say, spoken, term

_TERMS = {
    "act": "kind",
    "kind": "kind",
    "did": "kind",
    "state": "status",
    "cause": "cause",
    "reply_kind": "reply_kind",
}
"""Parameters that are codes, with the group of their words."""

_LISTS = {"roles": "role", "changed": "kind"}
"""The same for parameters that are lists; what follows a code (a ref) stays."""


def message(error: YishenError) -> str:
    """The error's sentence in the language of this run."""
    values = dict(error.params)
    for name, group in _TERMS.items():
        if name in values:
            values[name] = term(group, values[name])
    for name, group in _LISTS.items():
        if name in values:
            values[name] = joined([_coded(group, part) for part in values[name].split(", ")])
    return texts.text(spoken(), f"errors.{error.code}", **values)


def _coded(group: str, part: str) -> str:
    code, _, ref = part.partition(" ")
    return f"{term(group, code)} {ref}".strip()


def fail(error: YishenError) -> int:
    """Report `error`; its exit code."""
    sentence = " ".join(message(error).split())
    command = error.params.get("command_id", "")
    if isinstance(error, Unreachable) and command and command not in sentence:
        sentence += say("error.command", command_id=command)
    if wants_json():
        body = {"code": str(error.code), "message": sentence}
        if error.article:
            body["article"] = error.article
        body |= {k: v for k, v in error.params.items() if k == "command_id"}
        print(json.dumps({"ok": False, "error": body}, ensure_ascii=False))
    else:
        source = say("error.article", article=cited(error.article)) if error.article else ""
        print(say("error.line", code=error.code, message=sentence) + source, file=sys.stderr)
    return error.exit_code
