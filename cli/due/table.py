"""The answer for people: what is due when, what else runs, and the count as proof."""

from datetime import date
from typing import Any

import texts
from texts.citations import cited


def show(found: dict[str, Any], lang: str) -> str:
    """The answer as text in the reader's language."""

    def say(key: str, **values: object) -> str:
        return texts.text(lang, f"due.{key}", **values)

    def word(group: str, code: str) -> str:
        return say(f"{group}.{code}") if texts.has(lang, f"due.{group}.{code}") else code

    def day(iso: str | None) -> str:
        if iso is None:
            return say("no_date")
        return f"{iso} {say('weekdays').split()[date.fromisoformat(iso[:10]).weekday()]}"

    lines = [f"{say('label.state')}  {word('state', found['state'])}"]
    dates = ("due", "due_before_extension", "due_if_answered", "due_at_latest", "receipt_day")
    lines += [f"{say(f'label.{key}')}  {day(found[key])}" for key in dates if key in found]
    if "working_days_left" in found:
        lines.append(f"{say('label.working_days_left')}  {found['working_days_left']}")
    facts = [key for key in ("overdue", "reply_in_time") if key in found]
    lines += [f"{say(f'label.{key}')}  {say('yes' if found[key] else 'no')}" for key in facts]
    lines.append(f"{say('label.statute')}  {found['statute']}")
    lines += [f"{say('label.warning')}  {word('warning', code)}" for code in found["warnings"]]
    if found["limits"]:
        lines += ["", say("heading.limits")]
        lines += [f"  {day(iso)}  {word('limit', name)}" for name, iso in found["limits"].items()]
    if found["ledger"]:
        lines += ["", say("heading.ledger")]
        for span in found["ledger"]:
            counted = f"+{span['counted']}" if span["counted"] else "0"
            reason = word("why", span["why"])
            days = f"{span['from']} – {span['to']}"
            source = cited(lang, span["article"] or "")
            lines.append(f"  {days}  {counted:>3}  {reason}  {source}".rstrip())
    for old in found["superseded"]:
        lines.append(
            say("superseded", day=old["receipt_day"], due=old["due"], why=word("why", old["why"]))
        )
    return "\n".join(lines)
