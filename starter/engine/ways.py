"""The ways to an engine, in order. Each is a small function that finds it or says why not."""

import shutil
from pathlib import Path

from temporalio.envconfig import ClientConfigProfile

from domain.errors import Code, InputError, Unreachable
from starter.engine.launch import Binary
from starter.engine.making import Missing, OnProgress, cached, silent
from starter.engine.paths import DataFolder
from starter.engine.record import Way, read_origin


def configured() -> ClientConfigProfile | None:
    """Way 1: the server named by TEMPORAL_ADDRESS or a profile; None when none is named.

    Raises InputError(temporal_profile) when the configuration can't be read.
    """
    try:
        profile = ClientConfigProfile.load()
    except RuntimeError as error:
        raise InputError(Code.TEMPORAL_PROFILE, detail=error) from error
    return profile if profile.address else None


def on_path() -> Binary | Missing:
    """Way 2: the Temporal command-line tool on the PATH, with its dev server."""
    found = shutil.which("temporal")
    if found is None:
        return Missing(Way.ON_PATH, "not_on_path")
    return Binary("dev", Path(found))


async def downloaded(on_progress: OnProgress) -> Binary | Missing:
    """Way 4: the SDK's own download of the dev server."""
    from starter.engine.download import download

    return await download(on_progress)


async def built(on_progress: OnProgress) -> Binary | Missing:
    """Way 5: build the official server through the Go module proxy, into the cache."""
    from starter.engine.build import build

    return await build(on_progress)


def order(folder: DataFolder, *, isolated: bool) -> list[Way]:
    """Ways 2 to 5 in the order to try.

    A database that the production server made is opened by it again, even if the command-line
    tool has come onto the PATH since: the tool may carry an older server.
    """
    if isolated:
        return [Way.CACHED, Way.DOWNLOADED, Way.BUILT]
    ways = [Way.ON_PATH, Way.CACHED, Way.DOWNLOADED, Way.BUILT]
    origin = read_origin(folder.origin)
    if origin is not None and folder.database.exists() and origin.way in (Way.CACHED, Way.BUILT):
        ways.remove(Way.CACHED)
        ways.insert(0, Way.CACHED)
    return ways


async def find(way: Way, on_progress: OnProgress = silent) -> Binary | Missing:
    """Try one of the ways 2 to 5."""
    match way:
        case Way.ON_PATH:
            return on_path()
        case Way.CACHED:
            return cached()
        case Way.DOWNLOADED:
            return await downloaded(on_progress)
        case Way.BUILT:
            return await built(on_progress)
        case Way.CONFIGURED:
            raise ValueError("a configured server is used, not started")


def none_left(missing: list[Missing]) -> Unreachable:
    """Way 6: one error naming what was tried and why each was not open."""
    tried = "; ".join(
        f"{gap.way}: {gap.why}" + (f" ({gap.detail})" if gap.detail else "") for gap in missing
    )
    return Unreachable(Code.ENGINE_NOT_FOUND, tried=tried)
