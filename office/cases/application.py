"""A request as the counter has it, before it is in the book."""

from dataclasses import dataclass
from pathlib import Path

from domain.case.act import Act, Evidence
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from office.files import Incoming


@dataclass(frozen=True, slots=True)
class Application:
    """A request as the counter has it.

    A case that moves in: `second` answers for it beside `user`; `history` are the acts of its past,
    `told_registrar` who registered it then, in their words.

    `files`: the application and its papers, `papers` those already among the `incoming`, which also
    has what the history names.
    """

    user: str
    command_id: str
    receipt: Receipt
    applicant: NewApplicant
    subject: str
    form_wished: str | None = None
    organ: str | None = None
    clock_offset: int = 0
    second: str | None = None
    told_registrar: str | None = None
    history: tuple[Act, ...] = ()
    files: tuple[Path, ...] = ()
    papers: tuple[Evidence, ...] = ()
    incoming: Incoming | None = None
