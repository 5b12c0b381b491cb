"""What an operator's list of the engine shows of a case: no names, no subjects."""

from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate

with workflow.unsafe.imports_passed_through():
    from domain.case.summary import Summary
    from workflows.attributes import CASE_STATUS, DEPARTMENT, DUE_AT


class Shown:
    """The search attributes of a case, as last set by this run."""

    def __init__(self) -> None:
        self._shown: dict[str, Any] = {}

    def bring_up_to(self, summary: Summary) -> None:
        """Set only what changed, and only once the record has caught up: acts that follow one
        another closely cost one change instead of one each."""
        now: list[SearchAttributeUpdate[Any]] = [
            CASE_STATUS.value_set(summary.status),
            DEPARTMENT.value_set(summary.department)
            if summary.department
            else DEPARTMENT.value_unset(),
            DUE_AT.value_set(summary.due_at) if summary.due_at else DUE_AT.value_unset(),
        ]
        shown = self._shown
        changed = [u for u in now if u.key.name not in shown or shown[u.key.name] != u.value]
        if changed:
            workflow.upsert_search_attributes(changed)
            self._shown = {u.key.name: u.value for u in now}
