"""One process that runs many command lines, one JSON array a line: what a command says, as JSON.

A process for each of hundreds of lines would spend its time on starting; this one runs the same
function that `yishen` does.
"""

import contextlib
import io
import json
import sys

from cli.frame.app import run


def main() -> None:
    """Answer each line of standard input until it ends."""
    answers = sys.stdout
    for line in sys.stdin:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = run(json.loads(line))
            except BaseException as error:
                code = -1
                print(f"Traceback: {error!r}", file=sys.stderr)
        out.flush()
        said = out.buffer.getvalue().decode()
        print(json.dumps([code, said, err.getvalue()]), file=answers, flush=True)


if __name__ == "__main__":
    main()
