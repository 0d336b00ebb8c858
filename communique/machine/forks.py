"""The launcher's side of the nursery: services started as its forks, and waited for."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from communique.machine.tether import tethered


@dataclass(frozen=True, slots=True)
class Fork:
    """A service's process. `ended` is done with its exit code; a negative one is a signal."""

    pid: int
    ended: asyncio.Future[int]

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it still lives."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Nursery:
    """The process that services come from; started when it is needed, and again when it died."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._awaited: dict[str, asyncio.Future[Fork]] = {}
        self._forks: dict[int, Fork] = {}
        self._turn = asyncio.Lock()

    async def start(self, name: str, environment: dict[str, str], log: Path) -> Fork:
        """Start a service, its output appended to `log`. Use from the main thread only."""
        async with self._turn:
            process = await self._running()
            awaited = self._awaited[name] = asyncio.get_running_loop().create_future()
            request = {"start": name, "environment": environment, "log": str(log)}
            assert process.stdin is not None  # noqa: S101 - a pipe, as asked for below
            process.stdin.write(json.dumps(request).encode() + b"\n")
        fork: Fork = await awaited
        return fork

    async def close(self) -> None:
        """End it; whatever still lives of its forks, the kernel ends."""
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        await self._process.wait()
        if self._listening is not None:
            await self._listening

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            pipe = asyncio.subprocess.PIPE
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "communique.machine.nursery",
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a thread would not be forked
                stdin=pipe,
                stdout=pipe,
                start_new_session=True,
                preexec_fn=tethered(signal.SIGKILL),
            )
            self._listening = asyncio.create_task(self._listen(self._process))
        return self._process

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101 - a pipe, as asked for above
        async for line in process.stdout:
            told = json.loads(line)
            if "started" in told:
                fork = Fork(told["pid"], asyncio.get_running_loop().create_future())
                self._forks[fork.pid] = fork
                self._awaited.pop(told["started"]).set_result(fork)
            elif told["ended"] in self._forks:
                self._forks.pop(told["ended"]).ended.set_result(told["code"])
        await process.wait()
        self._lose_all()

    def _lose_all(self) -> None:
        """The nursery is gone, and the kernel has ended every fork of it."""
        forks, self._forks = self._forks, {}
        for fork in forks.values():
            fork.ended.set_result(-signal.SIGKILL)
        awaited, self._awaited = self._awaited, {}
        for waiting in awaited.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("the nursery ended"))
