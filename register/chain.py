"""The record of one case as a hash chain over canonical JSON."""

import json
from hashlib import sha256

from domain.case.act import Event

START = "0" * 64
"""`prev_hash` of the first event."""


def canonical(event: Event) -> str:
    """The event as the exact text that is stored and hashed: sorted keys, no spaces, no empty
    fields (so that a field added later changes no old text)."""
    content = event.model_dump(mode="json", exclude_none=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(prev_hash: str, case_id: str, body: str) -> str:
    """SHA-256, hex, that ties `body` to its case and to everything before it."""
    return sha256(f"{prev_hash}\n{case_id}\n{body}".encode()).hexdigest()
