"""The tables of notify: subscriptions, what is to be delivered to them, and every try at it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from shared.database import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite counts up by itself only in a column of its plain INTEGER.
Counter = BigInteger().with_variant(Integer, "sqlite")
# Encrypted signing keys. SQLite keeps what it is given, and cannot change a column's type.
Sealed = Text().with_variant(String(128), "sqlite")

# `number` is the order of arrival, by which lists are paged; `id` is what the world sees.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("events", JSON, nullable=False),
    Column("filters", JSON, nullable=False),
    Column("format", String(32), nullable=False),
    Column("lang", String(8), nullable=False, server_default="en"),
    Column("secret", Sealed, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# `id` is the webhook-id. `body` and `headers` are kept so that every try sends the same. `due_at`
# is empty once a delivery has ended; `leased_until` and `lease` are set while a worker is sending
# it: only who holds this lease may note what came of it.
deliveries = Table(
    "deliveries",
    metadata,
    Column("number", Counter, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column(
        "subscription_id",
        String(64),
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("key", String(300), nullable=False),
    Column("type", String(64), nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("host", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("headers", JSON, nullable=False, server_default='{"content-type": "application/json"}'),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("lease", String(32)),
    UniqueConstraint("subscription_id", "key"),
    Index(None, "status", "due_at"),
    Index(None, "document_id"),
)

# Under which keys a statement counts as told to a subscriber: that of its meeting, and those of the
# meetings merged into it. Taking them is what makes two processes tell it once.
told = Table(
    "told",
    metadata,
    Column(
        "subscription_id",
        String(64),
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("key", String(300), primary_key=True),
    sqlite_with_rowid=False,
)

# `duration` is in seconds.
attempts = Table(
    "attempts",
    metadata,
    Column(
        "delivery_id", String(64), ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("duration", Float, nullable=False),
    Column("status_code", Integer),
    Column("error", Text),
)
