"""What the search index holds: keyed hashes of the terms that cases are found by.

The key is that of what goes across cases: under the key of each case alone, nothing could be found
without trying them all.
"""

from collections.abc import Callable, Iterable

from domain.search import CaseWords, SearchTerm, terms
from domain.words import ACROSS
from keys.store import KeyStore
from keys.words import Reader

FORM = b"1"
"""Which terms cases are found by; another number has every index made anew."""


class Indexer:
    """Makes the tokens of cases and of what is looked for; `reader` opens the words of cases.

    Its methods raise Unreachable(key_store_unreachable, key_missing, …).
    """

    def __init__(self, store: Callable[[], KeyStore], reader: Reader) -> None:
        self._store = store
        self._reader = reader

    def mark(self) -> bytes:
        """What a whole index is marked with: one of this key and form."""
        return self._store().key(ACROSS).token(b"whole\0" + FORM)

    def of_case(self, words: CaseWords) -> frozenset[tuple[str, bytes]]:
        """Field and token of all that a case is found by; `words` as the register has them."""
        return self.of_terms(terms(self._reader.open(words)))

    def of_terms(self, found: Iterable[SearchTerm]) -> frozenset[tuple[str, bytes]]:
        """Field and token of each term."""
        key = self._store().key(ACROSS)
        return frozenset(
            (field.value, key.token(f"{field.value}\0{term}".encode())) for field, term in found
        )

    def print_of(self, text: str) -> str:
        """By what the log tells one search from another, and the same words again: 12 digits."""
        return self._store().key(ACROSS).token(b"searched\0" + text.encode()).hex()[:12]
