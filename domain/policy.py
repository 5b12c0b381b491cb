"""Settings: what no text settles (law-cn section 9). The default is the first choice named.

A date that hangs on a setting cites it as `setting <name>`.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from domain.values import Value

_GONE = frozenset({"passing_on_days", "electronic_reply_day"})
"""Pinned with cases of before, and read by no rule ever."""


class Policy(Value):
    """A named set of settings. Limits are working days; `committed_working_days` None: none."""

    name: str = "default"
    electronic_receipt: Literal["statute", "submission"] = "statute"
    rest_day_electronic_receipt: Literal["as_received", "next_working_day"] = "as_received"
    rest_day_post_receipt: Literal["as_received", "next_working_day"] = "as_received"
    confirmation_days: int = Field(default=1, ge=0, le=60, strict=True)
    correction_days: int = Field(default=15, ge=1, le=250, strict=True)
    late_correction_notice: Literal["restart", "no_restart"] = "restart"
    exclusion_ends: Literal["after_sent_to_answered", "both_ends"] = "after_sent_to_answered"
    silent_consultation: Literal["stop_at_limit", "until_answer"] = "stop_at_limit"
    secrecy_referral_excluded: bool = Field(default=False, strict=True)
    extension_after_restart: Literal["allowed", "once_per_request"] = "allowed"
    told_extension: Literal["as_told", "as_recounted"] = "as_told"
    fee_restart: bool = Field(default=True, strict=True)
    work_towards: Literal["own_reading", "safe_day"] = "own_reading"
    committed_working_days: int | None = Field(default=None, ge=1, le=250, strict=True)
    remedy_path_unsettled: Literal["reconsideration_first", "either"] = "reconsideration_first"
    wrong_notice: Literal["as_missing", "longer_of_both"] = "as_missing"
    retrial_counts: Literal["separate", "none"] = "separate"
    complaint_answer_days: int = Field(default=15, ge=1, le=250, strict=True)
    late_entry_days: int = Field(default=3, ge=0, le=60, strict=True)
    answer_awaited_days: int = Field(default=15, ge=1, le=250, strict=True)
    delivery_check_days: int = Field(default=15, ge=1, le=250, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or not _GONE & given.keys():
            return given
        return {name: value for name, value in given.items() if name not in _GONE}
