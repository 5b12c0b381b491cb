"""Install the locked packages and say how far it is: `python .ci/packages.py`, for make setup."""

import re
import subprocess
import sys
from pathlib import Path

LOCK = "requirements.lock"
INSTALL = ["install", "--disable-pip-version-check", "--progress-bar", "off", "--require-hashes"]


def main() -> int:
    """pip's own exit code; its last lines where it failed."""
    total = len(re.findall(r"^[A-Za-z0-9._-]+==", Path(LOCK).read_text(encoding="utf-8"), re.M))
    command = [sys.executable, "-m", "pip", *INSTALL, "-r", LOCK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    count, last = 0, [""]
    for line in process.stdout:
        last = [*last[-19:], line]
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            count += 1
            if sys.stdout.isatty():
                print(f"\r\x1b[K  {count}/{total} {line.split()[1]}", end="", flush=True)
            elif count % 20 == 0:
                print(f"  {count}/{total}", flush=True)
        elif line.startswith("Installing collected packages"):
            print("\r\x1b[K" * sys.stdout.isatty() + f"  {total} packages: installing", flush=True)
    code = process.wait()
    if code:
        print("".join(last), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
