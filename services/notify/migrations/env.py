"""Alembic's entry: the shared way of running, with the tables of notify."""

from alembic import context

from services.notify.tables import metadata
from shared.migrating import run_migrations

run_migrations(context, metadata)
