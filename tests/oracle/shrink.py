"""The least question on which the two still differ."""

from collections.abc import Callable, Iterator

from tests.oracle.counting import Line

KEPT = (
    *("kind", "at", "working_days", "until", "ref", "reply", "channel", "form", "outcome"),
    *("against", "after", "by", "instance", "calendar_days", "orders_reply"),
)
"""Fields without which an event is none."""


def least(line: Line, differs: Callable[[Line], object]) -> Line:
    """The line with nothing in it that the difference does without."""
    while smaller := next((found for found in _smaller(line) if differs(found)), None):
        line = smaller
    return line


def _smaller(line: Line) -> Iterator[Line]:
    for name in ("events", "facts"):
        entries = line.get(name, [])
        for i in range(len(entries)):
            yield {**line, name: [*entries[:i], *entries[i + 1 :]]}
            for field in entries[i]:
                if field not in KEPT:
                    less = {k: v for k, v in entries[i].items() if k != field}
                    yield {**line, name: [*entries[:i], less, *entries[i + 1 :]]}
    for setting in line.get("policy", {}):
        yield {**line, "policy": {k: v for k, v in line["policy"].items() if k != setting}}
    if line.get("events") and line["as_of"] > line["events"][-1]["at"]:
        yield {**line, "as_of": line["events"][-1]["at"]}
