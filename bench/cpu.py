"""Processor time of this process and of a child: what other users of the machine don't blur."""

import os
from pathlib import Path
from time import process_time


def processor_seconds(child: int | None) -> float:
    """Seconds of processor time used so far by this process and, on Linux, by `child`."""
    return process_time() + (0 if child is None else child_seconds(child))


def child_seconds(child: int) -> float:
    """Seconds of processor time used so far by a process; 0 where the system doesn't say."""
    stat = Path(f"/proc/{child}/stat")
    if not stat.exists():
        return 0.0
    # After the name in brackets: state, then from the 14th field of all utime and stime.
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
