"""The long run: `python -m tests.oracle.long [--counts N] [--seed N]`, a million by default.

Prints each difference as it is found, then one JSON object.
"""

import argparse
import json
import sys
import time
from itertools import chain
from secrets import randbelow

from tests.oracle import run


def main() -> int:
    """0 when the two never differed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--counts", type=int, default=1_000_000)
    options.add_argument("--cases", type=int, default=20_000, help="whole cases, beside")
    options.add_argument("--seed", type=int, default=randbelow(10**9))
    chosen = options.parse_args()
    begun, found = time.process_time(), 0
    counts = run.differences(chosen.seed, chosen.counts)
    for difference in chain(counts, run.whole_differences(chosen.seed, chosen.cases)):
        found += 1
        print(difference, flush=True)
    spent = round(time.process_time() - begun)
    print(json.dumps({**vars(chosen), "differences": found, "seconds": spent}))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
