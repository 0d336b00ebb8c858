"""The schema: made by migrations, the same as the tables in code, once however many start."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from services.store.adapters import index
from services.store.tables import meetings, metadata
from services.store.witness import witness_of
from shared.database import Database
from shared.migrating import migrate
from tests.store.makers import case

ROOT = Path(__file__).parents[2]


def _differences(connection: Connection) -> list[object]:
    options = {"version_table": "store_schema_version", "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


async def test_migrations_make_the_tables_that_the_code_uses(database_url: str) -> None:
    """Nothing is missing and nothing differs, on either database."""
    database = Database(database_url)
    await migrate(database, "services.store")
    async with database.reading() as db:
        assert await db.run_sync(_differences) == []
    await database.close()


async def test_several_workers_may_start_at_once(database_url: str) -> None:
    """One makes the schema, the others find it made."""
    workers = [Database(database_url) for _ in range(4)]
    await asyncio.gather(*(migrate(each, "services.store") for each in workers))
    for each in workers:
        await each.close()


async def test_the_schema_can_be_made_by_a_job_of_its_own(tmp_path: Path) -> None:
    """`python -m services.store migrate` makes it and exits 0, wherever it is started."""
    url = f"sqlite:///{tmp_path}/var/store.db"
    environment = os.environ | {"COMMUNIQUE_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "services.store", "migrate"]
    piped: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    job = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=environment, **piped)
    told, _ = await job.communicate()
    assert job.returncode == 0, told
    database = Database(url)
    async with database.reading() as db:
        names = await db.run_sync(lambda connection: inspect(connection).get_table_names())
    assert set(metadata.tables) < set(names)
    await database.close()


async def test_a_database_of_before_corrections_keeps_what_it_has(database_url: str) -> None:
    """Meetings and documents of the schema before stay, and nothing was ruled of them."""
    database = Database(database_url)
    if database.is_sqlite:
        Path(str(database.url.database)).parent.mkdir(parents=True)
    async with database.writing() as db:
        await db.run_sync(_upgrade_to, "0002")
        await db.execute(text(_OLD_MEETING))
    await migrate(database, "services.store")
    async with database.reading() as db:
        kept = (await db.execute(select(meetings.c.id, meetings.c.ruled))).all()
        assert [tuple(row) for row in kept] == [("m-1", False)]
    await database.close()


async def test_stored_documents_are_found_by_new_marks(database_url: str) -> None:
    """Meetings of the first schema get numbers, and stand under what their documents say."""
    database = Database(database_url)
    if database.is_sqlite:
        Path(str(database.url.database)).parent.mkdir(parents=True)
    told = case("They met in Riyadh", ordinal=2, body="defence_ministers")
    given = {"id": told.id, "record": told.record.model_dump_json(), "text": told.text}
    async with database.writing() as db:
        await db.run_sync(_upgrade_to, "0001")
        for statement in _FIRST_SCHEMA:
            await db.execute(text(statement), given)
    await migrate(database, "services.store")
    sought = witness_of(told.record, told.text)
    assert sought is not None
    async with database.reading() as db:
        found = await db.run_sync(index.found_under, sought.sought)
    assert found.meetings == {"m-1": sought.stands}
    await database.close()


_FIRST_SCHEMA = (
    "INSERT INTO documents (id, name, text, media_type, encoding, size, received_at)"
    " VALUES (:id, 'a.txt', :text, 'text/plain', 'utf-8', 1, '2024-02-03')",
    "INSERT INTO records (document_id, version, extractor_version, kind, record, meeting_id)"
    " VALUES (:id, 1, '1', 'statement', :record, 'm-1')",
    "INSERT INTO meetings (id, coalition_id, status, day, last_day, merged, revision, published,"
    " created_at, updated_at) VALUES ('m-1', 'imctc', 'published', '2024-02-03', '2024-02-03',"
    " '{}', 1, true, '2024-02-03', '2024-02-03')",
    "INSERT INTO marks (mark, meeting_id) VALUES (1, 'm-1')",
)
_OLD_MEETING = (
    "INSERT INTO meetings (id, number, coalition_id, status, day, last_day, merged, revision,"
    " published, created_at, updated_at) VALUES ('m-1', 1, 'imctc', 'published', '2024-02-03',"
    " '2024-02-03', '{}', 1, true, '2024-02-03', '2024-02-03')"
)


def _upgrade_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "services.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, package="services.store")
    command.upgrade(config, revision)
