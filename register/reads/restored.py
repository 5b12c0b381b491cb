"""What a restoration has cost: numbers of requests that are in no backup."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import OfficeEvent
from register.office_chain import RESTORED


def lost_numbers(session: Session) -> set[tuple[int, int]]:
    """Year and number of each, as the office's chain has them."""
    found: set[tuple[int, int]] = set()
    told = select(OfficeEvent.body).where(OfficeEvent.about == RESTORED)
    for body in session.scalars(told):
        for year, first, last in json.loads(body)["row"]["lost_numbers"]:
            found.update((year, n) for n in range(first, last + 1))
    return found
