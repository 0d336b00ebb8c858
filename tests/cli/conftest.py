"""The command line as a program of its own, and a whole system that it runs."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from communique.machine.plan import SERVICES
from communique.machine.redis_server import RedisServer

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT / "seeds"
STARTED_WITHIN = 40.0  # seconds, on a busy machine


def clean_environment(**given: str) -> dict[str, str]:
    """Return the environment without settings of ours, but for those given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"} | given


def communique(
    *arguments: str | Path, cwd: Path, timeout: float = 60, **given: str
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "communique", *map(str, arguments)],
        cwd=cwd,
        env=clean_environment(**given),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def free_ports(count: int) -> list[int]:
    """Return ports that nobody holds just now."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def port_options() -> list[str]:
    """Return options that give every service a port of its own."""
    ports = free_ports(len(SERVICES))
    return [part for s, p in zip(SERVICES, ports, strict=True) for part in (f"--{s}-port", str(p))]


def until(condition: Callable[[], Any], within: float = 20.0) -> Any:
    """Return what a condition gives once it gives something; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while not (given := condition()):
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)
    return given


@dataclass
class Launched:
    """A system under `communique up`, in a folder of its own."""

    folder: Path
    process: subprocess.Popen[str]

    @property
    def facts(self) -> dict[str, Any]:
        """What `up` tells other commands."""
        told: dict[str, Any] = json.loads((self.folder / "var/run.json").read_text())
        return told

    def family(self) -> dict[str, psutil.Process]:
        """Return the children by name: the services and redis."""
        found = {}
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                name = child.name()  # each service is shown under its name
                found["redis" if "-server" in name else name] = child
        return {name: found[name] for name in (*SERVICES, "redis") if name in found}

    def run(self, *arguments: str | Path, **given: str) -> subprocess.CompletedProcess[str]:
        """Run a command beside it."""
        return communique(*arguments, cwd=self.folder, timeout=60, **given)

    def end(self) -> tuple[int, str]:
        """Ask it to end; return exit code and what it said."""
        self.process.send_signal(signal.SIGTERM)
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextlib.contextmanager
def launched(folder: Path, *options: str, **given: str) -> Iterator[Launched]:
    """Run `communique up` in a folder until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "communique", "up", *(options or port_options())],
        cwd=folder,
        env=clean_environment(**given),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    system = Launched(folder, process)
    try:
        until(lambda: (folder / "var/run.json").exists() or process.poll(), STARTED_WITHIN)
        assert process.poll() is None, process.communicate()[0]
        yield system
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def system(
    tmp_path_factory: pytest.TempPathFactory, redis_server: RedisServer
) -> Iterator[Launched]:
    """One running system a module; asked for after `redis_server`, so that a server is there."""
    with launched(tmp_path_factory.mktemp("system")) as running:
        yield running
