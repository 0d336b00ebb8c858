"""The launcher's side of the nursery: services started as its forks, and waited for."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
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
        self._life: _Life | None = None
        self._turn = asyncio.Lock()

    async def start(self, name: str, environment: dict[str, str], log: Path) -> Fork:
        """Start a service, its output appended to `log`. Use from the main thread only.

        ConnectionResetError: the nursery died meanwhile; the next call starts another.
        """
        async with self._turn:
            if self._life is None or self._life.is_over:
                self._life = await _Life.begin()
            life = self._life
        return await life.start(name, environment, log)

    async def close(self) -> None:
        """End it; whatever still lives of its forks, the kernel ends."""
        if self._life is not None:
            await self._life.close()


@dataclass
class _Life:
    """One process of the nursery, what it has been asked for, and its forks by process id.

    All of it ends with that process: nothing of it may reach the one that is started next.
    """

    process: asyncio.subprocess.Process
    awaited: dict[str, asyncio.Future[Fork]] = field(default_factory=dict)
    forks: dict[int, Fork] = field(default_factory=dict)
    is_over: bool = False

    @classmethod
    async def begin(cls) -> _Life:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "communique.machine.nursery",
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a thread would not be forked
            stdin=pipe,
            stdout=pipe,
            start_new_session=True,
            preexec_fn=tethered(signal.SIGKILL),
        )
        life = cls(process)
        life.listening = asyncio.create_task(life.listen())
        return life

    def __post_init__(self) -> None:
        self.listening: asyncio.Task[None] | None = None

    async def start(self, name: str, environment: dict[str, str], log: Path) -> Fork:
        if self.is_over:
            raise ConnectionResetError("the nursery ended")
        awaited = self.awaited[name] = asyncio.get_running_loop().create_future()
        request = {"start": name, "environment": environment, "log": str(log)}
        assert self.process.stdin is not None  # noqa: S101 - a pipe, as asked for above
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        fork: Fork = await awaited
        return fork

    async def listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - a pipe, as asked for above
        async for line in self.process.stdout:
            told = json.loads(line)
            if "started" in told:
                fork = Fork(told["pid"], asyncio.get_running_loop().create_future())
                self.forks[fork.pid] = fork
                awaited = self.awaited.pop(told["started"])
                if not awaited.done():
                    awaited.set_result(fork)
            elif told["ended"] in self.forks:
                self.forks.pop(told["ended"]).ended.set_result(told["code"])
        self.is_over = True  # before anything else may run: nobody asks a dead one for a fork
        self.lose_all()
        await self.process.wait()

    def lose_all(self) -> None:
        """It is gone, and the kernel has ended every fork of it."""
        for fork in self.forks.values():
            fork.ended.set_result(-signal.SIGKILL)
        for waiting in self.awaited.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("the nursery ended"))

    async def close(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.listening is not None:
            await self.listening
