"""Under which names a statement was told, and whose a lease is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a table and fill it with the statements that were told; add a column."""
    op.create_table(
        "told",
        sa.Column("subscription_id", sa.String(64), nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "key", name="pk_told"),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_told_subscription_id_subscriptions",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO told (subscription_id, key) SELECT subscription_id, key FROM deliveries"
        " WHERE type = 'statement.published'"
    )
    op.add_column("deliveries", sa.Column("lease", sa.String(32)))
