"""Keeps one service's process alive: started, watched, restarted with fitting pauses, ended."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from communique.machine.answering import until_it_is_ready, until_it_listens
from communique.machine.backing_off import BackOff
from communique.machine.forks import Fork, Nursery
from communique.running import CannotStartError

_WRONG_SETTINGS = 2  # a service's exit code that no restart can mend
_FALSE_STARTS = 3  # restarts of a service that has never been ready, then it is given up
_LARGEST_LOG = 20 * 1024**2  # bytes; one older file is kept


class ServiceProcess:
    """One service as a process of its own, whose output goes to its log file."""

    def __init__(
        self,
        name: str,
        port: int,
        environment: dict[str, str],
        log: Path,
        tell: Callable[[str, str], None],
        nursery: Nursery,
    ) -> None:
        """Start nothing yet. `tell(service, message)` is called with what people should know."""
        self.name = name
        self.log = log
        self.was_ready = asyncio.Event()  # once, in whichever of its lives
        self.restarts = 0
        self._port = port
        self._environment = environment
        self._tell = tell
        self._nursery = nursery
        self._process: Fork | None = None
        self._up_at: float | None = None  # in its present life
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """Return the process's id, None while it is down."""
        alive = self._process is not None and not self._process.ended.done()
        return self._process.pid if alive and self._process else None

    @property
    def is_up(self) -> bool:
        """Whether it lives and listens."""
        return self.pid is not None and self._up_at is not None

    async def run(self) -> None:
        """Keep it alive until `stop`. CannotStartError if it has never been ready and cannot be."""
        back_off = BackOff()
        clock = asyncio.get_running_loop().time
        while not self._stopping:
            code = await self._live_once()
            if self._stopping:
                return
            never = not self.was_ready.is_set()
            if never and (code == _WRONG_SETTINGS or self.restarts >= _FALSE_STARTS):
                raise CannotStartError(self.last_words())
            pause = back_off.pause(code, self._up_at and clock() - self._up_at)
            self.restarts += 1
            self._tell(self.name, f"died ({describe(code)}), starts again in {pause:g} s")
            await asyncio.sleep(pause)

    async def stop(self, grace: float) -> None:
        """End it: SIGTERM, and SIGKILL when it takes longer than `grace` seconds."""
        self._stopping = True
        process = self._process
        if process is None:
            return
        process.send(signal.SIGTERM)
        try:
            await asyncio.wait_for(asyncio.shield(process.ended), grace)
        except TimeoutError:
            self._tell(self.name, "did not end in time and was killed")
            process.send(signal.SIGKILL)
            await process.ended

    def last_words(self) -> str:
        """Return the last line of its log."""
        lines = self.log.read_text("utf-8", "replace").split("\n") if self.log.exists() else []
        said = [line.strip() for line in lines if line.strip()]
        if not said:
            return f"{self.name} ended without a word: see {self.log}"
        last = said[-1]
        named = last if last.startswith(f"{self.name}:") else f"{self.name}: {last}"
        return f"{named} (see {self.log})"

    async def _live_once(self) -> int:
        shorten(self.log)
        self._up_at = None
        try:
            self._process = await self._nursery.start(self.name, self._environment, self.log)
        except ConnectionError:
            return -signal.SIGKILL
        watching = asyncio.create_task(self._note_progress(self._process.pid))
        try:
            return await asyncio.shield(self._process.ended)
        finally:
            watching.cancel()

    async def _note_progress(self, pid: int) -> None:
        await until_it_listens(pid, self._port)
        self._up_at = asyncio.get_running_loop().time()
        if not self.was_ready.is_set():
            await until_it_is_ready(self._port)
            self.was_ready.set()


def shorten(log: Path) -> None:
    """Move a log that has grown large to `NAME.log.1` and begin anew; its writer goes on."""
    if log.exists() and log.stat().st_size > _LARGEST_LOG:
        log.with_suffix(".log.1").write_bytes(log.read_bytes())
        with log.open("r+b") as file:  # emptied, not replaced: the service appends to this file
            file.truncate(0)


def describe(code: int) -> str:
    """Say in a word or two how a process ended."""
    if code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
