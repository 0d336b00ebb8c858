"""The whole system on this machine: Redis and the four services, started, watched and ended."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from communique import running
from communique.environment import setting
from communique.machine.forks import Nursery
from communique.machine.keeping_redis import RedisKeeper
from communique.machine.plan import SERVICES, Plan, check_ports
from communique.machine.redis_server import RedisServer
from communique.machine.supervise import ServiceProcess
from communique.running import CannotStartError, Running

_READY_WITHIN = 30.0  # seconds
_GRACE = 12.0  # seconds: a service takes up to ten to finish what is in hand


class System:
    """Everything that `up` runs. Use from one event loop, in the main thread."""

    def __init__(self, plan: Plan, tell: Callable[[str, str], None]) -> None:
        """Start nothing yet. `tell(service, message)` is called with what people should know."""
        self.plan = plan
        self.services: list[ServiceProcess] = []
        self.redis: RedisServer | None = None
        self.redis_url = setting("REDIS_URL")
        self._tell = tell
        self._nursery = Nursery()
        self._keeper: RedisKeeper | None = None
        self._watches: list[asyncio.Task[None]] = []

    @property
    def running(self) -> Running:
        """Return the addresses that other commands need."""
        return Running(
            pid=os.getpid(),
            inbox=str(self.plan.inbox.resolve()),
            redis_url=self.redis_url,
            store_url=self.plan.url("store"),
            notify_url=self.plan.url("notify"),
            ingest_url=self.plan.url("ingest"),
            extract_url=self.plan.url("extract"),
        )

    async def start(self) -> None:
        """Start everything and wait until every service answers. CannotStartError if one cannot."""
        await self.launch()
        await self.ready()

    async def launch(self) -> None:
        """Start everything, and do not wait for it."""
        check_ports(self.plan)
        self.plan.inbox.mkdir(parents=True, exist_ok=True)
        (self.plan.var / "log").mkdir(parents=True, exist_ok=True)
        redis_url = self.redis_url = self._start_redis()
        for name in SERVICES:
            told = self.plan.environment(name, redis_url)
            port, log = self.plan.ports[name], self.plan.log(name)
            service = ServiceProcess(name, port, told, log, self._tell, self._nursery)
            self.services.append(service)
        self._watches = [asyncio.create_task(service.run()) for service in self.services]
        if self._keeper:
            self._watches.append(asyncio.create_task(self._keeper.run()))
        await asyncio.sleep(0.02)  # so that they load while the caller does something of its own

    async def ready(self) -> None:
        """Wait until every service answers, then tell other commands where all is."""
        answering = asyncio.create_task(self._all_answer())
        try:
            ended, _ = await asyncio.wait(
                [answering, *self._watches], return_when=asyncio.FIRST_COMPLETED
            )
            for task in ended:
                task.result()  # raises what ended a service
        finally:
            answering.cancel()
        running.publish(self.plan.var, self.running)

    async def watch(self) -> None:
        """Wait for ever; CommuniqueError when something ends that cannot be mended."""
        await asyncio.gather(*self._watches)

    async def stop(self) -> None:
        """End the services together, then Redis, which they need to the last."""
        running.withdraw(self.plan.var)
        await asyncio.gather(*(service.stop(_GRACE) for service in self.services))
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        await self._nursery.close()
        if self.redis:
            await asyncio.to_thread(self.redis.stop)

    def _start_redis(self) -> str:
        if self.redis_url:
            return self.redis_url
        self.redis = RedisServer(self.plan.var / "redis")
        self._keeper = RedisKeeper(self.redis, self._tell)
        self._keeper.start()
        return self.redis.url

    async def _all_answer(self) -> None:
        await asyncio.gather(*(self._answers(service) for service in self.services))

    async def _answers(self, service: ServiceProcess) -> None:
        try:
            async with asyncio.timeout(_READY_WITHIN):
                await service.was_ready.wait()
        except TimeoutError:
            raise CannotStartError(
                f"{service.name} is not ready after {_READY_WITHIN:g} s: {service.last_words()}"
            ) from None
