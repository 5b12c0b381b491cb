"""A worker for the tests of `up`: polls the product's queue; says when it stopped gracefully.

With YISHEN_DATA/die-early present it exits at once, with code 7.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from temporalio import workflow
from temporalio.worker import Worker

from workflows.messages import TASK_QUEUE


@workflow.defn
class Nothing:
    """A workflow that ends at once."""

    @workflow.run
    async def run(self) -> str:
        return "done"


async def main() -> None:
    """Poll until SIGTERM."""
    # Here: what stands above is imported anew for the run, and that doesn't suit a database.
    from starter.engine.client import connect

    folder = Path(os.environ["YISHEN_DATA"])
    (folder / "worker.pid").write_text(str(os.getpid()))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    client = await connect(None)
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[Nothing]):
        await stop.wait()
    (folder / "worker.stopped").write_text("gracefully")


if __name__ == "__main__":
    if (Path(os.environ["YISHEN_DATA"]) / "die-early").exists():
        sys.exit(7)
    asyncio.run(main())
    sys.stdout.flush()
    os._exit(0)
