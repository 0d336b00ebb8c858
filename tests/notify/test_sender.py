"""The sending loop by itself."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from services.notify.adapters.deliveries import DeliveryTable
from services.notify.adapters.http import Poster
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.formats.message import Message
from services.notify.guard import Allowed
from services.notify.sender import Sender
from services.notify.settings import Settings
from services.notify.signing import new_key, read
from services.notify.subscriptions import NewSubscription
from shared.database import Database
from shared.migrating import migrate
from tests.notify.conftest import LOOPBACK
from tests.notify.events import stored
from tests.notify.receiver import Receiver

STOPS = 30


async def test_a_stop_at_any_moment_leaves_nothing_half_done(
    sqlite_url: str, receiver: Receiver
) -> None:
    """Wherever the loop is stopped, a delivery is either done or free to be claimed at once."""
    database = Database(sqlite_url)
    await migrate(database, "services.notify")
    deliveries = DeliveryTable(database)
    poster = Poster(
        Allowed.parse(LOOPBACK), lambda kept, _: read(kept), timeout=2, connect_timeout=2
    )
    await poster.open()
    wanted = NewSubscription(url=receiver.url)
    await SubscriptionTable(database).add(
        wanted, subscription_id="sub_1", secret=new_key("v1").secret, at=datetime.now(UTC)
    )
    left = []
    for number in range(STOPS):
        event = stored(f"{number}.txt", meeting_id=f"m{number}")
        await deliveries.schedule(event, lambda _: Message(b"{}"), datetime.now(UTC))
        running = asyncio.create_task(Sender(deliveries, poster, Settings()).run())
        await asyncio.sleep(0.0005 * number)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        now = datetime.now(UTC)
        pending, _ = await deliveries.due(now)
        free = await deliveries.claim(now, now, limit=STOPS, per_host=STOPS, busy={})
        await deliveries.release(free)
        left.append((pending, len(free)))
    assert all(pending == free for pending, free in left), left

    running = asyncio.create_task(Sender(deliveries, poster, Settings()).run())
    await receiver.wait_for(STOPS)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await poster.close()
    assert await deliveries.due(datetime.now(UTC) + timedelta(days=1)) == (0, None)
    await database.close()
    assert len(receiver.requests) == STOPS
