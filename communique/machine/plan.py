"""What runs on one machine: the four services, their ports, and what each is told."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field, replace
from pathlib import Path

from communique.environment import setting
from communique.machine.ports import HOST, error_of, free_port
from communique.running import CannotStartError

# In the order in which a start is quickest: store migrates, the others load.
SERVICES = ("store", "extract", "notify", "ingest")
DEFAULT_PORTS = {"store": 8000, "notify": 8001, "ingest": 8002, "extract": 8003}


@dataclass(frozen=True, slots=True)
class Plan:
    """One machine's system: the watched folder, the folder for its data, a port a service."""

    inbox: Path
    var: Path
    ports: dict[str, int] = field(default_factory=lambda: dict(DEFAULT_PORTS))

    def url(self, service: str) -> str:
        """Return the address of a service's API."""
        return f"http://{HOST}:{self.ports[service]}"

    def log(self, service: str) -> Path:
        """Return the file that keeps a service's log."""
        return self.var / "log" / f"{service}.log"

    def environment(self, service: str, redis_url: str) -> dict[str, str]:
        """Return all that a service is told; the rest of our environment goes along."""
        var, own = self.var.resolve(), self._own(service)
        return {
            **os.environ,
            "COMMUNIQUE_REDIS_URL": redis_url,
            "COMMUNIQUE_HOST": HOST,
            "COMMUNIQUE_PORT": str(self.ports[service]),
            "COMMUNIQUE_WORKER": socket.gethostname()[:90],
            "COMMUNIQUE_INBOX": str(self.inbox.resolve()),
            "COMMUNIQUE_STATE": str(var / "ingest"),
            "COMMUNIQUE_CLAIM_AFTER": "10",
            "COMMUNIQUE_LOG_FORMAT": "json",
            "COMMUNIQUE_STORE_URL": self.url("store"),
            "COMMUNIQUE_NOTIFY_URL": self.url("notify"),
            **own,
        }

    def _own(self, service: str) -> dict[str, str]:
        var = self.var.resolve()
        if service == "store":
            return {
                "COMMUNIQUE_DATABASE_URL": f"sqlite:///{var / 'store.db'}",
                "COMMUNIQUE_PUBLIC_URL": self.url("store"),
            }
        if service == "notify":
            return {
                "COMMUNIQUE_DATABASE_URL": f"sqlite:///{var / 'notify.db'}",
                "COMMUNIQUE_WEBHOOK_ALLOW": ",".join(_allowed()),
            }
        return {}


def _allowed() -> list[str]:
    """Return where webhooks may go: listeners on this machine, and what the environment adds."""
    return ["127.0.0.0/8", "::1/128", *filter(None, [setting("WEBHOOK_ALLOW")])]


def check_ports(plan: Plan) -> None:
    """Refuse a port that another program holds, before anything is started."""
    for service, port in plan.ports.items():
        if error := error_of(port):
            raise CannotStartError(
                f"port {port} for {service} cannot be used ({error}): "
                f"give another with --{service}-port"
            )


def evade(plan: Plan) -> Plan:
    """Return the plan with free ports in place of those that other programs hold."""
    ports = {s: free_port() if error_of(port) else port for s, port in plan.ports.items()}
    return replace(plan, ports=ports)
