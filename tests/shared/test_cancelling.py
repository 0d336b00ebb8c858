"""A service's end waits for no task for ever."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from shared.cancelling import cancel


async def test_a_task_that_swallows_a_cancellation_is_cancelled_again() -> None:
    """As redis-py may in the midst of a command; an await of the task would never return."""

    async def hold_out() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    task = asyncio.create_task(hold_out())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await cancel([task])
    assert task.cancelled()
