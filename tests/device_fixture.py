"""Where a PKCS#11 token in software is, for tests of a master key in a device."""

import shutil
from pathlib import Path

_PLACES = ("/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")


def find_module() -> str:
    """The library of SoftHSM 2, where it and its tool are installed; else nothing."""
    if shutil.which("softhsm2-util") is None:
        return ""
    found = (Path(place) / "softhsm" / "libsofthsm2.so" for place in (*_PLACES, "/usr/local/lib"))
    return next((str(file) for file in found if file.exists()), "")
