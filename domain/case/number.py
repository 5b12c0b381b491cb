"""Request numbers and ids, as people write them: 依申〔2026〕1号 is 2026-0001, the
training case 演练〔2026〕1号 T2026-0001."""

import re

from domain import numbers
from domain.errors import Code, InputError

_ID = re.compile(r"([Tt]?)(\d{4})-(\d{1,9})")
_NUMBER = re.compile(
    r"(依申|演练|)\s*[〔\[\(（［【]\s*(\d{4})\s*[〕\]\)）］】]\s*(?:第)?\s*(\d{1,9})\s*号?"
)


def case_id_of(written: str) -> str:
    """The id of a request, from its id or its number in any usual bracket.

    InputError(bad_case_id) says both forms.
    """
    # Full-width digits come from Chinese input methods.
    plain = written.strip().translate({0xFF10 + n: str(n) for n in range(10)})
    match = _ID.fullmatch(plain) or _NUMBER.fullmatch(plain)
    if match is None or int(match[3]) == 0:
        raise InputError(Code.BAD_CASE_ID, given=written)
    training = match[1] in ("T", "t", "演练")
    return numbers.case_id(int(match[2]), int(match[3]), training=training)
