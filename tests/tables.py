"""A register whose tables are there when a test begins: making them anew takes ten times longer
than all that follows. The way up itself is tried in tests/register/test_migrate.py and
tests/upgrade/test_upgrade.py."""

import atexit
import functools
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from register.migrate import upgrade

REGISTER = "register.db"


def with_tables(data: Path) -> Path:
    """The SQLite file of a register with the newest tables and nothing in them, in the folder
    `data`; one that is there stays as it is."""
    file = data / REGISTER
    if not file.exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(_made(), file)
    return file


@functools.cache
def _made() -> Path:
    folder = TemporaryDirectory(prefix="yishen-tables-")
    atexit.register(folder.cleanup)
    file = Path(folder.name) / REGISTER
    upgrade(f"sqlite:///{file}")
    return file
