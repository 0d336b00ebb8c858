"""Marks that are integers throughout, with months; meetings have numbers to stand for them.

Marks are made by other rules than before, so they are made anew, from every stored document that
has a meeting, by the rules of the day on which this runs.
"""

import sqlalchemy as sa
from alembic import op

from services.store.adapters import index
from services.store.marks import number_of
from services.store.witness import witness_of
from shared.record import Record

revision = "0002"
down_revision = "0001"

_STORED = sa.text(
    "SELECT document_id, meeting_id, record, text FROM records"
    " JOIN documents ON id = document_id"
    " WHERE meeting_id IS NOT NULL AND document_id > :last ORDER BY document_id LIMIT 200"
)


def upgrade() -> None:
    """Make the table anew and fill it; give meetings their numbers."""
    op.drop_table("marks")
    op.create_table(
        "marks",
        sa.Column("mark", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("meeting", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("month", sa.Integer, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("mark", "meeting", "month", name="pk_marks"),
        sqlite_with_rowid=False,
    )
    _number_meetings()
    _make_marks(op.get_bind())


def _number_meetings() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.add_column(sa.Column("number", sa.Integer, nullable=False, server_default="0"))
        meetings.drop_column("contested")
    db = op.get_bind()
    numbers = [
        {"name": name, "number": number_of(name)}
        for name in db.execute(sa.text("SELECT id FROM meetings")).scalars()
    ]
    if numbers:
        db.execute(sa.text("UPDATE meetings SET number = :number WHERE id = :name"), numbers)
    with op.batch_alter_table("meetings") as meetings:
        meetings.alter_column("number", server_default=None)
    op.create_index("meetings_by_number", "meetings", ["number"])


def _make_marks(db: sa.Connection) -> None:
    last = ""
    while rows := db.execute(_STORED, {"last": last}).all():
        last = rows[-1].document_id
        for _, meeting_id, raw, text in rows:
            witness = witness_of(Record.model_validate_json(raw), text)
            if witness is None:
                continue
            found = index.found_under(db, witness.sought)
            wearing = found.wearing(witness.stands)
            index.wear_out(db, wearing)
            worn = found.worn | wearing
            index.stand_under(db, meeting_id, {s for s in witness.stands if s.mark not in worn})
