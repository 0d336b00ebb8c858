"""Sends what is due: claims by lease, posts side by side, records every attempt.

While the database is away nothing new is claimed; what was posted meanwhile is noted when it is
back, so that it need not be posted again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from secrets import SystemRandom
from typing import Any, TypeVar

import structlog

from services.notify.adapters.deliveries import Claimed, DeliveryTable
from services.notify.adapters.http import Poster
from services.notify.clock import ClockWatch, steady
from services.notify.deliveries import Attempt, Verdict, judge
from services.notify.settings import Settings
from shared.errors import TransientError

log = structlog.get_logger()
T = TypeVar("T")

_LONGEST_SLEEP = 5.0  # seconds: what another worker scheduled and never sent is found by then
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds between tries while the database is away
_GRACE = 5.0  # seconds that requests in hand may take when the service stops
_chance = SystemRandom().random


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sender:
    """The one loop of a process that sends; any number of processes may send side by side."""

    def __init__(
        self,
        deliveries: DeliveryTable,
        poster: Poster,
        settings: Settings,
        *,
        now: Callable[[], datetime] = _utc_now,
        chance: Callable[[], float] = _chance,
    ) -> None:
        self._deliveries = deliveries
        self._poster = poster
        self._settings = settings
        self._now = now
        self._chance = chance
        self._clock = ClockWatch()
        self._woken = asyncio.Event()
        self._in_hand: dict[asyncio.Task[None], Claimed] = {}
        # Hosts to which more may be due than the last claim had room for; None: any host.
        self._crowded: set[str] | None = None

    def wake(self) -> None:
        """Look for due deliveries at once."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled; then finish what is in hand and give back the rest."""
        try:
            while True:
                await _persevere(self._send_due_and_sleep, "deliveries.waiting")
        finally:
            await self._finish()

    async def _send_due_and_sleep(self) -> None:
        self._woken.clear()
        now = self._now()
        if self._clock.was_set_back(now) and (count := await self._deliveries.hasten(now)):
            log.warning("clock.set_back", deliveries=count)
        await _uninterrupted(self._start_due(now))
        await self._sleep(now)

    async def _start_due(self, now: datetime) -> None:
        self._crowded = None
        room = self._settings.webhooks_at_once - len(self._in_hand)
        if room <= 0:
            return
        per_host = self._settings.webhooks_at_once_per_host
        busy = Counter(delivery.host for delivery in self._in_hand.values())
        until = now + timedelta(seconds=self._settings.lease)
        over = steady() + self._settings.lease
        claimed = await self._deliveries.claim(now, until, limit=room, per_host=per_host, busy=busy)
        for delivery in claimed:
            task = asyncio.create_task(self._send(delivery, over))
            self._in_hand[task] = delivery
            task.add_done_callback(self._put_down)
        busy.update(delivery.host for delivery in claimed)
        if len(claimed) < room:
            self._crowded = {host for host, count in busy.items() if count >= per_host}

    def _put_down(self, task: asyncio.Task[None]) -> None:
        host = self._in_hand.pop(task).host
        if self._crowded is None or host in self._crowded:
            self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The attempt is not recorded: the delivery comes back when its lease has ended.
            log.warning("delivery.unrecorded", error=f"{type(error).__name__}: {error}")

    async def _sleep(self, since: datetime) -> None:
        """Wait until woken, or until a delivery becomes due that was not at `since`."""
        if self._woken.is_set():
            return
        due = await _uninterrupted(self._deliveries.next_due(since))
        pause = _LONGEST_SLEEP
        if due is not None:
            pause = min(pause, max((due - self._now()).total_seconds(), 0.0))
        try:
            async with asyncio.timeout(pause):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _send(self, delivery: Claimed, lease_over: float) -> None:
        if steady() >= lease_over:  # we were stopped meanwhile: it may be another worker's by now
            log.warning("delivery.lease_over", webhook_id=delivery.id)
            return
        attempt = await self._poster.post(delivery, self._now())
        verdict = judge(attempt, self._settings.webhook_schedule, self._now(), self._chance())
        note = partial(self._deliveries.record, delivery, attempt, verdict)
        if not await _persevere(note, "delivery.unrecorded"):
            log.warning("delivery.superseded", webhook_id=delivery.id)
            return
        if verdict.status == "pending":
            self._woken.set()  # the next try may be due before the loop meant to wake
        _tell(delivery, attempt, verdict)

    async def _finish(self) -> None:
        if not self._in_hand:
            return
        _, late = await asyncio.wait(self._in_hand, timeout=_GRACE)
        given_back = [self._in_hand[task] for task in late]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if given_back:
            try:
                await self._deliveries.release(given_back)
            except TransientError as error:  # their leases end by themselves
                log.warning("deliveries.not_given_back", error=str(error))


async def _persevere(work: Callable[[], Awaitable[T]], waiting: str) -> T:
    """Return what `work` returns, tried with growing pauses until the database is back."""
    pause = _FIRST_PAUSE
    while True:
        try:
            return await work()
        except TransientError as error:
            log.warning(waiting, error=str(error), retry_in=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


async def _uninterrupted(work: Coroutine[Any, Any, T]) -> T:
    """Finish a piece of work even if cancelled in the midst: a claim half made would lie leased."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _tell(delivery: Claimed, attempt: Attempt, verdict: Verdict) -> None:
    facts = {
        "document_id": delivery.document_id,
        "webhook_id": delivery.id,
        "subscription_id": delivery.subscription_id,
        "type": delivery.type,
        "host": delivery.host,
        "attempt": attempt.number,
        "status_code": attempt.status_code,
        "ms": round(attempt.duration * 1000, 1),
    }
    if verdict.status == "delivered":
        log.info("alert.delivered", **facts)
    elif verdict.status == "pending":
        log.warning("alert.postponed", **facts, error=attempt.error, due_at=str(verdict.due_at))
    else:
        log.error("alert.given_up", **facts, error=attempt.error)
