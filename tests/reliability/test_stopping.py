"""Stopped for longer than every lease, or asked to end in mid-work: nothing lost, nothing twice."""

from __future__ import annotations

import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.notify.receiver import Receiver
from tests.reliability.dying import Boundary
from tests.reliability.system import SERVICES, System

_CLAIMED = "services.notify.sender:Sender._send"
_POSTED = "services.notify.adapters.http:Poster.post"
_COMMITTING = "services.store.adapters.bench:Bench.remember"
_RELAYING = "services.store.adapters.outbox:Relay._publish"
_ACKNOWLEDGING = "shared.acknowledging:Acknowledgements.__call__"


@pytest.fixture
async def system(tmp_path: Path, redis_url: str) -> AsyncIterator[System]:
    """All services as processes of their own."""
    running = System(tmp_path, redis_url)
    try:
        for service in SERVICES:
            running.start(service)
        await running.answers(*SERVICES)
        yield running
    finally:
        await running.close()


@pytest.mark.parametrize(
    ("service", "at", "of", "requests"),
    [
        ("notify", "before", _CLAIMED, 1),
        ("notify", "after", _POSTED, 2),
        ("store", "before", _COMMITTING, 1),
        ("store", "before", _RELAYING, 1),
        ("store", "before", _ACKNOWLEDGING, 1),
    ],
)
async def test_a_worker_that_slept_for_longer_than_its_leases_changes_nothing_late(
    system: System, service: str, at: str, of: str, requests: int
) -> None:
    """A laptop's sleep: another did its work meanwhile, and what the sleeper does late is void."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        await system.kill(service)
        system.start(service, Boundary(at, of, by=signal.SIGSTOP))
        documents = system.drop()
        await system.stopped(service)
        system.start(service, second=True)
        if of != _COMMITTING:  # which holds the lock on store's database in its sleep
            await system.alerted(documents, receiver, requests)
        await system.pause(3.0)  # longer than every lease
        system.signal(service, signal.SIGCONT)
        await system.settled(documents, receiver)
        assert len(receiver.requests) == requests


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_that_is_asked_to_end_under_load_does_so_in_time(
    system: System, service: str
) -> None:
    """SIGTERM: what is in hand is finished or left, exit code 0 within ten seconds."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents = system.drop(40)
        await system.alerted(documents[:1], receiver, 1)
        asked = time.monotonic()
        system.signal(service, signal.SIGTERM)
        assert await system.ended(service) == 0
        assert time.monotonic() - asked < 10
        system.start(service)
        documents += system.drop(2)
        await system.settled(documents, receiver)
