"""A service as a process, whose handler does to it what the document's name says.

    python -m tests.reliability.misbehaving

What it handles in peace it adds to the Redis list `handled`, whatever it begins to `begun`.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from typing import ClassVar

from fastapi import FastAPI
from redis import Redis

from shared.delivery import make_broker, subscribe
from shared.events import DocumentReceived
from shared.serve import serve
from shared.service import create_app
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of a service that reads received documents."""

    service: ClassVar[str] = "extract"


def build(settings: Settings) -> FastAPI:
    """Return the service."""
    broker = make_broker(settings)
    notes = Redis.from_url(str(settings.redis_url))

    async def handle(event: DocumentReceived) -> None:
        name = event.document.name
        notes.rpush("begun", name)
        if name == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif name == "block":
            time.sleep(3600)  # noqa: ASYNC251  what it is here for
        elif name == "spin":
            re.match(r"(a|aa)+$", "a" * 64 + "b")  # holds the interpreter for years
        elif name == "work":  # within its time, and the loop has no turn meanwhile
            until = time.process_time() + 0.7
            while time.process_time() < until:
                pass
        elif name == "hang":
            await asyncio.Event().wait()
        elif name == "raise":
            raise ValueError(name)
        notes.rpush("handled", name)

    subscribe(broker, settings, handle, to=DocumentReceived, at_once=2)
    return create_app(settings, broker, title="misbehaving")


if __name__ == "__main__":
    serve(Settings, build)
