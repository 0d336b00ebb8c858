"""FastStream's broker with leases: what it reads is held, kept, adopted at start, given back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

import structlog
from faststream.redis import RedisBroker
from faststream.redis.configs.state import RedisConnectionState
from redis.exceptions import RedisError, ResponseError

from shared.cancelling import cancel
from shared.leases import Leases
from shared.outages import Circuit
from shared.reading import Reading, make_client
from shared.settings import ServiceSettings

if TYPE_CHECKING:
    from faststream.redis.configs.state import ConnectionState

log = structlog.get_logger()


class ServiceBroker(RedisBroker):
    """The broker of one worker of a service."""

    def __init__(self, settings: ServiceSettings, **given: Any) -> None:
        """Connect to nothing yet; `given` are FastStream's own options."""
        self.handling, self.publishing = Circuit(), Circuit()
        self.leases = Leases(settings.service, settings.worker, settings.claim_after)
        self.reading = Reading(self.leases, self.handling)
        self._keeping: asyncio.Task[None] | None = None
        super().__init__(str(settings.redis_url), **given)

    @property
    def redis(self) -> Any:
        """The client that all go through; the broker must be connected."""
        return self._connection

    def troubles(self) -> dict[str, str]:
        """Return what keeps this worker from its messages, by what it is that fails."""
        found = dict(self.reading.troubles)
        for what, circuit in (("handling", self.handling), ("publishing", self.publishing)):
            if circuit.trouble is not None:
                found[what] = circuit.trouble
        return found

    async def start(self) -> None:
        """Adopt what an earlier process of our name left, read, and keep what is in hand."""
        self.handling.begin()
        self.publishing.begin()
        redis: Any = await self.connect()
        try:
            if adopted := await self.leases.adopt(redis):
                log.info("messages.adopted", count=adopted)
        except ResponseError as error:  # a group that is yet to be made holds nothing
            if "NOGROUP" not in str(error):
                raise
        await super().start()
        self._keeping = asyncio.create_task(self.leases.keep(redis))

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """Finish what is begun, give back what is not."""
        self.handling.end()
        self.publishing.end()
        for subscriber in self.subscribers:
            await subscriber.stop()
        if self._keeping is not None:
            await cancel([self._keeping])
            self._keeping = None
        if self._connection is not None and len(self.leases):
            with suppress(RedisError, OSError):  # others claim it in time
                redis: Any = self._connection
                await self.leases.give_back(redis)
        await super().stop(exc_type, exc_val, exc_tb)

    def _make_connection_state(
        self, connection_options: dict[str, Any], kwargs: dict[str, Any]
    ) -> ConnectionState[Any]:
        """Have FastStream read through a client of ours: its own hook for this."""
        return _ReadingConnection(connection_options, self.reading)


class _ReadingConnection(RedisConnectionState):
    def __init__(self, options: dict[str, Any], reading: Reading) -> None:
        super().__init__(options)
        self._reading = reading

    async def connect(self) -> Any:
        self._client = make_client(self._options, self._reading)
        self._connected = True
        return self._client
