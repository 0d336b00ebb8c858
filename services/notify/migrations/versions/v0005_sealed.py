"""Secrets are kept encrypted, several of a subscription: they need more room.

What lies open is sealed when the service starts, for the key is not the schema's affair.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Widen the column; SQLite keeps what it is given, however long."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("subscriptions", "secret", type_=sa.Text, existing_nullable=False)
