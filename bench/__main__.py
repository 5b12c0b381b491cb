"""Runs every benchmark, or those named: `python -m bench [NAME]…`. Each module with a
`run() -> dict` is one; it prints one JSON object."""

import importlib
import json
import pkgutil
import sys
from collections.abc import Sequence

import bench


def main(wanted: Sequence[str]) -> int:
    """Run and print; 2 for a name that is no benchmark."""
    names = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name != "__main__")
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    for name in wanted or names:
        module = importlib.import_module(f"bench.{name}")
        if hasattr(module, "run"):
            print(json.dumps({"bench": name, **module.run()}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
