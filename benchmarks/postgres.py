"""A PostgreSQL for a benchmark: one that is given, else a container for as long as it lasts."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

_IMAGE = "postgres:17"
_PATIENCE = 60.0  # seconds until a new server answers


@contextmanager
def postgres(given: str | None) -> Iterator[str | None]:
    """Give the URL of an empty database, None where there is neither a server nor an engine."""
    if given is not None or shutil.which("docker") is None:
        yield given
        return
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    from testcontainers.core.container import DockerContainer

    password = uuid.uuid4().hex
    container = DockerContainer(_IMAGE).with_env("POSTGRES_PASSWORD", password)
    with container.with_exposed_ports(5432) as running:
        host, port = running.get_container_host_ip(), running.get_exposed_port(5432)
        url = f"postgresql://postgres:{password}@{host}:{port}/postgres"
        asyncio.run(_until_it_answers(url))
        yield url


async def create_database(url: str, name: str) -> str:
    """Create a database beside the one of a URL; return its URL."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return f"{url.rpartition('/')[0]}/{name}"


async def _until_it_answers(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            await (await asyncpg.connect(url)).close()
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.2)
        else:
            return
