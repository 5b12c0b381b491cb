"""The record of one case as a hash chain over canonical JSON."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from domain.case.act import Event


def beginning(start: Mapping[str, Any]) -> str:
    """`prev_hash` of the first event, SHA-256, hex: what the case was started with, as it is kept,
    with its law and calendar by their hash. Without the past of a case that moves in, which stands
    in its events."""
    return sha256(
        canonical_text({k: v for k, v in start.items() if k != "history"}).encode()
    ).hexdigest()


def canonical(event: "Event") -> str:
    """The event as the exact text that is stored and hashed: sorted keys, no spaces, no empty
    fields (so that a field added later changes no old text)."""
    return canonical_text(event.model_dump(mode="json", exclude_none=True))


def link(prev_hash: str, case_id: str, body: str) -> str:
    """SHA-256, hex, that ties `body` to its case and to everything before it."""
    return sha256(f"{prev_hash}\n{case_id}\n{body}".encode()).hexdigest()


def canonical_text(content: Mapping[str, Any]) -> str:
    """The one text of some content: sorted keys, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
