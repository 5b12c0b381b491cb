"""What cases are found by: the terms of a name, of a number, of a subject.

A term says nothing of the words around it, so a keyed hash of each is all that an index needs
(`keys.search`). Names are found whole, or by one of the parts they are written in; numbers whole;
subjects by the words of alphabets and by each pair of neighbours of a script without spaces.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

LEAST_DIGITS, MOST_DIGITS = 5, 18
"""Length of what counts as a number of somebody: an extension is none, an identity number is."""


class SearchField(StrEnum):
    """What of a case a term was taken from; a name also by each of its parts."""

    APPLICANT = "applicant"
    APPLICANT_PART = "applicant_part"
    THIRD_PARTY = "third_party"
    NUMBER = "number"
    """Of the applicant: a telephone, an identity number, an address of mail."""
    DOCKET = "docket"
    SUBJECT = "subject"


OF_PEOPLE = frozenset(
    {
        SearchField.APPLICANT,
        SearchField.APPLICANT_PART,
        SearchField.THIRD_PARTY,
        SearchField.NUMBER,
    }
)
"""Whoever finds a case by one of these learns whose it is."""

SearchTerm: TypeAlias = tuple[SearchField, str]


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The words of a case that it is found by, opened; `consulted` the names of third parties,
    `details` what else is known of the applicant."""

    applicant: str | None = None
    contact: str | None = None
    subject: str | None = None
    consulted: tuple[str, ...] = ()
    dockets: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


def terms(words: CaseWords) -> frozenset[SearchTerm]:
    """All that the case is found by."""
    f = SearchField
    whole = squeezed(words.applicant or "")
    found = {f.APPLICANT: {whole}}
    found[f.APPLICANT_PART] = _parts(words.applicant or "") - {whole}
    found[f.THIRD_PARTY] = {
        part for name in words.consulted for part in (squeezed(name), *_parts(name))
    }
    said = (words.contact or "", *words.details)
    found[f.NUMBER] = {number for text in said for number in numbers_in(text)}
    found[f.DOCKET] = {squeezed(docket) for docket in words.dockets}
    found[f.SUBJECT] = {*subject_terms(words.subject or "")}
    return frozenset((field, term) for field, each in found.items() for term in each if term)


def sought(wanted: str) -> dict[SearchField, frozenset[str]]:
    """The terms of what somebody looks for: a case is found by a field where it has them all.
    Words with spaces between them need not stand beside each other in a subject."""
    found = dict.fromkeys(SearchField, frozenset({squeezed(wanted)}))
    found[SearchField.NUMBER] = frozenset({number(wanted)})
    pairs = (term for part in wanted.split() for term in subject_terms(part))
    found[SearchField.SUBJECT] = frozenset(pairs)
    return {field: each for field, each in found.items() if each - {""}}


def matches(words: CaseWords, wanted: str) -> Iterator[SearchField]:
    """By what of it the case is really found where `wanted` is looked for."""
    has = terms(words)
    for field, wants in sought(wanted).items():
        if not all((field, term) in has for term in wants):
            continue
        if field is not SearchField.SUBJECT or _contains(words.subject or "", wanted):
            yield field


def _contains(subject: str, wanted: str) -> bool:
    text = squeezed(subject)
    return all(squeezed(part) in text for part in wanted.split())


def squeezed(text: str) -> str:
    """`text` as it is compared: one width, one case, without spaces, dots and brackets. A name is
    the same with either middle dot or none. Traditional characters stay what they are."""
    return "".join(_runs(text))


def number(text: str) -> str:
    """A number as it is compared: without what stands between its digits, nor +86 before them."""
    plain = squeezed(text)
    return plain[2:] if re.fullmatch(r"861\d{10}", plain) else plain


def numbers_in(text: str) -> frozenset[str]:
    """The numbers in free text. Groups of digits beside each other are also taken together, each
    way that may be one number: 138 0013 8000."""
    plain = _plain(text)
    found = {squeezed(mail) for mail in re.findall(r"[a-z0-9._%+-]+@[a-z0-9.-]+", plain)}
    runs = re.findall(r"[a-z0-9]+", plain)
    found.update(run for run in runs if len(run) >= LEAST_DIGITS and not run.isalpha())
    for chain in re.findall(r"\d+(?:[ ()./-]{1,2}\d+)+x?", plain):
        groups = re.findall(r"\d+x?", chain)
        for begin in range(len(groups)):
            joined = ""
            for group in groups[begin:]:
                joined += group
                if len(joined) > MOST_DIGITS:
                    break
                if len(joined) >= LEAST_DIGITS:
                    found.add(joined)
    return frozenset(map(number, found))


def subject_terms(text: str) -> frozenset[str]:
    """Words of alphabets whole, other scripts by pairs of neighbours; none of one character."""
    found: set[str] = set()
    wide = ""
    for run in _runs(text):
        for letters in re.findall(r"[^\u2e80-\U0003ffff]+|[\u2e80-\U0003ffff]+", run):
            if letters[0] < "\u2e80":
                found.update((letters, *_pairs(wide)))
                wide = ""
            else:
                wide += letters
    return frozenset(found.union(_pairs(wide)))


def _pairs(letters: str) -> Iterator[str]:
    return ("".join(pair) for pair in pairwise(letters))


def _parts(name: str) -> set[str]:
    """What a name is put together from, where each says something by itself."""
    return {part for part in _runs(name) if len(part) > 1}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _runs(text: str) -> list[str]:
    """Letters, digits and the marks on them, apart where anything else stands between."""
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in _plain(text))
    return "".join(kept).split()
