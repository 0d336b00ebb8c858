"""Documents, records, meetings with their marks, and the outbox."""

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime

revision = "0001"
down_revision = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_UNPUBLISHED = sa.text("published_at IS NULL")


def upgrade() -> None:
    """Create the tables."""
    _create_documents()
    _create_meetings()
    _create_outbox()


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_index("documents_by_arrival", "documents", ["received_at", "id"])
    op.create_table(
        "records",
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("extractor_version", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("coalition_id", sa.Text),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("meeting_id", sa.String(80)),
        sa.Column("outcome", sa.String(32)),
        sa.Column("merged_ids", sa.Text, nullable=False, server_default="[]"),
        sa.Column("alerted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("decided_at", UtcDateTime),
        sa.PrimaryKeyConstraint("document_id", name="pk_records"),
    )
    op.create_index("records_by_meeting", "records", ["meeting_id"])


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("coalition_id", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("merged", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("contested", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
    )
    op.create_index("meetings_by_day", "meetings", ["day", "id"])
    op.create_index("meetings_by_coalition", "meetings", ["coalition_id", "day", "id"])
    op.create_table(
        "meeting_redirects",
        sa.Column("old_id", sa.String(80), nullable=False),
        sa.Column("new_id", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name="pk_meeting_redirects"),
    )
    op.create_index("meeting_redirects_by_new", "meeting_redirects", ["new_id"])
    op.create_table(
        "rivals",
        sa.Column("meeting_id", sa.String(80), nullable=False),
        sa.Column("rival_id", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "rival_id", name="pk_rivals"),
    )
    op.create_index("rivals_by_rival", "rivals", ["rival_id"])
    op.create_table(
        "marks",
        sa.Column("mark", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("meeting_id", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("mark", "meeting_id", name="pk_marks"),
        sqlite_with_rowid=False,
    )
    op.create_index("marks_by_meeting", "marks", ["meeting_id"])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("published_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index(
        "outbox_unpublished",
        "outbox",
        ["id"],
        postgresql_where=_UNPUBLISHED,
        sqlite_where=_UNPUBLISHED,
    )
