"""A PostgreSQL that is cut off, read-only, full, stopped or killed: everything waits for it."""

from __future__ import annotations

import asyncio
import random
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import needs
from tests.conftest import run_sql, wait_for_postgres
from tests.notify.receiver import Receiver
from tests.reliability.system import SERVICES, System, free_port, until

pytestmark = pytest.mark.postgres
_PASSWORD = uuid.uuid4().hex
_DATA = "/var/lib/postgresql/data"
_PSQL = "PGOPTIONS='-c default_transaction_read_only=off' psql -qU postgres -c"


class Server:
    """One PostgreSQL in a container of its own; a `small` one has a disk of 192 MB."""

    def __init__(self, *, small: bool) -> None:
        self.port = free_port()
        self.address = f"postgres:{_PASSWORD}@127.0.0.1:{self.port}"
        self.name = f"communique-test-{uuid.uuid4().hex[:12]}"
        disk = ["--mount", f"type=tmpfs,destination={_DATA},tmpfs-size=192m"] if small else []
        self.options = ["-p", f"127.0.0.1:{self.port}:5432", *disk]

    def run(self) -> None:
        """Make and start it."""
        environment = ["-e", f"POSTGRES_PASSWORD={_PASSWORD}", "-e", f"PGDATA={_DATA}/db"]
        self.docker("run", "-d", "--name", self.name, *self.options, *environment, "postgres:17")
        wait_for_postgres(self.address)

    def docker(self, *arguments: str) -> str:
        """Run a command of the engine."""
        done = subprocess.run(["docker", *arguments], capture_output=True, check=True, text=True)
        return done.stdout

    def inside(self, command: str) -> str:
        """Run a command of the shell inside the container."""
        return self.docker("exec", self.name, "sh", "-c", command)

    def sql(self, statement: str) -> None:
        """Run a statement as its owner."""
        asyncio.run(run_sql(self.address, statement))

    def forbid_writing(self) -> None:
        """As a standby does."""
        self.inside(f"{_PSQL} 'ALTER SYSTEM SET default_transaction_read_only = on'")
        self.inside(f"{_PSQL} 'SELECT pg_reload_conf()'")

    def allow_writing(self) -> None:
        """As before."""
        self.inside(f"{_PSQL} 'ALTER SYSTEM RESET default_transaction_read_only'")
        self.inside(f"{_PSQL} 'SELECT pg_reload_conf()'")

    def fill(self) -> None:
        """Leave not a byte on its disk."""
        self.inside(f"dd if=/dev/zero of={_DATA}/filler bs=4k 2>/dev/null; true")

    def make_room(self) -> None:
        """As before."""
        self.inside(f"rm {_DATA}/filler")

    def cut(self) -> None:
        """End all connections."""
        wait_for_postgres(self.address)
        others = "FROM pg_stat_activity WHERE backend_type = 'client backend'"
        self.sql(f"SELECT pg_terminate_backend(pid) {others} AND pid <> pg_backend_pid()")

    def freeze(self) -> None:
        """Stop all of its processes for a while: connections stay open, and nothing answers."""
        self.docker("pause", self.name)
        time.sleep(2.0)
        self.docker("unpause", self.name)

    def kill(self) -> None:
        """SIGKILL for all of its processes, and start it again."""
        self.docker("kill", "-s", "KILL", self.name)
        self.docker("start", self.name)


@contextmanager
def running(*, small: bool) -> Iterator[Server]:
    """A server that may be harmed."""
    if not (needs.engine_answers() and needs.image_present("postgres:17")):
        needs.missing("postgres")
    made = Server(small=small)
    try:
        made.run()
        yield made
    finally:
        made.docker("rm", "-f", "-v", made.name)


@pytest.fixture(scope="module")
def roomy() -> Iterator[Server]:
    """A server with room."""
    with running(small=False) as made:
        yield made


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server with room, unless a test asks for a small one."""
    if not getattr(request, "param", False):
        yield request.getfixturevalue("roomy")
        return
    with running(small=True) as made:
        yield made


@pytest.fixture
def databases(server: Server) -> dict[str, str]:
    """Empty databases for store and notify."""
    urls = {}
    for service in ("store", "notify"):
        name = f"{service}_{uuid.uuid4().hex[:8]}"
        server.sql(f"CREATE DATABASE {name}")
        urls[f"{service}_database"] = f"postgresql://{server.address}/{name}"
    return urls


@pytest.fixture
async def system(
    tmp_path: Path, redis_url: str, databases: dict[str, str]
) -> AsyncIterator[System]:
    """All services, of which each message may fail but once for a reason of its own."""
    whole = System(tmp_path, redis_url, **databases, COMMUNIQUE_MAX_ATTEMPTS="1")
    try:
        for service in SERVICES:
            whole.start(service)
        await whole.answers(*SERVICES)
        yield whole
    finally:
        await whole.close()


@pytest.mark.parametrize(
    ("server", "harm", "mend", "reason"),
    [
        (False, Server.forbid_writing, Server.allow_writing, "is read-only"),
        (True, Server.fill, Server.make_room, "has no room"),
    ],
    ids=("read-only", "full"),
    indirect=["server"],
)
async def test_everything_waits_for_a_server_and_goes_on_when_it_is_back(
    system: System,
    server: Server,
    harm: Callable[[Server], None],
    mend: Callable[[Server], None],
    reason: str,
) -> None:
    """/readyz says what is wrong; no file is done, no message dead, no processor busy."""
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents = system.drop()
        await system.settled(documents, receiver)
        await asyncio.to_thread(harm, server)
        try:

            async def told() -> bool:
                if len(documents) < 60:
                    documents.extend(system.drop())
                return reason in (await system.get("store", "/readyz")).json()["why"]

            await until(told, f"store says that its database {reason}")
            busy = system.processor_time("store") + system.processor_time("notify")
            await system.pause(3.0)
            used = system.processor_time("store") + system.processor_time("notify") - busy
            assert used < 1.5, "a hot loop"
            assert len(system.files("done")) < len(documents)
        finally:
            await asyncio.to_thread(mend, server)
        await system.settled(documents, receiver)


async def test_a_server_that_fails_again_and_again_loses_nothing(
    system: System, server: Server
) -> None:
    """Connections cut as in a fail-over, a frozen machine, kill -9 of all of it, under a load."""
    chance = random.Random(5)  # noqa: S311 - moments
    faults = [Server.cut, Server.freeze, Server.kill, *[Server.cut] * 5, Server.kill, Server.freeze]
    async with Receiver() as receiver:
        await system.subscribe(receiver.url)
        documents: list[str] = []
        for fault in faults:
            documents += system.drop(3)
            await asyncio.sleep(chance.uniform(0.1, 0.6))
            await asyncio.to_thread(fault, server)
        await system.settled(documents, receiver)
