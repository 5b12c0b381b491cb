"""The number of the rules in force.

Rule code is workflow code: a case carries the number it was reckoned under. A released rule is
never edited in place: a changed rule gets a new number, the old branch stays while an open case
has the lower one, and a message raises a case to the new number with old and new dates on record.
See docs/decisions/008-rules-number.md.
"""

CURRENT_RULES = 3
"""What a case registered today gets.

1. The first release.
2. The handler is no longer reminded that the window of the correction notice closes once there
   are items: whoever collects documents has understood the request.
3. An answer for which no text sets an end, and for which the clock stands still, has a limit of the
   office's own, by which the handler is told to ask for it.
"""


def window_ends_with_items(rules: int) -> bool:
    """Whether the first item ends the window of the correction notice; under 1 the draft does."""
    return rules >= 2


def answers_are_awaited(rules: int) -> bool:
    """Whether the office looks after an answer without limit; under 1 and 2 nobody is told."""
    return rules >= 3
