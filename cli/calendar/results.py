"""What a loaded calendar did, case by case, and which versions were loaded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.calendar.words import say
from cli.frame import show
from cli.frame.words import say as say_cli
from speech.calendars import result_rows
from speech.words import term

if TYPE_CHECKING:
    from register.reads.calendars import ResultLine, VersionLine
    from speech.names import NameBook
    from workflows.messages import RevisionProgress


def note_progress(progress: "RevisionProgress") -> None:
    """How far it is, on standard error."""
    failed = len(progress.failed)
    show.note(say("progress", done=progress.done, found=progress.found, failed=failed))


def show_results(
    version: "VersionLine",
    lines: "Sequence[ResultLine]",
    names: "NameBook",
    progress: "RevisionProgress | None",
    unasked: "Sequence[str]" = (),
) -> None:
    """What the version did, case by case; who failed last, to stand out. `unasked`: what nobody
    could be asked before it was loaded."""
    if show.wants_json():
        cases = [
            {
                "case": line.case_id,
                "outcome": line.outcome,
                "moves": line.moves,
                "flags": line.warnings,
                "code": line.code,
                "attempts": line.attempts,
            }
            for line in lines
        ]
        finished = progress.finished if progress else None
        body = {"version": version.version, "loaded_by": version.loaded_by, "finished": finished}
        show.emit({**body, "applied": True, "warnings": list(unasked), "cases": cases})
        return
    by = [line.outcome for line in lines]
    counts = {name: by.count(name) for name in ("moved", "unchanged", "already_there", "failed")}
    for code in unasked:
        show.note(say_cli("act.warning", warning=term("warning", code)))
    show.line(say("result.title", version=version.version, person=names.person(version.loaded_by)))
    show.line(say("result.count", n=len(lines), **counts))
    rows = [[row.case, row.outcome, row.moves, row.flags] for row in result_rows(lines)]
    if rows:
        show.table([say(f"column.{c}") for c in ("case", "outcome", "moves", "flags")], rows)


def show_versions(lines: "Sequence[VersionLine]", packaged: str) -> None:
    """All versions loaded, newest last."""
    if show.wants_json():
        fields = ("version", "edition", "kind", "name", "organ", "department", "notice")
        rows = [
            {f: getattr(line, f) for f in (*fields, "loaded_at", "loaded_by")} for line in lines
        ]
        show.emit({"packaged": packaged, "versions": rows})
        return
    show.line(say("versions.packaged", version=packaged))
    table = [
        [
            line.version,
            say(f"kind.{line.kind}"),
            "/".join(filter(None, (line.organ, line.department))) or line.name,
            f"{line.loaded_at:%Y-%m-%d}",
            line.loaded_by or "",
            line.notice,
        ]
        for line in lines
    ]
    if table:
        keys = ("version", "kind", "of", "loaded", "by_whom", "notice")
        show.table([say(f"column.{key}") for key in keys], table)
