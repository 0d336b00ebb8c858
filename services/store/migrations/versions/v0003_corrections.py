"""Versions and withdrawals of documents, what persons ruled, and the history of meetings."""

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime

revision = "0003"
down_revision = "0002"

_COUNTER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add tables, an index and a column; what is there stays as it is."""
    op.create_index("documents_by_source", "documents", ["source"])
    op.add_column(
        "meetings", sa.Column("ruled", sa.Boolean, nullable=False, server_default=sa.false())
    )
    _create_retired()
    _create_rulings()
    _create_history()


def _create_retired() -> None:
    op.create_table(
        "retired",
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("successor_id", sa.String(64)),
        sa.Column("superseded_at", UtcDateTime),
        sa.Column("withdrawn_at", UtcDateTime),
        sa.Column("who", sa.Text),
        sa.Column("why", sa.Text),
        sa.PrimaryKeyConstraint("document_id", name="pk_retired"),
    )
    op.create_index("retired_by_successor", "retired", ["successor_id"])


def _create_rulings() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("meeting_id", sa.String(80), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("ruled_at", UtcDateTime, nullable=False),
        sa.Column("undone_at", UtcDateTime),
        sa.Column("undone_by", sa.Text),
        sa.Column("undone_why", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_rulings"),
    )
    op.create_table(
        "ruled_documents",
        sa.Column("ruling_id", _COUNTER, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("side", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("ruling_id", "document_id", name="pk_ruled_documents"),
    )
    op.create_index("ruled_documents_by_document", "ruled_documents", ["document_id"])


def _create_history() -> None:
    op.create_table(
        "history",
        sa.Column("id", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.String(80), nullable=False),
        sa.Column("happened_at", UtcDateTime, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("history_by_meeting", "history", ["meeting_id", "id"])
    op.create_table(
        "closed_meetings",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("closed_at", UtcDateTime, nullable=False),
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_closed_meetings"),
    )
