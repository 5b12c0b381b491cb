"""Why something could not be done, in words."""

from domain.errors import YishenError
from speech.words import joined, on_pages, spoken
from texts.sentences import sentence


def messages(error: YishenError) -> list[str]:
    """What the error says in the language in use: of several problems, one line each."""
    problems = getattr(error, "problems", ())
    told = [{**p.values, "field": p.field, "detail": p.expected} for p in problems]
    lines = [
        sentence(spoken(), error.code, {**error.params, **one}, on_pages=on_pages())
        for one in told or ({},)
    ]
    return [" ".join(line.split()) for line in lines]


def message(error: YishenError) -> str:
    """The same in one sentence."""
    return joined(messages(error))
