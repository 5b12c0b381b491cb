"""Saying no: one line on standard error, or one JSON object; the class decides the exit code."""

import json
import sys

import texts
from domain.errors import YishenError
from starter.cli.show import wants_json
from starter.cli.words import say, spoken, term

_TERMS = {"act": "kind", "state": "status", "handler": None, "reply_kind": "reply_kind"}
"""Parameters that are codes, with the group of their words."""


def message(error: YishenError) -> str:
    """The error's sentence in the language of this run."""
    values = dict(error.params)
    for name, group in _TERMS.items():
        if group and name in values:
            values[name] = term(group, values[name])
    if "roles" in values:
        values["roles"] = say("joiner").join(term("role", r) for r in values["roles"].split(", "))
    return texts.text(spoken(), f"errors.{error.code}", **values)


def fail(error: YishenError) -> int:
    """Report `error`; its exit code."""
    sentence = " ".join(message(error).split())
    if wants_json():
        body = {"code": str(error.code), "message": sentence}
        if error.article:
            body["article"] = error.article
        body |= {k: v for k, v in error.params.items() if k == "command_id"}
        print(json.dumps({"ok": False, "error": body}, ensure_ascii=False))
    else:
        cited = say("error.article", article=error.article) if error.article else ""
        print(say("error.line", code=error.code, message=sentence) + cited, file=sys.stderr)
    return error.exit_code
