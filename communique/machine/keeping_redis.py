"""Keeps Redis alive: begun again at once from its file when it dies, and asked how it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from communique.machine.backing_off import BackOff
from communique.machine.redis_server import DamagedFileError, RedisServer
from communique.machine.supervise import describe
from shared.errors import CommuniqueError

_LOOK_EVERY = 0.05  # seconds
_ASK_EVERY = 2.0  # seconds


class RedisKeeper:
    """Watches over a Redis of ours. Use from the main thread, on whose life that of Redis hangs."""

    def __init__(self, server: RedisServer, tell: Callable[[str, str], None]) -> None:
        """Start nothing yet. `tell("redis", message)` is called with what people should know."""
        self._server = server
        self._tell = tell
        self._back_off = BackOff()

    def start(self) -> None:
        """Start it and wait until it answers. CommuniqueError if it cannot be started."""
        try:
            self._server.start()
        except DamagedFileError:
            self._begin_empty()
            self._server.start()

    async def run(self) -> None:
        """Watch until cancelled."""
        clock = asyncio.get_running_loop().time
        up_at: float | None = clock()
        asking = asyncio.create_task(self._ask())
        try:
            while True:
                await asyncio.sleep(_LOOK_EVERY)
                code = self._server.process.poll() if self._server.process else None
                if code is None:
                    continue
                pause = self._back_off.pause(code, up_at and clock() - up_at)
                self._tell("redis", f"died ({describe(code)}), starts again from its file")
                await asyncio.sleep(pause)
                up_at = clock() if await self._start_again() else None
        finally:
            asking.cancel()

    async def _start_again(self) -> bool:
        try:
            self._server.launch()
            await asyncio.to_thread(self._server.wait_until_ready)
        except DamagedFileError:
            self._begin_empty()
            return False
        except (CommuniqueError, OSError) as error:
            self._tell("redis", str(error))
            return False
        return True

    def _begin_empty(self) -> None:
        """Do without the file: whatever was under way lies in the inbox and the databases too."""
        aside = self._server.set_aside()
        self._tell("redis", f"cannot read its file, which now lies in {aside}: begins empty")

    async def _ask(self) -> None:
        """Say once when it can write no more, and once when it can again."""
        troubled = False
        while True:
            await asyncio.sleep(_ASK_EVERY)
            complaint = await asyncio.to_thread(self._server.complaint)
            if complaint and not troubled:
                self._tell("redis", f"takes nothing, for it cannot write its file: {complaint}")
            elif troubled and not complaint:
                self._tell("redis", "writes its file again")
            troubled = bool(complaint)
