"""The figures of the reply clock as the oracle knows them, each beside its article."""

from dataclasses import dataclass
from datetime import date


class RefusedError(Exception):
    """The law says no; the code is the one an office would be shown."""


class UnsettledError(Exception):
    """No text and no reading of the house says what follows: nothing to compare."""


@dataclass(frozen=True)
class Law:
    """One text of the regulation on open government information."""

    id: str
    last: date
    reply: int
    """Working days to reply: 2008 art 24, 2019 art 33."""
    extension: int
    """The longest extension, same articles."""
    confirmed: frozenset[str]
    """Channels whose receipt day is the day of confirmation: letter 2015 no. 207; 2019 art 31."""
    excluding: frozenset[str]
    """Whose answering time is taken out: 2008 art 24 third parties; 2019 art 33(3) all."""
    answering: dict[str, int]
    """Working days to answer from the receipt of the letter: 2019 art 32, 34."""
    notice: int | None
    """Working days from receipt to ask for correction, once: 2019 art 30."""
    unknown: frozenset[str] = frozenset()
    """What came only with the text after it."""


CN_2008 = Law(
    id="cn-2008",
    last=date(2019, 5, 14),
    reply=15,
    extension=15,
    confirmed=frozenset({"mail_ordinary", "fax"}),
    excluding=frozenset({"third_party"}),
    answering={},
    notice=None,
    unknown=frozenset({"correction_lapsed", "limit_set"}),
)
CN_2019 = Law(
    id="cn-2019",
    last=date.max,
    reply=20,
    extension=20,
    confirmed=frozenset({"mail_ordinary", "fax", "email", "web_form"}),
    excluding=frozenset({"third_party", "coproducer", "agency"}),
    answering={"third_party": 15, "coproducer": 15},
    notice=7,
)

FEE_RULE_FROM = date(2021, 1, 1)
"""State Council office letter 2020 no. 109."""
PAYMENT = 20
"""Working days from the arrival of the notice to pay, the same letter."""


def in_force(day: date) -> Law:
    """The text of a day; Decree 711 is in force from 2019-05-15."""
    return CN_2008 if day <= CN_2008.last else CN_2019
