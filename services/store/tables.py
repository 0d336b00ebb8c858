"""The tables of store."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from shared.database import UtcDateTime

metadata = MetaData()
_COUNTER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts in plain INTEGER alone

# A document as it came. It is written once and never changed: its id is the hash of its bytes.
# `received_at`: ingest took it from the inbox; `kept_at`: store had it (empty: not known).
documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("media_type", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("source", Text),
    Column("received_at", UtcDateTime, nullable=False),
    Column("kept_at", UtcDateTime),
    Index("documents_by_arrival", "received_at", "id"),
    Index("documents_by_source", "source"),
)

# Documents that count no more: a later version took their place (`successor_id`), or somebody
# withdrew them. They are kept and shown.
retired = Table(
    "retired",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("successor_id", String(64)),
    Column("superseded_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("who", Text),
    Column("why", Text),
    Index("retired_by_successor", "successor_id"),
)

# What was read out of a document. A record may overtake its document, so there is no foreign key,
# and `outcome` is empty until both are there. `alerted`: this document once published a meeting.
records = Table(
    "records",
    metadata,
    Column("document_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("extractor_version", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("coalition_id", Text),
    Column("record", Text, nullable=False),
    Column("meeting_id", String(80)),
    Column("outcome", String(32)),
    Column("merged_ids", Text, nullable=False, server_default="[]"),
    Column("alerted", Boolean, nullable=False, server_default=text("false")),
    Column("extracted_at", UtcDateTime),
    Column("decided_at", UtcDateTime),
    Index("records_by_meeting", "meeting_id"),
)

# A meeting and its merged record. `number` stands for it in `marks` (in rare cases for two);
# `day` orders the list; `revision` counts every change, so that a worker knows whether what it
# remembers of the meeting still holds; `ruled`: a person's word holds for some of its documents.
meetings = Table(
    "meetings",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("coalition_id", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("merged", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("ruled", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("meetings_by_number", "number"),
    Index("meetings_by_day", "day", "id"),
    Index("meetings_by_coalition", "coalition_id", "day", "id"),
)

# Ids that were given out and are no more: always straight to the meeting that lives.
meeting_redirects = Table(
    "meeting_redirects",
    metadata,
    Column("old_id", String(80), primary_key=True),
    Column("new_id", String(80), nullable=False),
    Index("meeting_redirects_by_new", "new_id"),
)

# Meetings whose last document was withdrawn, corrected away or read anew; their ids stay theirs.
closed_meetings = Table(
    "closed_meetings",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("closed_at", UtcDateTime, nullable=False),
    Column("document_id", String(64), nullable=False),
)

# What persons ruled against the resolver: which documents are one meeting (`join`: all of them), or
# are not (`split`: those of side 1 leave those of side 0). Undone ones stay, to be seen.
rulings = Table(
    "rulings",
    metadata,
    Column("id", _COUNTER, primary_key=True, autoincrement=True),
    Column("act", String(8), nullable=False),
    Column("meeting_id", String(80), nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("ruled_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", Text),
    Column("undone_why", Text),
)
ruled_documents = Table(
    "ruled_documents",
    metadata,
    Column("ruling_id", _COUNTER, primary_key=True, autoincrement=False),
    Column("document_id", String(64), primary_key=True),
    Column("side", Integer, nullable=False),
    Index("ruled_documents_by_document", "document_id"),
)

# Every change of a meeting, in order, as JSON (`shared.meeting.Entry`).
history = Table(
    "history",
    metadata,
    Column("id", _COUNTER, primary_key=True, autoincrement=True),
    Column("meeting_id", String(80), nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("entry", Text, nullable=False),
    Index("history_by_meeting", "meeting_id", "id"),
)

# Meetings that ties would join, were it not for a contradiction: decided again together.
rivals = Table(
    "rivals",
    metadata,
    Column("meeting_id", String(80), primary_key=True),
    Column("rival_id", String(80), primary_key=True),
    Index("rivals_by_rival", "rival_id"),
)

# Under which marks (`marks`) meetings can be found, by their numbers; `month` is that of a document
# whose text gives the mark. A mark that is worn out has one row only, with the meeting 0. All are
# integers and there is no second index, for each document adds a hundred rows all over the table.
marks = Table(
    "marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("meeting", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Events to announce, written with what they tell of; the relay publishes them in this order, into
# a life of the stream (`memory`) and there under a number (`entry`). They stay until all readers
# of the stream have acknowledged them (`confirmed_at`), and a day longer.
outbox = Table(
    "outbox",
    metadata,
    Column("id", _COUNTER, primary_key=True, autoincrement=True),
    Column("document_id", String(64), nullable=False),
    Column("event", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("entry", BigInteger),
    Column("memory", Text),
    Column("confirmed_at", UtcDateTime),
    Index(
        "outbox_unconfirmed",
        "memory",
        "entry",
        "id",
        postgresql_where=text("confirmed_at IS NULL"),
        sqlite_where=text("confirmed_at IS NULL"),
    ),
)
