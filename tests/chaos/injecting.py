"""Doing the faults of a schedule to a running system, and noting how long it took to recover."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field

import aiohttp
import psutil
from redis.exceptions import RedisError

from tests.chaos.faults import SERVICES, Fault
from tests.chaos.system import UnderTest

_PATIENCE = 30.0  # seconds that a target may be down before a fault is given up
_LOOK_EVERY = 0.1  # seconds


@dataclass
class Injector:
    """Does faults; `done` are those that took place, `kills` when, and `ready_after` in seconds."""

    system: UnderTest
    told: Callable[[str], None]
    done: Counter[str] = field(default_factory=Counter)
    missed: list[Fault] = field(default_factory=list)
    kills: list[tuple[float, str]] = field(default_factory=list)
    ready_after: list[tuple[str, float]] = field(default_factory=list)
    _recovering: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self, faults: Sequence[Fault]) -> None:
        """Do all faults at their times, and wait until what was killed is ready again."""
        started = time.monotonic()
        timeout = aiohttp.ClientTimeout(total=3)
        async with aiohttp.ClientSession(timeout=timeout) as http, asyncio.TaskGroup() as tasks:
            for fault in faults:
                await asyncio.sleep(max(started + fault.at - time.monotonic(), 0))
                tasks.create_task(self._do(fault, http))
            await asyncio.sleep(0)
        await asyncio.gather(*self._recovering.values(), return_exceptions=True)

    async def _do(self, fault: Fault, http: aiohttp.ClientSession) -> None:
        self.told(str(fault))
        try:
            async with asyncio.timeout(_PATIENCE):
                match fault.act:
                    case "kill":
                        await self._kill(fault.target, http)
                    case "pause":
                        await self._pause(fault.target, fault.seconds)
                    case "lock":
                        await asyncio.to_thread(self._lock, fault.target, fault.seconds)
                    case _:
                        await self._forget(fault)
        except TimeoutError:
            self.missed.append(fault)
            return
        name = f"kill {fault.target}" if fault.act == "kill" else fault.act
        self.done[name] += 1

    async def _kill(self, target: str, http: aiohttp.ClientSession) -> None:
        process = await self._living(target)
        with suppress(psutil.Error):
            process.kill()
        at = time.time()
        self.kills.append((at, target))
        for name in _awaited_with(target):  # killed again before it was ready
            if name in self._recovering:
                self._recovering[name].cancel()
        self._recovering[target] = asyncio.create_task(self._recover(target, process, at))

    async def _recover(self, target: str, killed: psutil.Process, at: float) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
            while True:
                await asyncio.sleep(_LOOK_EVERY)
                process = self.system.find(target)
                if process is None or process == killed:
                    continue
                if await self.system.is_ready(target, http):
                    self.ready_after.append((target, time.time() - at))
                    return

    async def _pause(self, target: str, seconds: float) -> None:
        process = await self._living(target)
        with suppress(psutil.Error):
            process.send_signal(signal.SIGSTOP)
            try:
                await asyncio.sleep(seconds)
            finally:
                with suppress(psutil.Error):  # it may have been killed meanwhile
                    process.send_signal(signal.SIGCONT)

    def _lock(self, database: str, seconds: float) -> None:
        """Keep every other writer out of a database, as a slow backup program does."""
        path = self.system.folder / f"var/{database}.db"
        with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(seconds)
            connection.execute("ROLLBACK")

    async def _forget(self, fault: Fault) -> None:
        while True:
            try:
                async with self.system.redis() as client:
                    match fault.act:
                        case "flushall":
                            await client.flushall()
                        case "delete":
                            await client.delete(fault.target)
                        case _:
                            await client.xgroup_destroy(*fault.target.split())
            except (RedisError, OSError):  # it is down, or has no such stream, just now
                await asyncio.sleep(_LOOK_EVERY)
            else:
                return

    async def _living(self, target: str) -> psutil.Process:
        while True:
            process = self.system.find(target)
            if process is not None:
                return process
            await asyncio.sleep(_LOOK_EVERY / 5)


def _awaited_with(target: str) -> tuple[str, ...]:
    """Return whose recovery a kill of the target puts off: of the nursery's, that of all."""
    if target == "nursery":
        return (*SERVICES, target)
    return (target, "nursery") if target in SERVICES else (target,)
