"""When store got a document, and when its record was read: for the journeys of documents."""

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add columns; of what is there already the times are not known."""
    op.add_column("documents", sa.Column("kept_at", UtcDateTime))
    op.add_column("records", sa.Column("extracted_at", UtcDateTime))
