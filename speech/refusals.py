"""Why something could not be done, in words."""

from domain.errors import YishenError
from speech.dates import as_said
from speech.words import joined, on_pages, ref_words, spoken
from texts.sentences import sentence


def messages(error: YishenError) -> list[str]:
    """What the error says in the language in use: of several problems, one line each."""
    problems = getattr(error, "problems", ())
    told = [{**p.values, "field": p.field, "detail": p.expected} for p in problems]
    about = {name: named(value) for name, value in error.params.items()}
    lines = [
        sentence(spoken(), error.code, {**about, **one}, on_pages=on_pages())
        for one in told or ({},)
    ]
    return [" ".join(line.split()) for line in lines]


def named(value: object) -> object:
    """With items, letters, proceedings and days as pages call them."""
    said = as_said(value)
    return ref_words(said) if isinstance(said, str) else said


def message(error: YishenError) -> str:
    """The same in one sentence."""
    return joined(messages(error))
