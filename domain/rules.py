"""The number of the rules in force.

Rule code is workflow code: a case carries the number it was reckoned under. A released rule is
never edited in place: a changed rule gets a new number, the old branch stays while an open case
has the lower one, and a message raises a case to the new number with old and new dates on record.
"""

CURRENT_RULES = 1
