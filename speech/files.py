"""What a file of a case is called."""

from office.cases.case_files import CaseFile
from speech.words import term


def file_title(file: CaseFile) -> str:
    """Its own title, else the act that it came by; else the word commands know it by."""
    return file.title or (term("kind", file.act) if file.act else file.ref)
