"""Deliveries are found by their document."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add an index."""
    op.create_index("ix_deliveries_document_id", "deliveries", ["document_id"])
