"""At least once everywhere: the only place that decides between ack, retry and dead letter.

A handler that succeeds acks its message. One that raises, or takes longer than `handle_within`,
leaves it pending; any worker of the group takes it up again after `claim_after` seconds, then after
twice that, and so on. After `max_attempts`, or at once on a PermanentError or a body that is not
the event expected, the message goes to `<stream>.dead` and is acknowledged in the same step. A
message that kills its worker is counted before the handler sees it again, and dies after
`max_deaths`. A failure of what all
messages need (Redis, a database, the disk) is no message's: it is waited out. Effects are exactly
once because every handler keys its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import structlog
from faststream import AckPolicy, BaseMiddleware
from faststream.exceptions import HandlerException
from faststream.redis import RedisBroker
from pydantic import ValidationError
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from structlog.contextvars import bound_contextvars

from shared.acknowledging import Acknowledgements
from shared.broker import ServiceBroker
from shared.burying import ONLY_FOR, bury, in_one_line
from shared.errors import PermanentError
from shared.events import Event
from shared.leases import Lease
from shared.record import Frozen
from shared.settings import ServiceSettings
from shared.streams import abandoned, fresh

if TYPE_CHECKING:
    from faststream.message import StreamMessage
    from redis.asyncio.client import Pipeline

log = structlog.get_logger()

_GRACE = 10.0  # seconds that a stopping service may take to finish what is in hand
_CONNECTIONS = 50  # who needs one more waits for it


class ExhaustedError(PermanentError):
    """A message was tried as often as it may be and was never acknowledged."""


class OverdueError(Exception):
    """A handler took longer than it may."""


class _NotForUs(Exception):  # noqa: N818  no error: the way past handler and publisher
    """The message was sent again for another group only."""


class _NotOurs(Exception):  # noqa: N818  likewise
    """We slept for longer than our leases: another worker has the message."""


def make_broker(settings: ServiceSettings) -> ServiceBroker:
    """Return the broker of a service, with the delivery rules on every message it reads."""
    acknowledge = Acknowledgements(settings.service)

    def deliver(message: Any, /, *, context: Any) -> Delivery:
        return Delivery(
            message, context=context, settings=settings, acknowledge=acknowledge, broker=broker
        )

    broker = ServiceBroker(
        settings,
        middlewares=[deliver],
        logger=cast("Any", None),  # FastStream's own logger costs a quarter of the throughput
        # Its injection changes threads for every argument that it gives; `subscribe` gives them.
        apply_types=False,
        graceful_timeout=_GRACE,
        max_connections=_CONNECTIONS,
        # An XADD that is retried may have been done: a second copy changes nothing.
        retry=Retry(ExponentialBackoff(cap=1, base=0.05), 5),
    )
    return broker


def subscribe(
    broker: RedisBroker,
    settings: ServiceSettings,
    handler: Callable[..., Awaitable[Any]],
    *,
    to: type[Event],
    announces: type[Event] | None = None,
    read_as: type[Frozen] | None = None,
    at_once: int = 1,
) -> None:
    """Let `handler` have every `to` event once read by this service's group, fresh or abandoned.

    `handler` takes the event (what else it needs, a `functools.partial` has given it), or only
    what a smaller model `read_as` reads of it. Up to `at_once` fresh messages are handled side by
    side. What it returns is published as `announces`,
    before the message is acknowledged. Two subscribers, because a reader of new messages never
    revisits what a crash left pending.
    """
    named = handler.func if isinstance(handler, partial) else handler

    model = read_as or to

    async def decode(message: StreamMessage[Any]) -> Frozen:
        return model.model_validate_json(message.body)

    async def handle(event: Any) -> Any:
        return await handler(event)

    handle.__name__, handle.__doc__ = named.__name__, named.__doc__
    handle.__annotations__ = {"event": to, "return": announces}
    retried = broker.subscriber(
        stream=abandoned(to, settings),
        ack_policy=AckPolicy.MANUAL,
        decoder=decode,
        max_workers=at_once,
        no_reply=True,  # a foreign message must not tell us where to answer
        include_in_schema=False,
    )(handle)
    call = broker.subscriber(
        stream=fresh(to, settings),
        ack_policy=AckPolicy.MANUAL,
        decoder=decode,
        max_workers=at_once,
        no_reply=True,
        title=f"{to.stream}:{handle.__name__}",
    )(retried)
    if announces is not None:
        broker.publisher(stream=announces.stream, title=announces.stream)(call)


async def announce(broker: RedisBroker, event: Event, *, pipeline: Pipeline | None = None) -> None:
    """Publish an event on its stream; its document is the correlation of the whole way.

    With a `pipeline` it is published when that is executed.
    """
    await broker.publish(
        event, stream=event.stream, correlation_id=event.document_id, pipeline=pipeline
    )


class Delivery(BaseMiddleware[Any, Any]):
    """Decides what becomes of one message, whatever its handler did."""

    def __init__(
        self,
        msg: Any,
        /,
        *,
        context: Any,
        settings: ServiceSettings,
        acknowledge: Acknowledgements,
        broker: ServiceBroker,
    ) -> None:
        super().__init__(msg, context=context)
        self.settings = settings
        self._acknowledge = acknowledge
        self._broker = broker

    async def consume_scope(
        self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]
    ) -> Any:
        """Run the handler within its time, with the document's id on every log line."""
        with bound_contextvars(document_id=msg.correlation_id):
            self._let_pass()
            await self._leave_to_others()
            self._refuse_when_exhausted()
            self._lease.begun = True
            return await self._broker.handling.through(
                lambda: self._in_time(call_next, msg), self._forgive
            )

    async def publish_scope(self, call_next: Callable[[Any], Awaitable[Any]], cmd: Any) -> Any:
        """Publish what a handler returned, waiting while Redis takes nothing."""
        if self.msg is None:  # published by hand: who does it decides
            return await call_next(cmd)
        return await self._broker.publishing.through(lambda: call_next(cmd), self._forgive)

    async def after_processed(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> bool | None:
        """Acknowledge a success, bury what cannot succeed; leave the rest for its next attempt."""
        try:
            if exc_val is None or isinstance(exc_val, _NotForUs):
                await self._acknowledge(self._redis, self.msg["channel"], self._entry)
                return exc_val is not None
            if isinstance(exc_val, _NotOurs):
                return True
            if isinstance(exc_val, Exception) and not isinstance(exc_val, HandlerException):
                return await self._bury_or_leave(exc_val)
        except Exception as failure:  # Redis itself fails: the message stays pending
            log.warning("message.left_pending", error=in_one_line(failure))
        finally:
            self._broker.leases.let_go(self.msg["channel"], self._entry)
        return False

    async def _in_time(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any) -> Any:
        limit = self.settings.handle_within
        try:
            async with asyncio.timeout(limit) as clock:
                return await call_next(msg)
        except TimeoutError:
            if clock.expired():
                raise OverdueError(f"not handled within {limit:g} s") from None
            raise

    def _let_pass(self) -> None:
        only_for = self.msg["data"].get(ONLY_FOR)
        if only_for is not None and only_for != self.settings.service.encode():
            raise _NotForUs

    async def _leave_to_others(self) -> None:
        """Ask, after a sleep longer than our leases, which messages are still ours."""
        leases, entry = self._broker.leases, (self.msg["channel"], self._entry)
        if (lease := leases.find(*entry)) is not None and leases.may_be_lost(lease):
            await leases.beat(self._redis)
        if leases.find(*entry) is None:
            raise _NotOurs

    def _refuse_when_exhausted(self) -> None:
        """Stop a message that took its worker with it each time, before it takes this one."""
        attempts = self._lease.attempt
        if attempts > max(self.settings.max_attempts, self.settings.max_deaths):
            raise ExhaustedError(
                f"never acknowledged in {attempts - 1} attempts: it may kill its worker"
            )

    async def _forgive(self) -> None:
        try:
            await self._broker.leases.forgive(self._redis, self._lease)
        except Exception as failure:  # then this attempt counts, unless it succeeds yet
            log.debug("message.unforgiven", error=in_one_line(failure))

    async def _bury_or_leave(self, error: Exception) -> bool:
        lease = self._lease
        facts = {"stream": lease.stream, "attempt": lease.attempt, "error": in_one_line(error)}
        if not _is_permanent(error) and lease.attempt < self.settings.max_attempts:
            retry_in = self._broker.leases.wait_before(lease.attempt + 1)
            log.warning("message.retrying", **facts, retry_in=retry_in)
            await self._broker.leases.rest(self._redis, lease)
            return False
        names = {"group": self.settings.service, "consumer": self.settings.worker}
        if await bury(self._redis, lease, self.msg["data"], error, **names):
            log.error("message.died", **facts)
        else:
            log.warning("message.taken_over", **facts)
        return True

    @property
    def _entry(self) -> bytes:
        entry: bytes = self.msg["message_ids"][0]
        return entry

    @property
    def _lease(self) -> Lease:
        """The lease on the message; one that was taken over while we slept is no longer held."""
        held = self._broker.leases.find(self.msg["channel"], self._entry)
        return held or Lease(self.msg["channel"], self._entry, attempt=0, touched=0.0)

    @property
    def _redis(self) -> Any:
        return self._broker.redis


def _is_permanent(error: Exception) -> bool:
    return isinstance(error, PermanentError | ValidationError | UnicodeError)
