"""Bringing a service's database to its newest schema, once however many processes start."""

from __future__ import annotations

import asyncio
import importlib.resources
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zlib import crc32

from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from shared.database import Database, DatabaseSettings
from shared.errors import CommuniqueError, SettingsError
from shared.faults import DatabaseUnavailableError
from shared.settings import load_settings

if TYPE_CHECKING:
    from alembic.runtime.environment import EnvironmentContext


async def migrate(database: Database, package: str) -> None:
    """Bring the database to the newest schema in `PACKAGE/migrations`.

    `package` is an import path such as `services.store`. All of it is one transaction that holds a
    lock from its first statement, so that a second process waits and then finds nothing to do:
    SQLite's own write lock, or an advisory lock of PostgreSQL. A database that cannot be reached
    or changed raises CommuniqueError, in one line without the password.
    """
    if database.is_sqlite and database.url.database not in {None, "", ":memory:"}:
        Path(str(database.url.database)).parent.mkdir(parents=True, exist_ok=True)
    try:
        async with database.writing() as connection:
            if not database.is_sqlite:
                lock = {"lock": crc32(package.encode())}
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), lock)
            await connection.run_sync(_upgrade, package)
    except DatabaseUnavailableError as error:
        raise CommuniqueError(
            f"cannot use the database {database.url}: it {error.fault}"
        ) from error
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise CommuniqueError(f"cannot use the database {database.url}: {reason}") from error


def migrate_once(settings_class: type[DatabaseSettings], package: str) -> NoReturn:
    """Migrate and exit, for a job that runs before the services: 0, or one line and 1 or 2."""
    try:
        settings = load_settings(settings_class)
        asyncio.run(_migrate_and_close(settings, package))
    except SettingsError as error:
        sys.exit(_say(f"{package}: {error}", 2))
    except CommuniqueError as error:
        sys.exit(_say(f"{package}: {error}", 1))
    sys.exit(_say(f"{package}: the database is up to date", 0))


def newest_revision(package: str) -> str:
    """Return the newest revision in `PACKAGE/migrations`: its files are named vNNNN_WHAT.py."""
    versions = importlib.resources.files(f"{package}.migrations.versions")
    files = (entry.name for entry in versions.iterdir() if entry.name.startswith("v"))
    return max(files).removeprefix("v").partition("_")[0]


def touch_schema_version(connection: Connection, package: str) -> None:
    """Write what is there already: a database that takes this takes all else."""
    table = _version_table(package)
    connection.execute(text(f"UPDATE {table} SET version_num = version_num"))  # noqa: S608 - ours


def run_migrations(context: EnvironmentContext | Any, metadata: MetaData) -> None:
    """Do the work of a service's `migrations/env.py`, on the connection that `migrate` opened.

    The version table carries the service's name, so that two services may share one database.
    """
    package: str = context.config.attributes["package"]
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=_version_table(package),
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _migrate_and_close(settings: DatabaseSettings, package: str) -> None:
    database = Database(settings.database_url, settings.database_password)
    try:
        await migrate(database, package)
    finally:
        await database.close()


def _say(line: str, code: int) -> int:
    print(line, file=sys.stderr)  # noqa: T201
    return code


def _upgrade(connection: Connection, package: str) -> None:
    if _revision(connection, package) == newest_revision(package):
        return
    # Not before: Alembic takes 10 MB and a tenth of a second, and most starts have nothing to do.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", f"{package}:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, package=package)
    command.upgrade(config, "head")


def _revision(connection: Connection, package: str) -> str | None:
    table = _version_table(package)
    if not inspect(connection).has_table(table):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {table}"))  # noqa: S608 - our name
    revision: str | None = found.scalar()
    return revision


def _version_table(package: str) -> str:
    return f"{package.rpartition('.')[2]}_schema_version"
