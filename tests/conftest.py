"""Real servers for the tests: one Redis and one PostgreSQL a run, an empty database a test."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
import redis

from communique.machine.redis_server import RedisServer, find_server
from shared.errors import CommuniqueError
from tests import needs

# Its helper image cannot be pulled everywhere; every container here is ended by its fixture.
os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was left out and how to get it."""
    if needs.left_out:
        wanted = "; ".join(needs.HOW_TO_GET[need] for need in sorted(needs.left_out))
        terminalreporter.write_line(f"left out, for want of: {wanted}")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One Redis for the whole run."""
    try:
        find_server()
    except CommuniqueError:
        needs.missing("redis")
    server = RedisServer(tmp_path_factory.mktemp("redis"), appendonly=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The URL of an empty Redis."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One PostgreSQL a run, as `user:password@host:port`: a container, else its programs."""
    if needs.engine_answers() and needs.image_present("postgres:17"):
        yield from _postgres_container()
    elif programs := needs.postgres_programs():
        yield from _postgres_programs(programs, tmp_path_factory.mktemp("postgres"))
    else:
        needs.missing("postgres")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database."""
    name = f"t{uuid.uuid4().hex}"
    asyncio.run(run_sql(postgres_server, f'CREATE DATABASE "{name}"'))
    yield f"postgresql+asyncpg://{postgres_server}/{name}"
    asyncio.run(run_sql(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)'))


def _postgres_container() -> Iterator[str]:
    from testcontainers.core.container import DockerContainer  # slow to import, and not always used

    password = uuid.uuid4().hex
    container = (
        DockerContainer("postgres:17")
        .with_env("POSTGRES_PASSWORD", password)
        .with_exposed_ports(5432)
    )
    with container:
        host, port = container.get_container_host_ip(), container.get_exposed_port(5432)
        address = f"postgres:{password}@{host}:{port}"
        wait_for_postgres(address)
        yield address


def _postgres_programs(programs: Path, folder: Path) -> Iterator[str]:
    """Run PostgreSQL from Debian's package; it refuses root, so root becomes its own user."""
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    prefix = user if os.geteuid() == 0 else []
    if prefix:
        subprocess.run(["chown", "-R", "postgres", str(folder)], check=True)
        for parent in folder.parents[:2]:  # pytest makes them for the running user alone
            parent.chmod(0o755)
    port = _free_port()
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*prefix, *initdb], check=True, capture_output=True)
    server = subprocess.Popen(
        [*prefix, programs / "postgres", "-D", data, "-p", str(port), "-k", "", "-h", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"postgres@127.0.0.1:{port}"
    try:
        wait_for_postgres(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for_postgres(address: str) -> None:
    """Wait until a server answers, up to a minute; `address` as in `postgres_server`."""
    deadline = time.monotonic() + 60
    while True:
        try:
            asyncio.run(run_sql(address, "SELECT 1"))
        except (OSError, asyncpg.PostgresError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


async def run_sql(address: str, statement: str) -> None:
    """Run a statement on a server."""
    connection = await asyncpg.connect(f"postgresql://{address}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
