"""At least once everywhere: the only place that decides between ack, retry and dead letter.

A handler that succeeds acks its message. One that raises leaves it pending; after `claim_after`
seconds any worker of the group takes it up again. After `max_attempts`, or at once on a
PermanentError or a body that is not the event expected, the message goes to `<stream>.dead` and is
acknowledged in the same transaction. A message that kills its worker is counted before the handler
sees it again. Effects are exactly once because every handler keys its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
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
from shared.errors import PermanentError
from shared.events import Event
from shared.record import Frozen
from shared.settings import ServiceSettings
from shared.streams import abandoned, dead_letters, fresh

if TYPE_CHECKING:
    from faststream.message import StreamMessage
    from faststream.redis.subscriber.usecases import LogicSubscriber
    from redis.asyncio.client import Pipeline

log = structlog.get_logger()

_GRACE = 10.0  # seconds that a stopping service may take to finish what is in hand
_CONNECTIONS = 50  # redis-py's pool fails rather than waits when it is used up


class ExhaustedError(PermanentError):
    """A message was tried as often as it may be and was never acknowledged."""


def make_broker(settings: ServiceSettings) -> RedisBroker:
    """Return the broker of a service, with the delivery rules on every message it reads."""
    acknowledge = Acknowledgements(settings.service)

    def deliver(message: Any, /, *, context: Any) -> Delivery:
        return Delivery(message, context=context, settings=settings, acknowledge=acknowledge)

    return RedisBroker(
        str(settings.redis_url),
        middlewares=[deliver],
        logger=cast("Any", None),  # FastStream's own logger costs a quarter of the throughput
        # Its injection changes threads for every argument that it gives; `subscribe` gives them.
        apply_types=False,
        graceful_timeout=_GRACE,
        max_connections=_CONNECTIONS,
        # An XADD that is retried may have been done: a second copy changes nothing.
        retry=Retry(ExponentialBackoff(cap=1, base=0.05), 5),
    )


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
        include_in_schema=False,
    )(handle)
    call = broker.subscriber(
        stream=fresh(to, settings),
        ack_policy=AckPolicy.MANUAL,
        decoder=decode,
        max_workers=at_once,
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
        self, msg: Any, /, *, context: Any, settings: ServiceSettings, acknowledge: Acknowledgements
    ) -> None:
        super().__init__(msg, context=context)
        self.settings = settings
        self._acknowledge = acknowledge

    async def consume_scope(
        self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]
    ) -> Any:
        """Run the handler with the document's id on every log line."""
        with bound_contextvars(document_id=msg.correlation_id):
            if self._subscriber.min_idle_time is not None:
                await self._refuse_when_exhausted()
            return await call_next(msg)

    async def after_processed(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> bool | None:
        """Acknowledge a success, bury what cannot succeed; leave the rest for its next attempt."""
        if isinstance(exc_val, HandlerException | asyncio.CancelledError):
            return False
        if exc_val is not None and not isinstance(exc_val, Exception):
            return False
        try:
            if exc_val is not None:
                return await self._bury_or_leave(exc_val)
            entry = self.msg["message_ids"][0]
            await self._acknowledge(self._redis, self.msg["channel"], entry)
        except Exception as failure:  # Redis itself fails: the message stays pending
            log.warning("message.left_pending", error=_in_one_line(failure))
        return False

    async def _bury_or_leave(self, error: Exception) -> bool:
        attempts = await self._attempts()
        facts = {"stream": self.msg["channel"], "attempt": attempts, "error": _in_one_line(error)}
        if not _is_permanent(error) and attempts < self.settings.max_attempts:
            log.warning("message.retrying", **facts, retry_in=self.settings.claim_after)
            return False
        await self._bury(error, attempts)
        log.error("message.died", **facts)
        return True

    async def _refuse_when_exhausted(self) -> None:
        """Stop a message that took its worker with it each time, before it takes this one."""
        attempts = await self._attempts()
        if attempts > self.settings.max_attempts:
            raise ExhaustedError(
                f"never acknowledged in {attempts - 1} attempts: it may kill its worker"
            )

    async def _attempts(self) -> int:
        entry = self.msg["message_ids"][0]
        pending = await self._redis.xpending_range(
            self.msg["channel"], self.settings.service, min=entry, max=entry, count=1
        )
        return int(pending[0]["times_delivered"]) if pending else 1

    async def _bury(self, error: Exception, attempts: int) -> None:
        """Move the message to the dead letters and acknowledge it, in one transaction."""
        stream, entry = self.msg["channel"], self.msg["message_ids"][0]
        letter = {
            **self.msg["data"],
            "stream": stream,
            "entry": entry,
            "group": self.settings.service,
            "reason": _in_one_line(error),
            "exception": type(error).__name__,
            "attempts": attempts,
            "died_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        }
        async with self._redis.pipeline(transaction=True) as both:
            both.xadd(dead_letters(stream), letter)
            both.xack(stream, self.settings.service, entry)
            await both.execute()

    @property
    def _subscriber(self) -> Any:
        subscriber: LogicSubscriber = self.context.get("handler_")
        return subscriber

    @property
    def _redis(self) -> Any:
        return self._subscriber._client


def _is_permanent(error: Exception) -> bool:
    return isinstance(error, PermanentError | ValidationError | UnicodeError)


def _in_one_line(error: BaseException) -> str:
    if isinstance(error, ValidationError):  # its text spans lines and quotes the input
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        return f"not the event expected here: {where}: {first['msg']}"[:500]
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]
