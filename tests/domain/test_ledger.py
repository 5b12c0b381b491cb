"""A ledger as it is kept and handed out."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.periods.ledger import Span, spans_from_json, spans_to_json

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
SPANS = st.builds(
    lambda first, length, counted, why, article: Span(
        first, first + timedelta(days=length), counted, why, article
    ),
    DAYS,
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from(["period", "rest_day", "third_party"]),
    st.sampled_from(["", "art 33", "国办函〔2020〕109号"]),
)


@given(st.lists(SPANS, max_size=5))
def test_a_ledger_kept_as_json_is_read_again_as_it_was(ledger: list[Span]) -> None:
    kept = json.loads(json.dumps(spans_to_json(ledger)))
    assert spans_from_json(kept) == tuple(ledger)
    assert all(list(span) == ["from", "to", "counted", "why", "article"] for span in kept)
