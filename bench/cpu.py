"""Processor time of this process and of a child: what other users of the machine don't blur."""

import os
from pathlib import Path
from time import process_time


def processor_seconds(child: int | None) -> float:
    """Seconds of processor time used so far by this process and, on Linux, by `child`."""
    used = process_time()
    stat = Path(f"/proc/{child}/stat")
    if child is not None and stat.exists():
        # After the name in brackets: state, then from the 14th field of all utime and stime.
        fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used
