"""Events stay in the outbox until all their readers have confirmed them."""

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime

revision = "0004"
down_revision = "0003"

_UNCONFIRMED = sa.text("confirmed_at IS NULL")


def upgrade() -> None:
    """Add columns; what was published by then counts as confirmed."""
    op.add_column("outbox", sa.Column("entry", sa.BigInteger))
    op.add_column("outbox", sa.Column("memory", sa.Text))
    op.add_column("outbox", sa.Column("confirmed_at", UtcDateTime))
    op.execute("UPDATE outbox SET confirmed_at = published_at WHERE published_at IS NOT NULL")
    op.drop_index("outbox_unpublished", "outbox")
    op.create_index(
        "outbox_unconfirmed",
        "outbox",
        ["memory", "entry", "id"],
        postgresql_where=_UNCONFIRMED,
        sqlite_where=_UNCONFIRMED,
    )
