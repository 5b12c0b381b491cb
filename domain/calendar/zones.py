"""Time zones by name: a fixed offset (`+08:00`, `UTC+08:00`) or an IANA name (`Europe/London`)."""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_OFFSET = re.compile(r"(?:UTC)?([+-])(\d\d):([0-5]\d)")


@cache
def zone(name: str) -> tzinfo:
    """The zone of that name. Raises ValueError for one nobody knows."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3])))
    try:
        return ZoneInfo(name)
    except (OSError, LookupError) as error:  # also names that are paths
        raise ValueError(f"no time zone {name!r}; expected +08:00 or Europe/London") from error


def _known(name: str) -> str:
    try:
        zone(name)
    except ValueError as error:
        raise PydanticCustomError("zone", "no time zone of this name") from error
    return name


Zone = Annotated[str, AfterValidator(_known)]
"""A zone's name, checked."""
