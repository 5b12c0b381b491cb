"""What somebody has begun to fill in stays on the server until it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from domain.errors import InputError, Refusal, Unreachable
from office.acts.drafts import FormDraft, draft_of, drop_draft, note_pending, save_draft
from office.uploads import Upload, Uploads
from web.acts.fields import DROP, STEP, Given
from web.frame.forms import TOKEN
from web.frame.gate import Who
from web.frame.uploads import KEPT, FormWithFiles

OWN = "_"
"""Names that begin so are no fields of the form."""

LOST = "_lost"
"""Names of files that could not be taken while nobody was there to be told."""


@dataclass(frozen=True, slots=True)
class BegunForm:
    """What somebody has begun of a form, and what stands in it. Files stay for a day only: `gone`,
    those of them that are no longer there; `lost`: names of all that have to be chosen again."""

    draft: FormDraft
    given: Given
    gone: frozenset[str]
    lost: tuple[str, ...]

    @property
    def there(self) -> Given:
        """Without the files that are gone."""
        files = {
            name: [one for one in many if one.id not in self.gone]
            for name, many in self.given.files.items()
        }
        return Given(self.given.submitted, files)


def draft(
    who: Who,
    case: str | None,
    form: str,
    command: str,
    given: Given,
    seq: int | None,
    lost: Iterable[str] = (),
) -> FormDraft:
    """What stands in the form, as it is kept; `lost`: names of files that could not be taken."""
    values: dict[str, Sequence[str]] = {
        name: list(words) for name, words in given.submitted.items() if not name.startswith(OWN)
    }
    for name, uploads in given.files.items():
        values[f"{KEPT}{name}"] = [upload.text for upload in uploads]
    if names := list(lost):
        values[LOST] = names
    return FormDraft(who.id, case, form, command, values, seq)


async def keep(who: Who, found: FormDraft) -> None:
    """As long as it can be kept: that it can't stops nobody from going on."""
    with suppress(Unreachable, Refusal):
        if any(word.strip() for words in found.values.values() for word in words):
            await save_draft(who.desk(), found)


async def keep_late(
    who: Who,
    case: str | None,
    form: str,
    came: FormWithFiles,
    command: str,
    given: Given,
    seq: int | None = None,
) -> None:
    """The same of what a form brought (`came`) whose session had ended, unless it was to be
    dropped; files that did not come are named."""
    if Given(came.texts).one(STEP) != DROP:
        await keep(who, draft(who, case, form, command, given, seq, came.refused_names))


async def begun(who: Who, case: str | None, form: str) -> BegunForm | None:
    """What the person has begun of that form."""
    try:
        found = await draft_of(who.desk(), who.id, case, form)
    except Unreachable:
        return None
    if found is None:
        return None
    given, uploads = given_of(found), Uploads(who.process.settings, case)

    def look() -> list[Upload]:
        came = (one for many in given.files.values() for one in many)
        return [one for one in came if not uploads.there(one)]

    gone = await who.process.file(look)
    lost = (*(one.name for one in gone), *found.values.get(LOST, ()))
    return BegunForm(found, given, frozenset(one.id for one in gone), tuple(dict.fromkeys(lost)))


async def sent_on(who: Who, command: str) -> None:
    """It is on record, or nobody wants it."""
    with suppress(Unreachable):
        await drop_draft(who.desk(), who.id, command)


async def unanswered(who: Who, found: FormDraft) -> None:
    """It was sent, and nobody has answered: it stays among what waits for an answer."""
    with suppress(Unreachable, Refusal):
        await note_pending(who.desk(), found)


def given_of(found: FormDraft) -> Given:
    """What stood in the form."""
    values, files = found.values, _files_of(found.values)
    fields = {n: v for n, v in values.items() if not n.startswith(OWN) and n != TOKEN}
    return Given(fields, files)


def _files_of(values: Mapping[str, Sequence[str]]) -> dict[str, list[Upload]]:
    files: dict[str, list[Upload]] = {}
    for name in (name for name in values if name.startswith(KEPT)):
        with suppress(InputError):
            files[name.removeprefix(KEPT)] = [Upload.read(text) for text in values[name]]
    return files
