"""The HTTP side of ingest: how full the folder is."""

from __future__ import annotations

import asyncio
import time

from fastapi import APIRouter

from services.ingest.counting import Counts, count
from services.ingest.inbox import Inbox
from services.ingest.watching import Watch
from shared.health import Condition, Part


def inbox_router(inbox: Inbox) -> APIRouter:
    """Return the routes that tell of the inbox."""
    router = APIRouter(prefix="/api")

    @router.get("/inbox")
    async def show_inbox() -> Counts:
        """Count the files that wait, are being processed, and were put away."""
        return await asyncio.to_thread(count, inbox, time.time())

    return router


def inbox_part(inbox: Inbox, watch: Watch) -> Part:
    """Return whether the folder can be worked in."""

    async def check() -> Condition:
        where = {"inbox": str(inbox.root.absolute())}
        if not await asyncio.to_thread(inbox.is_usable):
            why = f"the inbox {inbox.root} is gone or not writable"
            return Condition("unavailable", why, where)
        inbox.taking.complain()
        inbox.filing.complain()
        if watch.is_paused:
            return Condition("attention", "publishing waits for readers that are far behind", where)
        return Condition(facts=where)

    return Part("inbox", check)
