"""Ends a process whose event loop stands still, so that its supervisor starts it anew.

A handler that waits is cancelled when its time is over; one that blocks cannot be. A thread sees
that the loop has not beaten for too long, says so and ends the process. A loop that holds the
interpreter all the while (a regular expression gone wild) keeps that thread from running, so the
system counts our processor time as well and ends us by SIGPROF. A process that was stopped, or a
laptop that slept, used none and is not taken for blocked.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

log = structlog.get_logger()

EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h
_SPARE = 1.5  # of the limit: the processor time at which the system ends what the thread could not


class Pulse:
    """Watches one event loop; `limit` in seconds without a beat."""

    def __init__(self, limit: float) -> None:
        """Watch nothing yet."""
        self._limit = limit
        self._every = min(1.0, limit / 4)
        self._beat = time.monotonic()
        self._over = threading.Event()

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Watch the running loop. To be entered in the main thread."""
        faulthandler.register(signal.SIGPROF, file=sys.stderr, chain=True)  # where it was
        self._beat = time.monotonic()
        beating = asyncio.create_task(self._go_on())
        threading.Thread(target=self._watch, name="pulse", daemon=True).start()
        try:
            yield
        finally:
            self._over.set()
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.unregister(signal.SIGPROF)

    async def _go_on(self) -> None:
        while True:
            self._beat = time.monotonic()
            signal.setitimer(signal.ITIMER_PROF, self._limit * _SPARE)
            await asyncio.sleep(self._every)

    def _watch(self) -> None:
        looked = time.monotonic()
        while not self._over.wait(self._every):
            now = time.monotonic()
            if now - looked > self._every * 3:  # we were stopped too: give the loop its time
                self._beat = max(self._beat, now)
            looked = now
            if now - self._beat > self._limit:
                log.critical("service.blocked", seconds=round(now - self._beat, 1))
                sys.stderr.flush()
                os._exit(EXIT_CODE)
