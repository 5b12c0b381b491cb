"""Correction notice and correction (art 30)."""

from datetime import date
from typing import Literal

from domain.case.facts.common import Text
from domain.values import Value


class CorrectionNoticeSent(Value):
    """The applicant is asked to make the request clear (art 30). `correct_by` None: the default."""

    kind: Literal["correction_notice_sent"] = "correction_notice_sent"
    points: Text
    correct_by: date | None = None


class CorrectionReceived(Value):
    """The completed request arrived: day 0 of a new period."""

    kind: Literal["correction_received"] = "correction_received"


class LateCorrectionAccepted(Value):
    """The correction came after its limit, for a good reason (art 30): as if in time."""

    kind: Literal["late_correction_accepted"] = "late_correction_accepted"
    reason: Text


ByOffice = CorrectionNoticeSent | CorrectionReceived | LateCorrectionAccepted
