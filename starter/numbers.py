"""Request numbers and ids, as people write them: 依申〔2026〕1号 is 2026-0001."""

import re

from domain.errors import Code, InputError

_ID = re.compile(r"(\d{4})-(\d{1,9})")
_NUMBER = re.compile(
    r"(?:依申)?\s*[〔\[\(（［【]\s*(\d{4})\s*[〕\]\)）］】]\s*(?:第)?\s*(\d{1,9})\s*号?"
)


def case_id(written: str) -> str:
    """The id of a request, from its id or its number in any usual bracket.

    InputError(bad_case_id) says both forms.
    """
    # Full-width digits come from Chinese input methods.
    plain = written.strip().translate({0xFF10 + n: str(n) for n in range(10)})
    match = _ID.fullmatch(plain) or _NUMBER.fullmatch(plain)
    if match is None or int(match[2]) == 0:
        raise InputError(Code.BAD_CASE_ID, given=written)
    return f"{match[1]}-{int(match[2]):04d}"
