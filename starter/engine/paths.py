"""Where the engine keeps its things: the data folder of an installation, the user's cache."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

SERVER_VERSION = "1.32.2"
"""Version of the Temporal server we cache and build; its folder in the cache carries it."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The engine's files in one data folder. The register's files beside them are not ours."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> "DataFolder":
        """The folder by its absolute path: children run in other working directories."""
        return cls(path.expanduser().resolve())

    @property
    def lock(self) -> Path:
        return self.root / "engine.lock"

    @property
    def running(self) -> Path:
        """Written when the engine is ready, removed when it stops."""
        return self.root / "engine.json"

    @property
    def origin(self) -> Path:
        """Which way made the database; stays."""
        return self.root / "engine-origin.json"

    @property
    def database(self) -> Path:
        return self.root / "engine.db"

    @property
    def certificates(self) -> Path:
        """What opens the engine's ports; see `certificates`."""
        return self.root / "engine.pem"

    @property
    def log(self) -> Path:
        return self.root / "engine.log"

    @property
    def config(self) -> Path:
        """Server configuration, written anew at each start (the ports change)."""
        return self.root / "engine-config"


def cache_folder() -> Path:
    """`$XDG_CACHE_HOME/yishen`, else `~/.cache/yishen`, on every system; not created here."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG rule: a relative path is invalid and ignored.
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache"
    return root / "yishen"


def cached_server() -> Path:
    """Where the production server of our version stands, or would stand."""
    suffix = ".exe" if sys.platform == "win32" else ""
    return cache_folder() / f"temporal-server-{SERVER_VERSION}" / f"server{suffix}"


def platform_name() -> str:
    """Operating system and machine, for people: `Linux x86_64`."""
    return f"{platform.system()} {platform.machine()}"
