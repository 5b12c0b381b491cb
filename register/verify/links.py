"""The links of a chain, whoever's it is."""

from collections.abc import Iterator, Sequence

from register.chain import link
from register.verify.found import Mismatch, missing
from register.writes.project import RowValues


def of_links(
    case: str, table: str, chain: str, recorded: Sequence[RowValues], start: str | None
) -> Iterator[Mismatch]:
    """Gaps and broken links of the rows in order; each compared with the one recorded before, so
    one change shows once. `chain`: what the hashes name it; `start`: the first `prev_hash`, None
    where nobody knows it any more."""
    prev, expected = start, 1
    for row in recorded:
        seq = row["seq"]
        for lost in range(expected, seq):
            yield missing(case, table, str(lost), "event")
        if seq == expected and prev is not None and row["prev_hash"] != prev:
            yield Mismatch(case, table, str(seq), "prev_hash", row["prev_hash"], prev)
        digest = link(row["prev_hash"], chain, row["body"])
        if row["hash"] != digest:
            yield Mismatch(case, table, str(seq), "hash", row["hash"], digest)
        prev, expected = row["hash"], seq + 1
