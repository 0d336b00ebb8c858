"""Killed exactly between one durable step and the next, a service goes on as if nothing were.

One after the other each service dies at all its boundaries; a process that dies finds what the
last one left, and a further document. In the end every document is there once, with one alert.
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.notify.receiver import Receiver
from tests.reliability.dying import Boundary
from tests.reliability.system import SERVICES, System

_FILE = Path(__file__).with_name("boundaries.yaml")
BOUNDARIES: dict[str, list[dict[str, Any]]] = yaml.safe_load(_FILE.read_text("utf-8"))


@pytest.fixture
async def system(tmp_path: Path, redis_url: str) -> AsyncIterator[System]:
    """All services as processes of their own."""
    running = System(tmp_path, redis_url)
    for service in SERVICES:
        running.start(service)
    try:
        await running.answers(*SERVICES)
        yield running
    finally:
        await running.close()


@pytest.mark.parametrize("service", BOUNDARIES)
async def test_a_death_at_any_boundary_loses_nothing_and_doubles_nothing(
    system: System, service: str
) -> None:
    """One document, one record, one webhook-id, nothing pending, the file in done/."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents = system.drop()
        await system.kill(service)
        for values in BOUNDARIES[service]:
            boundary = Boundary(**values)
            system.start(service, boundary)
            documents += system.drop()
            assert await system.ended(service) == -signal.SIGKILL, boundary.leaves
        system.start(service)
        await system.settled(documents, receiver)
