"""Free ports on loopback, and whether one answers."""

import random
import socket
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"
# Below the range from which systems take ports for outgoing connections (Linux: 32768 on,
# others: 49152 on): a port found free there could be taken by the next outgoing connection.
FIRST, LAST = 20_000, 32_000


def free_ports(count: int) -> list[int]:
    """`count` different ports nobody listens on. RuntimeError when there are none left."""
    chooser = random.SystemRandom()
    found: list[int] = []
    with ExitStack() as held:  # all held until the last is found, so none comes twice
        for port in chooser.sample(range(FIRST, LAST), LAST - FIRST):
            if len(found) == count:
                return found
            listener = held.enter_context(socket.socket())
            try:
                listener.bind((LOOPBACK, port))
            except OSError:
                continue
            found.append(port)
    raise RuntimeError(f"no {count} free ports between {FIRST} and {LAST}")


def answers(port: int) -> bool:
    """Whether something accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0
