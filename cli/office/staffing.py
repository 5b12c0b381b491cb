"""What the office lacks, as `yishen doctor` and `yishen init` say it."""

from typing import TYPE_CHECKING

from cli.frame.words import say
from speech.words import joined, term

if TYPE_CHECKING:
    from office.people.staffing import Staffing


def said_of(staff: "Staffing") -> list[str]:
    """One line for each thing to mend."""
    lines = []
    for gap in staff.gaps:
        if gap.roles:
            roles = joined([term("role", role) for role in gap.roles])
            lines.append(say("doctor.gap", organ=gap.name, roles=roles))
        if gap.one_signer:
            lines.append(say("doctor.one_signer", organ=gap.name))
    if staff.unattended:
        ids = joined(list(staff.unattended[:SHOWN]))
        lines.append(say("doctor.unattended", n=len(staff.unattended), ids=ids))
    return lines


SHOWN = 12
"""At most so many cases are named."""
