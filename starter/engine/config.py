"""Configuration of the server we start: one process, SQLite, loopback, ports of its own.

Written as JSON, which is YAML too.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from starter.engine.certificates import for_server
from starter.engine.ports import LOOPBACK, free_ports

# The dev server of way 2 and 4 makes its database with one shard; the number is fixed when the
# database is made, and the server reads it from there afterwards.
HISTORY_SHARDS = 4


@dataclass(frozen=True, slots=True)
class Ports:
    """One gRPC and one membership port for each of the four services."""

    frontend: int
    history: int
    matching: int
    worker: int
    frontend_membership: int
    history_membership: int
    matching_membership: int
    worker_membership: int

    @classmethod
    def choose(cls) -> "Ports":
        """Eight ports free at this moment."""
        return cls(*free_ports(8))


def dynamic_config(*, time_skipping: bool) -> dict[str, object]:
    """Dynamic settings as flat key -> value. `time_skipping` lets a caller jump any workflow.

    Limits on updates stay the server's own (10 in flight and 2000 in all per run): a case must
    live within them on a cluster too, and a test must notice when it doesn't.
    """
    settings: dict[str, object] = {
        # Else lists by search attribute fail for 20 s after the first start.
        "system.forceSearchAttributesCacheRefreshOnRead": True,
        # Each list reads them anew: a machine of its own needs no bound of 2000 a second, which
        # thousands of cases that go on at once come up to.
        "frontend.persistenceMaxQPS": 20_000,
        # A run whose tasks fail again and again is listed as one that does: see starter.troubles.
        "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": 2,
        # Services that find each other ask for the certificate there too.
        "system.enableRingpopTLS": True,
        # An office's machine does not call home.
        "frontend.enableServerVersionCheck": False,
    }
    if time_skipping:
        settings |= {
            "frontend.WorkflowTimeSkippingEnabled": True,
            # A timer crossed takes 0.03 to 0.1 s with these two, else 1 s.
            "history.timerProcessorMaxTimeShift": "20ms",
            "history.timerProcessorMaxPollRPS": 200,
        }
    return settings


def server_config(
    database: str, ports: Ports, dynamic: Path, certificates: Path
) -> dict[str, object]:
    """Static configuration of `server start`: all services, loopback only, each port closed to who
    doesn't show the certificate; no HTTP, no pprof.

    `database`: file name in the folder the server runs in; of a whole path the server would make a
    URL, in which `?` and `%` mean something else.
    """

    def service(port: int, membership: int) -> dict[str, object]:
        return {"rpc": {"grpcPort": port, "membershipPort": membership, "bindOnIP": LOOPBACK}}

    frontend = f"{LOOPBACK}:{ports.frontend}"
    return {
        "log": {"stdout": True, "level": "warn", "format": "json"},
        "persistence": {
            "defaultStore": "main",
            "visibilityStore": "main",
            "numHistoryShards": HISTORY_SHARDS,
            "datastores": {
                "main": {
                    "sql": {
                        "pluginName": "sqlite",
                        "databaseName": database,
                        "connectAddr": "localhost",
                        "connectProtocol": "tcp",
                        "connectAttributes": {
                            "setup": "true",
                            "journal_mode": "wal",
                            "synchronous": "2",
                        },
                        "maxConns": 1,
                        "maxIdleConns": 1,
                    }
                }
            },
        },
        "global": {
            "membership": {"maxJoinDuration": "30s", "broadcastAddress": LOOPBACK},
            "tls": for_server(certificates),
        },
        "services": {
            "frontend": service(ports.frontend, ports.frontend_membership),
            "history": service(ports.history, ports.history_membership),
            "matching": service(ports.matching, ports.matching_membership),
            "worker": service(ports.worker, ports.worker_membership),
        },
        "clusterMetadata": {
            "enableGlobalNamespace": False,
            "failoverVersionIncrement": 10,
            "masterClusterName": "active",
            "currentClusterName": "active",
            "clusterInformation": {
                "active": {
                    "enabled": True,
                    "initialFailoverVersion": 1,
                    "rpcName": "frontend",
                    "rpcAddress": frontend,
                }
            },
        },
        "dcRedirectionPolicy": {"policy": "noop"},
        "archival": {"history": {"state": "disabled"}, "visibility": {"state": "disabled"}},
        "publicClient": {"hostPort": frontend},
        "dynamicConfigClient": {"filepath": str(dynamic), "pollInterval": "60s"},
    }


def write_config(
    folder: Path, database: str, ports: Ports, certificates: Path, *, time_skipping: bool
) -> Path:
    """Write both files into `folder`; the path of the static one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    dynamic = folder / "dynamic.yaml"
    static = folder / "server.yaml"
    rules = {
        key: [{"value": value}]
        for key, value in dynamic_config(time_skipping=time_skipping).items()
    }
    dynamic.write_text(json.dumps(rules, indent=1), encoding="utf-8")
    config = server_config(database, ports, dynamic, certificates)
    static.write_text(json.dumps(config, indent=1), encoding="utf-8")
    return static


def server_environment() -> dict[str, str]:
    """Our environment without what the server would read as its own configuration; its memory is
    cleared up at half as much garbage as it would by itself, unless GOGC says otherwise."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TEMPORAL_") and name not in ("DB", "SERVICES", "NUM_HISTORY_SHARDS")
    }
    return {"GOGC": "50", **kept}
