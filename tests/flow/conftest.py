"""A running pipeline for a test, on SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flow.pipeline import Pipeline, pipeline_at


@pytest.fixture
async def idle(tmp_path: Path, redis_url: str) -> AsyncIterator[Pipeline]:
    """A pipeline of which nothing runs yet."""
    async with pipeline_at(tmp_path, redis_url) as pipeline:
        yield pipeline


@pytest.fixture
async def pipeline(idle: Pipeline) -> Pipeline:
    """All four services, one worker each, and a subscriber to published statements."""
    await idle.start()
    await idle.subscribe()
    return idle
