"""Saying no: one line on standard error, or one JSON object; the class decides the exit code."""

from cli.frame import show
from cli.frame.show import wants_json
from cli.frame.words import say
from domain.errors import Unreachable, YishenError
from speech.refusals import messages
from speech.words import cited, joined


def fail(error: YishenError) -> int:
    """Report `error`; its exit code."""
    lines = messages(error)
    command = error.params.get("command_id", "")
    if isinstance(error, Unreachable) and command and command not in lines[-1]:
        lines[-1] += say("error.command", command_id=command)
    if wants_json():
        body = {"code": str(error.code), "message": joined(lines)}
        if error.article:
            body["article"] = error.article
        body |= {k: v for k, v in error.params.items() if k == "command_id"}
        show.emit_only({"ok": False, "error": body})
    else:
        source = say("error.article", article=cited(error.article)) if error.article else ""
        for line in lines:
            show.note(say("error.line", code=error.code, message=line) + source)
    return error.exit_code
