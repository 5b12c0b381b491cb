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
from typing import ClassVar, Self


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

    def __init__(self, code: "Code", /, article: str | None = None, **params: object) -> None:
        self.code = code
        self.article = article
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(f"{code} {self.params}")


class InputError(YishenError):
    """Wrong usage or input; `problems` are all said, one line each."""

    exit_code = 2

    def __init__(
        self,
        code: "Code",
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


class Code(StrEnum):
    """Stable names of refusals and errors, each of one class: the same code ends the same way
    wherever it was found, at the counter or in a running case."""

    error: type[YishenError]

    def __new__(cls, name: str, error: type[YishenError] = YishenError) -> Self:
        """`error`: the class of errors of this code, from which exit code and status follow."""
        code = str.__new__(cls, name)
        code._value_ = name
        code.error = error
        return code

    def of(self, article: str | None = None, /, **params: object) -> YishenError:
        """The error of this code, for whoever has the code as a value."""
        return self.error(self, article, **params)

    # input: a line, a file or a word that can't be understood
    BAD_JSON = "bad_json", InputError
    BAD_FIELD = "bad_field", InputError
    BAD_LAW_FILE = "bad_law_file", InputError

    # the clock
    NO_STATUTE = "no_statute", InputError
    STATUTE_NOT_IN_FORCE = "statute_not_in_force", InputError
    CALENDAR_MISSING = "calendar_missing", InputError
    DATES_OUT_OF_ORDER = "dates_out_of_order", InputError
    UNMATCHED_ANSWER = "unmatched_answer", InputError
    NOT_CONFIRMED = "not_confirmed", Refusal
    CASE_ENDED = "case_ended", Refusal
    NOT_IN_FORCE = "not_in_force", Refusal

    # engine: found, started, reached
    DATA_FOLDER_IN_USE = "data_folder_in_use", InputError
    NOT_A_DEMO_FOLDER = "not_a_demo_folder", InputError
    DATA_FOLDER_OPEN = "data_folder_open", InputError
    TEMPORAL_PROFILE = "temporal_profile", InputError
    ENGINE_NOT_FOUND = "engine_not_found", Unreachable
    ENGINE_FAILED = "engine_failed", Unreachable
    ENGINE_DIED = "engine_died", Unreachable
    SERVICE_FAILED = "service_failed", Unreachable
    WORKER_NOT_READY = "worker_not_ready", Unreachable
    WEB_PORT_TAKEN = "web_port_taken", Unreachable
    WEB_NOT_READY = "web_not_ready", Unreachable
    WEB_NOT_PROTECTED = "web_not_protected", InputError
    WEB_HOSTS_MISSING = "web_hosts_missing", InputError
    WEB_CERTIFICATE_UNUSABLE = "web_certificate_unusable", InputError
    WEB_CERTIFICATE_OVER = "web_certificate_over", InputError
    WEB_DEMO_ON_NETWORK = "web_demo_on_network", InputError
    BAD_HOST_NAME = "bad_host_name", InputError
    PASSWORDS_DIFFER = "passwords_differ", InputError
    BAD_FORM = "bad_form", InputError
    UPLOAD_GONE = "upload_gone", InputError
    UPLOAD_EMPTY = "upload_empty", InputError
    FORM_NOT_OURS = "form_not_ours", InputError
    ENGINE_NOT_READY = "engine_not_ready", Unreachable
    ENGINE_NOT_CONFIGURED = "engine_not_configured", InputError
    ENGINE_NOT_RUNNING = "engine_not_running", Unreachable
    ENGINE_REFUSED = "engine_refused", Unreachable
    ENGINE_EMPTY = "engine_empty", InputError
    ENGINE_OF_ANOTHER = "engine_of_another", InputError
    ENGINE_UNREACHABLE = "engine_unreachable", Unreachable
    SEARCH_ATTRIBUTE_TYPE = "search_attribute_type", Unreachable
    TIME_SKIP_FAILED = "time_skip_failed", Unreachable

    # command line
    UNEXPECTED = "unexpected", Unreachable
    CODE_REPLACED = "code_replaced", Unreachable
    SYSTEM_REFUSED = "system_refused", Unreachable
    REGISTERED_NOT_STARTED = "registered_not_started", Unreachable
    CASE_UNANSWERED = "case_unanswered", Unreachable
    NOTHING_OPEN = "nothing_open", Refusal
    UNKNOWN_LANGUAGE = "unknown_language", InputError
    USAGE = "usage", InputError
    BAD_SETTING = "bad_setting", InputError
    BAD_CASE_ID = "bad_case_id", InputError
    FILE_UNREADABLE = "file_unreadable", InputError
    FILE_NOT_PLAIN = "file_not_plain", InputError
    FILE_TOO_LARGE = "file_too_large", InputError
    FILE_CHANGED = "file_changed", InputError
    FILE_NOT_KEPT = "file_not_kept", Unreachable
    FILE_LOST = "file_lost", Unreachable
    FILE_NOT_SHOWN = "file_not_shown", InputError
    FILE_LOCKED = "file_locked", InputError
    FILE_BROKEN = "file_broken", InputError
    FILE_EMPTY = "file_empty", InputError
    FILE_TOO_HEAVY = "file_too_heavy", InputError
    SHOWING_UNAVAILABLE = "showing_unavailable", Unreachable
    BAD_CURSOR = "bad_cursor", InputError
    BAD_DATE = "bad_date", InputError
    NO_USER = "no_user", InputError
    UNKNOWN_USER = "unknown_user", Refusal
    UNKNOWN_PERSON = "unknown_person", InputError
    NOT_A_HANDLER = "not_a_handler", Refusal
    UNKNOWN_DEPARTMENT = "unknown_department", InputError
    AMBIGUOUS_NAME = "ambiguous_name", InputError
    UNKNOWN_CASE = "unknown_case", InputError
    UNKNOWN_ORGAN = "unknown_organ", InputError
    ORGAN_NEEDED = "organ_needed", InputError
    PLACE_ENDED = "place_ended", Refusal
    BAD_OFFICE_FILE = "bad_office_file", InputError
    ACT_UNANSWERED = "act_unanswered", Unreachable
    NO_WORKER = "no_worker", Unreachable
    REGISTER_UNREACHABLE = "register_unreachable", Unreachable
    ACT_FAILED = "act_failed", Unreachable
    NO_VIEWER = "no_viewer", InputError
    NOT_AGREED = "not_agreed", Refusal
    NOTHING_TO_SIGN = "nothing_to_sign", Refusal
    WHICH_REF = "which_ref", InputError
    UNKNOWN_REF = "unknown_ref", InputError

    # signing in
    SIGN_IN_FAILED = "sign_in_failed", Refusal
    TOO_MANY_ATTEMPTS = "too_many_attempts", Refusal
    NOT_SIGNED_IN = "not_signed_in", Refusal
    CODE_WRONG = "code_wrong", Refusal
    SECOND_FACTOR_NEEDED = "second_factor_needed", Refusal
    BAD_PASSWORD = "bad_password", InputError
    PASSWORD_STANDS = "password_stands", Refusal
    INVITE_OVER = "invite_over", Refusal
    NOT_FOR_ONESELF = "not_for_oneself", Refusal
    NO_SECOND_PERSON = "no_second_person", Refusal
    UNKNOWN_ACCOUNT_CHANGE = "unknown_account_change", InputError
    ROLE_NOT_HELD = "role_not_held", Refusal
    NOT_A_DEMO = "not_a_demo", Refusal
    DEMO_TOO_LATE = "demo_too_late", Refusal

    # register
    REGISTER_NOT_WRITABLE = "register_not_writable", Unreachable
    REGISTER_DAMAGED = "register_damaged", Unreachable
    REGISTER_THERE = "register_there", InputError
    KEY_STORE_UNREACHABLE = "key_store_unreachable", Unreachable
    KEY_MISSING = "key_missing", Unreachable
    MASTER_KEY_MISSING = "master_key_missing", Unreachable
    MASTER_KEY_WRONG = "master_key_wrong", Unreachable
    MASTER_DEVICE_AWAY = "master_device_away", Unreachable
    WHICH_MASTER_KEY = "which_master_key", InputError
    FILE_EXISTS = "file_exists", InputError
    BAD_MASTER_DEVICE = "bad_master_device", InputError
    BAD_MASTER_KEY = "bad_master_key", InputError
    WORDS_DESTROYED = "words_destroyed", Refusal
    WORDS_NOT_SEALED = "words_not_sealed", Refusal
    CASE_HELD = "case_held", Refusal
    NOT_HELD = "not_held", Refusal
    CASE_NOT_OVER = "case_not_over", Refusal
    CASE_CHANGED = "case_changed", Refusal
    NOT_DUE_YET = "not_due_yet", Refusal
    NOTHING_DUE = "nothing_due", Refusal
    LIST_UNSIGNED = "list_unsigned", Refusal
    UNKNOWN_LIST = "unknown_list", InputError
    EXPORT_INSIDE_DATA = "export_inside_data", InputError
    REGISTER_ELSEWHERE = "register_elsewhere", InputError
    REGISTER_OLDER = "register_older", InputError
    NO_BACKUP = "no_backup", InputError
    BACKUP_DAMAGED = "backup_damaged", InputError
    BACKUP_NEWER = "backup_newer", InputError
    BACKUP_OTHER_DATABASE = "backup_other_database", InputError
    NUMBERS_GO_UP = "numbers_go_up", InputError
    BACKUP_TARGET_TAKEN = "backup_target_taken", InputError
    BACKUP_INSIDE_DATA = "backup_inside_data", InputError
    BACKUP_NOT_WRITTEN = "backup_not_written", Unreachable
    POSTGRES_TOOLS_MISSING = "postgres_tools_missing", Unreachable
    COMMAND_ID_REUSED = "command_id_reused", Refusal
    RECORD_CONFLICT = "record_conflict", InputError
    RECORD_GAP = "record_gap", InputError
    CALENDAR_VERSION_TAKEN = "calendar_version_taken", InputError
    UNKNOWN_CALENDAR_VERSION = "unknown_calendar_version", InputError
    BAD_CALENDAR_FILE = "bad_calendar_file", InputError
    CALENDAR_CHANGES_NOTHING = "calendar_changes_nothing", InputError
    NOT_AN_ADMIN = "not_an_admin", Refusal
    REVISION_UNFINISHED = "revision_unfinished", Unreachable
    NOTICE_NOT_SENT = "notice_not_sent", Unreachable
    NOTHING_SOUGHT = "nothing_sought", InputError
    SEARCH_INDEX_MISSING = "search_index_missing", Unreachable
    UNKNOWN_FIGURE = "unknown_figure", InputError
    NO_TOTAL = "no_total", InputError

    # papers
    PDF_UNAVAILABLE = "pdf_unavailable", Unreachable
    GLYPHS_MISSING = "glyphs_missing", Unreachable
    PAPER_LOST = "paper_lost", Unreachable
    UNKNOWN_LIMIT = "unknown_limit", InputError
    UNKNOWN_ENTRY = "unknown_entry", InputError
    FILE_NOT_WRITABLE = "file_not_writable", InputError

    # the case: what the rules refuse
    IN_THE_FUTURE = "in_the_future", Refusal
    NOT_TRAINING = "not_training", Refusal
    NOT_FORWARD = "not_forward", Refusal
    BEFORE_ARRIVAL = "before_arrival", Refusal
    BEFORE_WHAT_IT_FOLLOWS = "before_what_it_follows", Refusal
    CHANGED_MEANWHILE = "changed_meanwhile", Refusal
    NOT_IN_THIS_STATE = "not_in_this_state", Refusal
    NOT_YOUR_ROLE = "not_your_role", Refusal
    NOT_YOUR_CASE = "not_your_case", Refusal
    CASE_NOT_VISIBLE = "case_not_visible", Refusal
    FOUR_EYES = "four_eyes", Refusal
    NO_SUCH_ENTRY = "no_such_entry", InputError
    OTHER_KIND = "other_kind", Refusal
    NOT_AMENDABLE = "not_amendable", Refusal
    ALREADY_ANNULLED = "already_annulled", Refusal
    NO_CONFLICT = "no_conflict", Refusal
    NO_PROPOSAL = "no_proposal", Refusal
    EVIDENCE_NEEDED = "evidence_needed", Refusal
    DELIVERED_BEFORE_SENT = "delivered_before_sent", Refusal
    LIMIT_NOT_LATER = "limit_not_later", Refusal
    CORRECTION_LATE = "correction_late", Refusal
    PAYMENT_LATE = "payment_late", Refusal
    LAPSED_OTHERWISE = "lapsed_otherwise", Refusal
    FEE_NOT_IN_FULL = "fee_not_in_full", Refusal
    FEE_BY_ONE_STANDARD = "fee_by_one_standard", Refusal
    FEE_NOT_BY_TARIFF = "fee_not_by_tariff", Refusal
    FEE_AMOUNT_MISSING = "fee_amount_missing", Refusal
    NO_FEE_DUE = "no_fee_due", Refusal
    REF_TAKEN = "ref_taken", Refusal
    ALREADY_ANSWERED = "already_answered", Refusal
    REASON_MISSING = "reason_missing", Refusal
    SECOND_EXTENSION = "second_extension", Refusal
    EXTENSION_TOO_LONG = "extension_too_long", Refusal
    NOT_IN_THIS_STATUTE = "not_in_this_statute", Refusal
    NO_EXTENSION_ASKED = "no_extension_asked", Refusal
    EXTENSION_NOT_GRANTED = "extension_not_granted", Refusal
    EXTENSION_AFTER_DUE = "extension_after_due", Refusal
    SECOND_CORRECTION_NOTICE = "second_correction_notice", Refusal
    CORRECTION_NOTICE_AFTER_DUE = "correction_notice_after_due", Refusal
    GROUND_MISSING = "ground_missing", Refusal
    NOTHING_TO_RELEASE = "nothing_to_release", Refusal
    DEIDENTIFIED_VERSION_MISSING = "deidentified_version_missing", Refusal
    THIRD_PARTY_BLOCKS = "third_party_blocks", Refusal
    NOT_REVIEWED = "not_reviewed", Refusal
    NOT_SIGNED = "not_signed", Refusal
    ALREADY_SIGNED = "already_signed", Refusal
    SIGNATURE_OUT_OF_ORDER = "signature_out_of_order", Refusal
    MOVE_IN_BY_TWO = "move_in_by_two", Refusal
    HISTORY_AFTER_FIRST_DAY = "history_after_first_day", Refusal
    FIRST_DAY_UNKNOWN = "first_day_unknown", Refusal
    FIRST_DAY_FIXED = "first_day_fixed", Refusal
    REPLACES_NOTHING = "replaces_nothing", Refusal
    AMENDS_NOTHING = "amends_nothing", Refusal
    ITEMS_ONLY_OBJECTED = "items_only_objected", Refusal
    NOT_ASKED_ABOUT = "not_asked_about", Refusal
    NOTHING_TO_RETURN = "nothing_to_return", Refusal
    UNKNOWN_REPLY_KIND = "unknown_reply_kind", Refusal
    REPLY_FIELD_MISSING = "reply_field_missing", Refusal
    NO_REPLY = "no_reply", Refusal
    REPLY_NEEDS_RELEASE = "reply_needs_release", Refusal
    REPLY_NEEDS_WITHHELD = "reply_needs_withheld", Refusal
    REPLY_RELEASES_TOO = "reply_releases_too", Refusal
    REPLY_WITHHOLDS_TOO = "reply_withholds_too", Refusal
    PRIVATE_COURIER = "private_courier", Refusal
    RULES_ONLY_RISE = "rules_only_rise", Refusal
    NOTHING_TO_REVISE = "nothing_to_revise", Refusal
    ACT_TOO_LARGE = "act_too_large", InputError
    RUN_FAILS = "run_fails", Unreachable
    NOT_RECORDABLE = "not_recordable", InputError
    CASE_FULL = "case_full", Refusal
    RECORD_BEHIND = "record_behind", Refusal
    MESSAGE_UNSEALED = "message_unsealed", Refusal
    NOT_ON_COMMAND_LINE = "not_on_command_line", Refusal
    TOO_MANY_ITEMS = "too_many_items", Refusal

    # after the reply
    REMEDY_LAW_MISSING = "remedy_law_missing", Refusal
    NOT_OVERRIDDEN = "not_overridden", Refusal
    NO_RULING = "no_ruling", Refusal
    OTHER_PROCEEDING = "other_proceeding", Refusal
    PROCEEDING_ENDED = "proceeding_ended", Refusal
    PROCEEDING_OPEN = "proceeding_open", Refusal
    PROCEEDING_ANSWERED = "proceeding_answered", Refusal
    PROCEEDING_SUSPENDED = "proceeding_suspended", Refusal
    PROCEEDING_NOT_SUSPENDED = "proceeding_not_suspended", Refusal
    LOWER_INSTANCE_MISSING = "lower_instance_missing", Refusal
    ALREADY_APPEALED = "already_appealed", Refusal
    OTHER_INSTANCE = "other_instance", Refusal
    ORDERS_NOTHING = "orders_nothing", Refusal
