"""Ending tasks for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

_CANCEL_AGAIN = 0.5  # seconds


async def cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel until all have ended: a library in the midst of a command may swallow the first one.

    redis-py does, once in some dozen stops under load, and the service then never ended.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_CANCEL_AGAIN)
