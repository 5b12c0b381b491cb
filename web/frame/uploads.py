"""Forms that bring files: each file is sealed while it comes, none is ever plain on disk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from domain.errors import Code, InputError
from office.acts.forms.filling import GivenFile
from office.files import Incoming
from office.uploads import Upload, Uploads, UploadWriter
from speech.refusals import message
from speech.words import joined
from web.frame.forms import LARGEST, lists_of, plain, require_token, sent
from web.frame.gate import Who

KEPT = "_upload."
"""Before the name of a field: files that came with an earlier answer to the same form."""

WITHOUT = "_without"
"""The field that names those of them that are not wanted after all, each by its id."""

MOST = 700
"""Parts of one form: as many items as a case may have, each with its title and pages."""


@dataclass
class FormWithFiles:
    """What came: texts and files, each by the name of its field; `refused`: why others did not."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[Upload]] = field(default_factory=dict)
    refused: dict[str, list[InputError]] = field(default_factory=dict)

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with each field of files, in words."""
        return {
            name: joined([message(error) for error in errors])
            for name, errors in self.refused.items()
        }

    @property
    def refused_names(self) -> list[str]:
        """The names of the files that did not come."""
        return [str(e.params["file"]) for errors in self.refused.values() for e in errors]


async def sent_with_files(request: Request, who: Who, case: str | None = None) -> FormWithFiles:
    """The fields of a form and its files, sealed for that case (None: for a request that is being
    registered). Files that an earlier answer named come along, but for those no longer wanted; one
    that is empty or too large is not kept, and keeps none of the others.

    InputError(form_not_ours, bad_form, upload_gone), Unreachable(file_not_kept, key_…), and what
    `Who.require_sight` raises: then nothing of it is kept.
    """
    if case is not None:
        await who.require_sight(case)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        came = FormWithFiles({**lists_of(await sent(request, who))})
    else:
        came = await _Receiver(request, who, Uploads(who.process.settings, case)).receive()
    for name in [name for name in came.texts if name.startswith(KEPT)]:
        kept = [Upload.read(text) for text in came.texts.pop(name)]
        came.files.setdefault(name.removeprefix(KEPT), [])[:0] = kept
    out = came.texts.pop(WITHOUT, ())  # swept where nobody changes their mind
    came.files = {n: [one for one in many if one.id not in out] for n, many in came.files.items()}
    return came


class _Receiver:
    """Takes a body apart while it comes."""

    def __init__(self, request: Request, who: Who, uploads: Uploads) -> None:
        self._request = request
        self._who = who
        self._uploads = uploads
        self._events: list[tuple[str, bytes]] = []
        self._header: list[bytes] = [b"", b""]
        self._headers: Mapping[bytes, bytes] = {}
        self._came = FormWithFiles()
        self._name = ""
        self._text: bytearray | None = None
        self._writer: UploadWriter | None = None
        self._read = 0
        self._parts = 0
        self._whole = False

    async def receive(self) -> FormWithFiles:
        """All of it."""
        parser = MultipartParser(_boundary(self._request), self._callbacks())  # type: ignore[arg-type]
        try:
            async for chunk in self._request.stream():
                parser.write(chunk)
                for what, data in self._taken():
                    await self._on(what, data)
            if not self._whole:
                raise InputError(Code.BAD_FORM)
        except (FormParserError, UnicodeDecodeError, ClientDisconnect) as error:
            await self._drop()
            raise InputError(Code.BAD_FORM) from error
        except BaseException:
            await self._drop()
            raise
        require_token(self._who, self._came.texts)
        return self._came

    def _callbacks(self) -> dict[str, object]:
        def of(what: str) -> object:
            return lambda data, start, end: self._events.append((what, data[start:end]))

        def mark(what: str) -> object:
            return lambda: self._events.append((what, b""))

        return {
            "on_part_begin": mark("begin"),
            "on_header_field": of("field"),
            "on_header_value": of("value"),
            "on_header_end": mark("header"),
            "on_headers_finished": mark("headers"),
            "on_part_data": of("data"),
            "on_part_end": mark("end"),
            "on_end": mark("whole"),
        }

    def _taken(self) -> list[tuple[str, bytes]]:
        taken, self._events = self._events, []
        return taken

    async def _on(self, what: str, data: bytes) -> None:
        match what:
            case "begin":
                self._parts += 1
                if self._parts > MOST:
                    raise InputError(Code.BAD_FORM)
                self._headers, self._header = {}, [b"", b""]
            case "field":
                self._header[0] += data
            case "value":
                self._header[1] += data
            case "header":
                name, value = self._header
                self._headers = {**self._headers, name.lower(): value}
                self._header = [b"", b""]
            case "headers":
                await self._open()
            case "data" if self._writer is not None:
                await self._write(self._writer, bytes(data))
            case "data" if self._text is not None:
                self._read += len(data)
                if self._read > LARGEST:
                    raise InputError(Code.BAD_FORM)
                self._text += data
            case "end":
                await self._close()
            case "whole":
                self._whole = True

    async def _open(self) -> None:
        _, said = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = said.get(b"name", b"").decode()
        self._text, self._writer = None, None
        if b"filename" not in said:
            self._text = bytearray()
        elif said[b"filename"]:
            # Nothing is kept of a form that isn't this session's: its token comes first.
            require_token(self._who, self._came.texts)
            name = said[b"filename"].decode()
            self._writer = await self._who.process.file(lambda: self._uploads.begin(name))

    async def _write(self, writer: UploadWriter, piece: bytes) -> None:
        try:
            await self._who.process.file(lambda: writer.write(piece))
        except InputError as error:
            await self._refused(writer, error)

    async def _refused(self, writer: UploadWriter, error: InputError) -> None:
        self._writer = None
        await self._who.process.file(writer.drop)
        self._came.refused.setdefault(self._name, []).append(error)

    async def _close(self) -> None:
        if (writer := self._writer) is not None:
            try:
                upload = await self._who.process.file(writer.end)
            except InputError as error:
                await self._refused(writer, error)
                return
            self._writer = None
            self._came.files.setdefault(self._name, []).append(upload)
        elif self._text is not None:
            self._came.texts.setdefault(self._name, []).append(plain(self._text.decode()))
            self._text = None

    async def _drop(self) -> None:
        if self._writer is not None:
            await self._who.process.file(self._writer.drop)
        came, uploads = self._came.files, self._uploads
        await self._who.process.file(lambda: _away(uploads, came))


def _boundary(request: Request) -> bytes:
    _, said = parse_options_header(request.headers["content-type"].encode("latin-1"))
    if not said.get(b"boundary"):
        raise InputError(Code.BAD_FORM)
    return said[b"boundary"]


def given_files(files: Mapping[str, Sequence[Upload]]) -> dict[str, list[GivenFile]]:
    """The files of each field, as forms are filled in with them."""
    return {name: [GivenFile(one.sha256, one.name) for one in many] for name, many in files.items()}


def incoming(who: Who, case: str | None, files: Mapping[str, Sequence[Upload]]) -> Incoming:
    """What has come, for an act that keeps it."""
    settings = who.process.settings
    uploads, found = Uploads(settings, case), Incoming(settings.largest_file)
    for upload in (one for many in files.values() for one in many):
        found.take(upload.sha256, uploads.source(upload))
    return found


async def drop(who: Who, case: str | None, files: Mapping[str, Sequence[Upload]]) -> None:
    """The case has them now."""
    uploads = Uploads(who.process.settings, case)
    await who.process.file(lambda: _away(uploads, files))


def _away(uploads: Uploads, files: Mapping[str, Sequence[Upload]]) -> None:
    for upload in (one for many in files.values() for one in many):
        uploads.drop(upload)
