"""What we write for the server."""

import json
import socket
from pathlib import Path

from starter.engine.config import Ports, dynamic_config, write_config
from starter.engine.ports import LOOPBACK, answers, free_ports

FLAG = "frontend.WorkflowTimeSkippingEnabled"


def test_time_skipping_only_when_asked() -> None:
    assert FLAG not in dynamic_config(time_skipping=False)
    assert dynamic_config(time_skipping=True)[FLAG] is True


def test_loopback_only_and_no_http(tmp_path: Path) -> None:
    path = write_config(tmp_path / "c", "e.db", Ports.choose(), tmp_path / "p", time_skipping=False)
    config = json.loads(path.read_text())
    for service in config["services"].values():
        assert service["rpc"]["bindOnIP"] == LOOPBACK
        assert "httpPort" not in service["rpc"]
    assert "pprof" not in config["global"]
    for port in (config["global"]["tls"][name]["server"] for name in ("frontend", "internode")):
        assert port["requireClientAuth"] is True
    store = config["persistence"]["datastores"]["main"]["sql"]
    assert store["connectAttributes"]["synchronous"] == "2"
    assert Path(config["dynamicConfigClient"]["filepath"]).exists()


def test_ports_are_different_and_free() -> None:
    ports = free_ports(50)
    assert len(set(ports)) == 50
    with socket.create_server((LOOPBACK, 0)) as listener:
        taken = listener.getsockname()[1]
        assert answers(taken)
    assert not answers(taken)
