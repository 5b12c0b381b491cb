"""Way 4: let the SDK download the dev server it knows."""

import asyncio
import os
import shutil
from pathlib import Path

import temporalio.service
from temporalio.testing import WorkflowEnvironment

from starter.engine.launch import Binary
from starter.engine.making import MakingProgress, Missing, OnProgress
from starter.engine.paths import cache_folder
from starter.engine.record import Way

# A download takes seconds; a network that drops packets must not hang a start for ever.
SECONDS = 180


def download_folder() -> Path:
    """Where the SDK of this version puts its dev server."""
    return cache_folder() / f"temporal-dev-{temporalio.service.__version__}"


def downloaded_before() -> Path | None:
    """The dev server of an earlier download, if there is one."""
    folder = download_folder()
    if not folder.is_dir():
        return None
    files = [path for path in folder.iterdir() if path.is_file() and os.access(path, os.X_OK)]
    return max(files, key=lambda path: path.stat().st_mtime, default=None)


async def download(on_progress: OnProgress) -> Binary | Missing:
    """The dev server, downloaded if need be; Missing where the internet can't be reached.

    The SDK downloads only while starting one, so one is started on nothing and stopped; ours is
    started the way all are: tethered, on the data folder.
    """
    found = downloaded_before()
    if found is None:
        on_progress(MakingProgress("download"))
        folder = download_folder()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            async with asyncio.timeout(SECONDS):
                started = await WorkflowEnvironment.start_local(download_dest_dir=str(folder))
                await started.shutdown()
        except (RuntimeError, TimeoutError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            return Missing(Way.DOWNLOADED, "download_refused", _short(error))
        found = downloaded_before()
    if found is None:
        return Missing(Way.DOWNLOADED, "download_refused", str(download_folder()))
    return Binary("dev", found)


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:300]
