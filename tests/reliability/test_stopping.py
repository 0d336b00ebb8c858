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
def databases(request: pytest.FixtureRequest) -> dict[str, str]:
    """PostgreSQL where two workers share a database: a sleeper may hold the lock of a SQLite file.

    That one is waited for, as any other lock.
    """
    if "postgres" not in request.keywords:
        return {}
    url = str(request.getfixturevalue("postgres_url"))
    return {"store_database": url, "notify_database": url}


@pytest.fixture
async def system(
    tmp_path: Path, redis_url: str, databases: dict[str, str]
) -> AsyncIterator[System]:
    """All services as processes of their own."""
    running = System(tmp_path, redis_url, **databases)
    try:
        for service in SERVICES:
            running.start(service)
        await running.answers(*SERVICES)
        yield running
    finally:
        await running.close()


async def test_services_that_are_asked_to_end_under_load_do_so_in_time(system: System) -> None:
    """SIGTERM: what is in hand is finished or left, exit code 0 within ten seconds."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents: list[str] = []
        for service in SERVICES:
            new = system.drop(20)
            documents += new
            await system.alerted(new, receiver, 1)
            asked = time.monotonic()
            system.signal(service, signal.SIGTERM)
            assert await system.ended(service) == 0, system.last_words(service)
            assert time.monotonic() - asked < 10
            system.start(service)
        await system.settled(documents, receiver)


# Who stops where, and how many requests a receiver then sees of the one delivery.
STOPS = (
    ("notify", "before", _CLAIMED, 1),
    ("notify", "after", _POSTED, 2),
    ("store", "before", _COMMITTING, 1),
    ("store", "before", _RELAYING, 1),
    ("store", "before", _ACKNOWLEDGING, 1),
)


@pytest.mark.postgres
async def test_a_worker_that_slept_for_longer_than_its_leases_changes_nothing_late(
    system: System,
) -> None:
    """A laptop's sleep: another did its work meanwhile, and what the sleeper does late is void."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents: list[str] = []
        for service, at, of, requests in STOPS:
            await system.kill(service)
            system.start(service, Boundary(at, of, by=signal.SIGSTOP))
            (document,) = system.drop()
            documents.append(document)
            await system.stopped(service)
            system.start(service, second=True)
            if of != _COMMITTING:  # which holds the lock on its coalition in its sleep
                await system.alerted([document], receiver, requests)
            await system.pause(3.0)  # longer than every lease
            system.signal(service, signal.SIGCONT)
            await system.settled(documents, receiver)
            await system.kill(f"second {service}")
            seen = system.requests_about([document], receiver)
            assert seen == requests, f"stopped {at} {of}"
