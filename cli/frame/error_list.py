"""docs/errors.md from the codes of errors: `python -m cli.frame.error_list > docs/errors.md`."""

from collections.abc import Iterator

import texts
from domain.errors import Code, InputError, Refusal, Unreachable, YishenError

CLASSES: dict[type[YishenError], tuple[str, str]] = {
    InputError: ("InputError · 输入有误", "422"),
    Refusal: ("Refusal · 规则不允许", "409"),
    Unreachable: ("Unreachable · 连不上或未及时答复", "503"),
}
"""Heading and HTTP status of each class."""

HEAD = """# Errors · 错误

Generated from `domain/errors.py` and the catalogues by
`python -m cli.frame.error_list > docs/errors.md`; a test keeps it current. A code has one class:
it ends the same way wherever it was found. `{name}` stands for a value of the moment; refusals of
the law cite its article besides. Programs read the code (`--json`: `error.code`), never the text.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for error in CLASSES for line in _section(error))])


def _section(error: type[YishenError]) -> Iterator[str]:
    name, status = CLASSES[error]
    yield f"## {name}: exit {error.exit_code}, HTTP {status}\n"
    yield "| code | 含义 | meaning |\n| --- | --- | --- |"
    for code in sorted(code for code in Code if code.error is error):
        said = (texts.catalogue(lang)[f"errors.{code}"] for lang in texts.LANGUAGES)
        yield f"| `{code}` | " + " | ".join(_cell(text) for text in said) + " |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


if __name__ == "__main__":
    print(page(), end="")
