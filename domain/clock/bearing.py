"""Which figures of a statute a limit hangs on, by their fields."""

from collections.abc import Iterator

from domain.clock.model import LimitName, Reckoning
from domain.periods.gauge import asks_calendar

_OF_LIMIT = {
    LimitName.CORRECTION_NOTICE: "correction",
    LimitName.CORRECTION: "correction",
    LimitName.THIRD_PARTY_ANSWER: "consultations",
    LimitName.COPRODUCER_ANSWER: "consultations",
    LimitName.AGENCY_ANSWER: "consultations",
    LimitName.FEE_NOTICE: "fee",
    LimitName.FEE_PAYMENT: "fee_payment",
    LimitName.COMPONENT: "component",
    LimitName.ACKNOWLEDGEMENT: "period",
}
_OF_SPAN = {
    "extension": "extension",
    "later_limit": "later_limit",
    "pause": "pause",
    "correction": "correction",
    "fee_payment": "fee",
    "third_party": "consultations",
    "coproducer": "consultations",
    "agency": "consultations",
}


def figures(reckoning: Reckoning, limit: str = LimitName.REPLY) -> tuple[str, ...]:
    """Fields of the statute that the last day of `limit` hangs on; none for a limit that is not
    the statute's."""
    return tuple(dict.fromkeys(_figures(reckoning, limit)))


def _figures(reckoning: Reckoning, limit: str) -> Iterator[str]:
    law = reckoning.statute
    if limit in law.inner:
        yield "inner"
        return
    if limit != LimitName.REPLY:
        if limit in _OF_LIMIT:
            yield _OF_LIMIT[LimitName(limit)]
        return
    yield "in_force_from"
    yield "receipt"
    if law.cut_off is not None:
        yield "cut_off"
    cited = {span.article for span in reckoning.ledger}
    asked = {
        rule.period.article: "consultations" for rule in law.consultations.values() if rule.period
    }
    kinds = {kind.period.article: "variants" for kind in law.variants.values()}
    long = (
        {law.acknowledgement.article: "acknowledgement"}
        if reckoning.superseded and law.acknowledgement
        else {}
    )
    of_period = [field for article, field in (asked | kinds | long).items() if article in cited]
    yield from of_period or ["period"]
    yield from (_OF_SPAN[span.why] for span in reckoning.ledger if span.why in _OF_SPAN)
    if reckoning.cause in _BEGUN_BY:
        yield _BEGUN_BY[reckoning.cause]
    if asks_calendar(law.period):
        yield "calendar"


_BEGUN_BY = {
    "component_received": "component",
    "correction_received": "correction",
    "fee_paid": "fee",
    "resumed": "pause",
}
"""What began the count anew, and the figure that lets it."""
