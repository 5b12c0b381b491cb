"""Record items, their review, and the two signatures (art 17)."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Label, Line, Many, Ref, Sha256, Text
from domain.values import Value


class Decision(StrEnum):
    """Result of the confidentiality review of one item (art 17)."""

    RELEASE = "release"
    RELEASE_DEIDENTIFIED = "release_deidentified"
    WITHHOLD = "withhold"


class ItemHash(Value):
    """One released item as signed: which, and exactly which bytes."""

    ref: Ref
    sha256: Sha256


class ItemAdded(Value):
    """A document or data set that may be released (with the hash of its file), or the
    description of what is refused (no file)."""

    kind: Literal["item_added"] = "item_added"
    ref: Ref
    title: Line
    sha256: Sha256 | None = None
    pages: Annotated[int, Field(ge=1)] | None = None


class ItemReplaced(Value):
    """Another version of an item; its review and every signature fall. What is left out of
    an act stays as it was, the file too; the event has the whole."""

    kind: Literal["item_replaced"] = "item_replaced"
    ref: Ref
    title: Line | None = None
    sha256: Sha256 | None = None
    pages: Annotated[int, Field(ge=1)] | None = None


class ItemReviewed(Value):
    """Confidentiality review of one version of one item (art 17).

    `sha256` is the version reviewed; `released_sha256` the version that goes out, the
    de-identified one where there is one; `public_interest` the written reasons for releasing
    against a third party's objection (art 32).
    """

    kind: Literal["item_reviewed"] = "item_reviewed"
    ref: Ref
    decision: Decision
    sha256: Sha256 | None = None
    released_sha256: Sha256 | None = None
    ground: Text | None = None
    article: Label | None = None
    public_interest: Text | None = None


class Signed(Value):
    """A leader signs exactly these versions. Empty: those standing when the act is decided."""

    kind: Literal["signed"] = "signed"
    items: Annotated[tuple[ItemHash, ...], Many] = ()


class Returned(Value):
    """Sent back for rework before the reply: the reviews of `items` (none: of all) and every
    signature fall."""

    kind: Literal["returned"] = "returned"
    reason: Text
    items: Annotated[tuple[Ref, ...], Many] = ()


ByOffice = ItemAdded | ItemReplaced | ItemReviewed | Signed | Returned
