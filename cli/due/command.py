"""The command: a batch on standard input, or one case given by options."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import texts
from cli.frame import show
from domain.errors import Code, InputError, YishenError
from domain.words import shown
from office.due.line import answer, answer_line, failed, message
from texts.citations import cited

VALUES = (
    "--received",
    "--channel",
    "--statute",
    "--variant",
    "--as-of",
    "--period",
    "--from",
    "--event",
    "--policy",
    "--lang",
    "--data",
)
MANY = ("--event", "--policy")

_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(slots=True)
class Options:
    """What stood on the command line. `one`: the options of a single case, by name."""

    lang: str
    as_json: bool = False
    wants_help: bool = False
    one: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)

    @property
    def single(self) -> bool:
        """Whether one case is asked for; else standard input is read."""
        return bool(self.one or self.events or self.policy)


def run(argv: Sequence[str]) -> int:
    """Run `yishen due`; its exit code."""
    options = Options(texts.language())
    try:
        _read(argv, options)
        if options.wants_help or not (options.single or not sys.stdin.isatty()):
            print(texts.text(options.lang, "due.help"))
            return 0
        if options.single:
            return _single(options)
        return batch(sys.stdin.buffer, sys.stdout.buffer, options.lang)
    except YishenError as error:
        return _fail(error, options)
    except BrokenPipeError:  # the reader has had enough
        return 0
    except KeyboardInterrupt:
        return 130


def _read(argv: Sequence[str], options: Options) -> None:
    rest = list(argv)
    if "--json" in rest:  # before any complaint, which follows it
        options.as_json = True
    while rest:
        flag, equals, value = rest.pop(0).partition("=")
        if flag in ("--help", "-h", "--json"):
            options.wants_help = options.wants_help or flag != "--json"
            continue
        if flag not in VALUES:
            raise _usage(options, "unknown_option", flag)
        if not equals:
            if not rest or rest[0].startswith("--"):
                raise _usage(options, "value_missing", flag)
            value = rest.pop(0)
        if flag == "--lang":
            options.lang = texts.language(value)
        elif flag in MANY:
            (options.events if flag == "--event" else options.policy).append(value)
        elif flag != "--data":  # the data folder plays no part here
            options.one[flag] = value


def batch(source: BinaryIO, sink: BinaryIO, lang: str) -> int:
    """One answer a line, in order; 2 when any line has none. An empty line is no question and
    gets its error too, so that lines and answers keep step."""
    code = 0
    for number, raw in enumerate(source, start=1):
        found = answer_line(raw, number, lang)
        if not found["ok"]:
            code = 2
        sink.write(_encode(found) + b"\n")
        sink.flush()
    return code


def _encode(found: dict[str, Any]) -> bytes:
    return shown(_ENCODER.encode(found)).encode("utf-8", "backslashreplace")


OF_A_PERIOD = {"--period": "period", "--from": "from"}


def _single(options: Options) -> int:
    found = answer(_line(options))
    if options.as_json:
        sys.stdout.buffer.write(_encode(found) + b"\n")
    else:
        from cli.due.table import print_answer, print_period

        if "start" in found:
            print_period(found, options.lang)
        else:
            print_answer(found, options.lang, dated="--as-of" in options.one)
    return 0


def _line(options: Options) -> dict[str, Any]:
    """The options as the line of a batch."""
    if OF_A_PERIOD.keys() & options.one.keys():
        for flag in options.one.keys() - OF_A_PERIOD.keys():
            raise _usage(options, "not_with_period", flag)
        return {OF_A_PERIOD[flag]: given for flag, given in options.one.items()}
    line: dict[str, Any] = {
        "received": options.one.get("--received"),
        "channel": options.one.get("--channel"),
        "statute": options.one.get("--statute"),
        "variant": options.one.get("--variant"),
        "as_of": options.one.get("--as-of"),
        "events": [event_entry(text, options) for text in options.events],
        "policy": dict(_pair(text, "--policy", options) for text in options.policy),
    }
    line["policy"] = {name: _value(value) for name, value in line["policy"].items()}
    return line


def event_entry(text: str, options: Options) -> dict[str, Any]:
    """KIND=DATE[,FIELD=VALUE]… as the event of a line."""
    head, *more = text.split(",")
    kind, day = _pair(head, "--event", options)
    fields = (_pair(piece, "--event", options) for piece in more)
    entry: dict[str, Any] = {"kind": kind, "at": day}
    for name, value in fields:
        if name in entry:
            raise _usage(options, "bad_pair", text)
        entry[name] = value if name == "ref" else _value(value)
    return entry


def _pair(text: str, flag: str, options: Options) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise _usage(options, "bad_pair", f"{flag} {text}")
    return name, value


def _value(text: str) -> Any:
    """A number, true or false where the text is one; else the text."""
    if text.lstrip("-").isdecimal() and text.isascii():
        return int(text)
    return {"true": True, "false": False}.get(text, text)


def _usage(options: Options, what: str, given: str) -> InputError:
    detail = texts.text(options.lang, f"due.usage.{what}", given=given)
    return InputError(Code.USAGE, detail=detail, help="yishen due --help")


def _fail(error: YishenError, options: Options) -> int:
    if options.as_json:
        sys.stdout.buffer.write(_encode(failed(error, options.lang)) + b"\n")
    else:
        source = f" [{cited(options.lang, error.article)}]" if error.article else ""
        show.note(f"{error.code}: {message(error, options.lang)}{source}")
    return error.exit_code
