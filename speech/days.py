"""Days taken, left and late, in words."""

from domain.case.answers.day_counts import DayCounts
from speech.words import joined, say


def days_words(days: DayCounts | None) -> str:
    """The day counts in one line; empty where there are none."""
    if days is None:
        return ""
    counts = (("taken", days.taken), ("left", days.left), ("late", days.late or None))
    return joined(
        [
            say(f"used.{name}", n=say(f"used.{days.unit}", n=number))
            for name, number in counts
            if number is not None
        ]
    )
