"""The reader's language of a subscription, and the headers that go with a body."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Also for what a worker of the version before still writes.
_ENGLISH = sa.text("'en'")
_STANDARD = sa.text("""'{"content-type": "application/json"}'""")


def upgrade() -> None:
    """Add the columns; what was subscribed and scheduled before is in the standard format."""
    language = sa.Column("lang", sa.String(8), nullable=False, server_default=_ENGLISH)
    headers = sa.Column("headers", sa.JSON, nullable=False, server_default=_STANDARD)
    op.add_column("subscriptions", language)
    op.add_column("deliveries", headers)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("deliveries", "headers")
    op.drop_column("subscriptions", "lang")
