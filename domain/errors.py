"""Everything Yishen can say no with: one tree, one enum of codes.

    YishenError
    ├── InputError       wrong usage or input: exit 2, HTTP 422
    ├── Refusal          the rules say no, with the article: exit 1, HTTP 409
    └── Unreachable      engine or register not there or not in time: exit 3, HTTP 503

Errors carry a code and the values for its text; the texts are in the catalogues
(`texts/zh/errors.toml`, `texts/en/errors.toml`). Nothing branches on a text.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Code(StrEnum):
    """Stable names of refusals and errors; exit code and HTTP status follow from the class."""

    # input: a line, a file or a word that can't be understood
    BAD_JSON = "bad_json"
    BAD_FIELD = "bad_field"
    BAD_LAW_FILE = "bad_law_file"

    # the clock
    NO_STATUTE = "no_statute"
    STATUTE_NOT_IN_FORCE = "statute_not_in_force"
    CALENDAR_MISSING = "calendar_missing"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    UNMATCHED_ANSWER = "unmatched_answer"
    NOT_CONFIRMED = "not_confirmed"
    CASE_ENDED = "case_ended"
    NOT_IN_FORCE = "not_in_force"

    # engine: found, started, reached
    DATA_FOLDER_IN_USE = "data_folder_in_use"
    NOT_A_DEMO_FOLDER = "not_a_demo_folder"
    DATA_FOLDER_OPEN = "data_folder_open"
    TEMPORAL_PROFILE = "temporal_profile"
    ENGINE_NOT_FOUND = "engine_not_found"
    ENGINE_FAILED = "engine_failed"
    ENGINE_DIED = "engine_died"
    SERVICE_FAILED = "service_failed"
    WORKER_NOT_READY = "worker_not_ready"
    ENGINE_NOT_READY = "engine_not_ready"
    ENGINE_NOT_CONFIGURED = "engine_not_configured"
    ENGINE_NOT_RUNNING = "engine_not_running"
    ENGINE_REFUSED = "engine_refused"
    ENGINE_UNREACHABLE = "engine_unreachable"
    SEARCH_ATTRIBUTE_TYPE = "search_attribute_type"
    TIME_SKIP_FAILED = "time_skip_failed"

    # command line
    UNEXPECTED = "unexpected"
    SYSTEM_REFUSED = "system_refused"
    REGISTERED_NOT_STARTED = "registered_not_started"
    CASE_UNANSWERED = "case_unanswered"
    NOTHING_OPEN = "nothing_open"
    UNKNOWN_LANGUAGE = "unknown_language"
    USAGE = "usage"
    BAD_SETTING = "bad_setting"
    BAD_CASE_ID = "bad_case_id"
    FILE_UNREADABLE = "file_unreadable"
    FILE_NOT_PLAIN = "file_not_plain"
    FILE_TOO_LARGE = "file_too_large"
    FILE_CHANGED = "file_changed"
    FILE_NOT_KEPT = "file_not_kept"
    FILE_LOST = "file_lost"
    BAD_DATE = "bad_date"
    NO_USER = "no_user"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_PERSON = "unknown_person"
    NOT_A_HANDLER = "not_a_handler"
    UNKNOWN_DEPARTMENT = "unknown_department"
    AMBIGUOUS_NAME = "ambiguous_name"
    UNKNOWN_CASE = "unknown_case"
    UNKNOWN_ORGAN = "unknown_organ"
    ORGAN_NEEDED = "organ_needed"
    BAD_OFFICE_FILE = "bad_office_file"
    ACT_UNANSWERED = "act_unanswered"
    NO_WORKER = "no_worker"
    REGISTER_UNREACHABLE = "register_unreachable"
    ACT_FAILED = "act_failed"
    NO_VIEWER = "no_viewer"
    NOT_AGREED = "not_agreed"
    NOTHING_TO_SIGN = "nothing_to_sign"
    WHICH_REF = "which_ref"
    UNKNOWN_REF = "unknown_ref"

    # register
    REGISTER_NOT_WRITABLE = "register_not_writable"
    REGISTER_DAMAGED = "register_damaged"
    COMMAND_ID_REUSED = "command_id_reused"
    RECORD_CONFLICT = "record_conflict"
    RECORD_GAP = "record_gap"
    CALENDAR_VERSION_TAKEN = "calendar_version_taken"
    UNKNOWN_CALENDAR_VERSION = "unknown_calendar_version"
    BAD_CALENDAR_FILE = "bad_calendar_file"
    CALENDAR_CHANGES_NOTHING = "calendar_changes_nothing"
    NOT_AN_ADMIN = "not_an_admin"
    REVISION_UNFINISHED = "revision_unfinished"
    NOTICE_NOT_SENT = "notice_not_sent"
    UNKNOWN_FIGURE = "unknown_figure"

    # papers
    PDF_UNAVAILABLE = "pdf_unavailable"
    GLYPHS_MISSING = "glyphs_missing"
    PAPER_LOST = "paper_lost"
    UNKNOWN_LIMIT = "unknown_limit"
    UNKNOWN_ENTRY = "unknown_entry"
    FILE_NOT_WRITABLE = "file_not_writable"

    # the case: what the rules refuse
    IN_THE_FUTURE = "in_the_future"
    NOT_TRAINING = "not_training"
    NOT_FORWARD = "not_forward"
    BEFORE_ARRIVAL = "before_arrival"
    BEFORE_WHAT_IT_FOLLOWS = "before_what_it_follows"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_IN_THIS_STATE = "not_in_this_state"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOUR_CASE = "not_your_case"
    FOUR_EYES = "four_eyes"
    DELIVERED_BEFORE_SENT = "delivered_before_sent"
    LIMIT_NOT_LATER = "limit_not_later"
    CORRECTION_LATE = "correction_late"
    PAYMENT_LATE = "payment_late"
    LAPSED_OTHERWISE = "lapsed_otherwise"
    FEE_NOT_IN_FULL = "fee_not_in_full"
    REF_TAKEN = "ref_taken"
    ALREADY_ANSWERED = "already_answered"
    REASON_MISSING = "reason_missing"
    SECOND_EXTENSION = "second_extension"
    EXTENSION_TOO_LONG = "extension_too_long"
    NOT_IN_THIS_STATUTE = "not_in_this_statute"
    NO_EXTENSION_ASKED = "no_extension_asked"
    EXTENSION_NOT_GRANTED = "extension_not_granted"
    EXTENSION_AFTER_DUE = "extension_after_due"
    SECOND_CORRECTION_NOTICE = "second_correction_notice"
    CORRECTION_NOTICE_AFTER_DUE = "correction_notice_after_due"
    GROUND_MISSING = "ground_missing"
    NOTHING_TO_RELEASE = "nothing_to_release"
    DEIDENTIFIED_VERSION_MISSING = "deidentified_version_missing"
    THIRD_PARTY_BLOCKS = "third_party_blocks"
    NOT_REVIEWED = "not_reviewed"
    NOT_SIGNED = "not_signed"
    ALREADY_SIGNED = "already_signed"
    SIGNATURE_OUT_OF_ORDER = "signature_out_of_order"
    MOVE_IN_BY_TWO = "move_in_by_two"
    HISTORY_AFTER_FIRST_DAY = "history_after_first_day"
    FIRST_DAY_UNKNOWN = "first_day_unknown"
    FIRST_DAY_FIXED = "first_day_fixed"
    REPLACES_NOTHING = "replaces_nothing"
    ITEMS_ONLY_OBJECTED = "items_only_objected"
    NOT_ASKED_ABOUT = "not_asked_about"
    NOTHING_TO_RETURN = "nothing_to_return"
    UNKNOWN_REPLY_KIND = "unknown_reply_kind"
    REPLY_FIELD_MISSING = "reply_field_missing"
    NO_REPLY = "no_reply"
    REPLY_NEEDS_RELEASE = "reply_needs_release"
    REPLY_NEEDS_WITHHELD = "reply_needs_withheld"
    REPLY_RELEASES_TOO = "reply_releases_too"
    REPLY_WITHHOLDS_TOO = "reply_withholds_too"
    PRIVATE_COURIER = "private_courier"
    RULES_ONLY_RISE = "rules_only_rise"
    NOTHING_TO_REVISE = "nothing_to_revise"
    ACT_TOO_LARGE = "act_too_large"
    RUN_FAILS = "run_fails"
    NOT_RECORDABLE = "not_recordable"
    CASE_FULL = "case_full"
    RECORD_BEHIND = "record_behind"
    TOO_MANY_ITEMS = "too_many_items"

    # after the reply
    REMEDY_LAW_MISSING = "remedy_law_missing"
    OTHER_PROCEEDING = "other_proceeding"
    PROCEEDING_ENDED = "proceeding_ended"
    PROCEEDING_OPEN = "proceeding_open"
    PROCEEDING_ANSWERED = "proceeding_answered"
    PROCEEDING_SUSPENDED = "proceeding_suspended"
    PROCEEDING_NOT_SUSPENDED = "proceeding_not_suspended"
    LOWER_INSTANCE_MISSING = "lower_instance_missing"
    NOT_APPEALABLE = "not_appealable"
    ALREADY_APPEALED = "already_appealed"
    APPEAL_LATE = "appeal_late"
    OTHER_INSTANCE = "other_instance"
    ORDERS_NOTHING = "orders_nothing"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a field, named as whoever wrote it knows it; `expected` a key of the texts
    (`errors.expected.*`), filled with `values`."""

    field: str
    expected: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


class YishenError(Exception):
    """An expected no. `article` cites the law where the law is the reason."""

    exit_code: ClassVar[int]

    def __init__(self, code: Code, /, article: str | None = None, **params: object) -> None:
        self.code = code
        self.article = article
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(f"{code} {self.params}")


class InputError(YishenError):
    """Wrong usage or input; `problems` are all said, one line each."""

    exit_code = 2

    def __init__(
        self,
        code: Code,
        /,
        article: str | None = None,
        problems: Iterable[Problem] = (),
        **params: object,
    ) -> None:
        self.problems = tuple(problems)
        for first in self.problems[:1]:
            params = {**first.values, "field": first.field, "detail": first.expected, **params}
        super().__init__(code, article, **params)


class Refusal(YishenError):
    """The rules refuse the act."""

    exit_code = 1


class Unreachable(YishenError):
    """Engine or register not reachable, or not answered in time; the act may still take effect."""

    exit_code = 3

    def of_command(self, command_id: str) -> "Unreachable":
        """The same, naming the command that may be repeated under its id."""
        return Unreachable(self.code, self.article, **{**self.params, "command_id": command_id})
