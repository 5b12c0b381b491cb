"""What the engine's own lists show of a case."""

from temporalio.common import SearchAttributeKey

CASE_STATUS = SearchAttributeKey.for_keyword("CaseStatus")
DEPARTMENT = SearchAttributeKey.for_keyword("Department")
DUE_AT = SearchAttributeKey.for_datetime("DueAt")
STATUTE = SearchAttributeKey.for_keyword("Statute")
REQUEST_NO = SearchAttributeKey.for_keyword("RequestNo")
