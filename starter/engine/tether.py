"""Run a command that can't outlive the process that started it.

    python -I -S tether.py deathsig|pipe PARENT_PID COMMAND…

`deathsig` (Linux): ask the kernel to kill us when the thread that forked us ends, then become the
command; the request survives exec. `pipe` (elsewhere): stay as the command's parent and kill it
when our standard input closes, which happens when the starter is gone, however it went.

A script of its own, standard library only: it runs between fork and exec, where `preexec_fn`
could deadlock (the SDK's threads hold locks at the moment of the fork).
"""

import os
import signal
import subprocess
import sys
import threading

PR_SET_PDEATHSIG = 1


def deathsig(parent: int, command: list[str]) -> None:
    """Become `command`, to be killed with `parent`'s main thread."""
    import ctypes

    # SIGKILL, not SIGTERM: the parent is gone, nobody would bound a slow stop, and the
    # engine's database is written through (synchronous = full), so nothing is lost.
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the request was made
        os._exit(1)
    os.execvp(command[0], command)


def pipe(command: list[str]) -> int:
    """Run `command`; pass SIGTERM on to it; kill it when standard input closes."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, close_fds=False)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    # Ctrl-C is the starter's matter; it will send SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.read(0, 1):
            pass
        child.kill()

    threading.Thread(target=watch, daemon=True).start()
    code = child.wait()
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    """See the module's text."""
    mode, parent, *command = arguments
    if mode == "deathsig":
        deathsig(int(parent), command)
    return pipe(command)


if __name__ == "__main__":
    sys.stdout.flush()
    os._exit(main(sys.argv[1:]))
