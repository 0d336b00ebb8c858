"""Whether a service's database can be written."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from shared.database import Database
from shared.health import Condition, Part
from shared.migrating import touch_schema_version


def database_part(database: Database, package: str) -> Part:
    """Return whether a transaction that writes goes through; asked every few seconds at most.

    `package` is the import path of the service, such as `services.store`.
    """

    def write(connection: Connection) -> None:
        touch_schema_version(connection, package)

    async def check() -> Condition:
        # Not durable: that the disk is slow to confirm is no reason to make it slower.
        await database.write(write, durable=False)
        return Condition(facts={"database": database.url.render_as_string(hide_password=True)})

    return Part("database", check, kept=5.0)


def folders_of(database: Database) -> list[Path]:
    """Return where a database of this machine lies; nothing for a server, whose disk is its own."""
    if not database.is_sqlite or database.url.database in {None, "", ":memory:"}:
        return []
    return [Path(str(database.url.database)).parent]
