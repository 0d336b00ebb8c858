"""What the streams hold of documents, read by the heads of messages: bodies may be long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

import redis
from redis.exceptions import ResponseError

from communique.documents.ways import document_of
from shared.streams import GROUPS

State = Literal["unread", "pending", "acknowledged"]
_PAGE: Final = 500
_HEAD: Final = 400  # bytes, in which the correlation id stands
_NAMED = re.compile(rb'"document_id"\s*:\s*"([0-9a-f]{64})"')  # where a message has no head

# Entries of KEYS[1] and the first ARGV[1] bytes of each message: from ARGV[2] on up to ARGV[3] of
# them, or those whose ids are given instead.
_AFTER: Final = """
local given = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], ARGV[2], '+', 'COUNT', ARGV[3])) do
  for i = 1, #entry[2], 2 do
    if entry[2][i] == '__data__' then
      table.insert(given, {entry[1], string.sub(entry[2][i + 1], 1, tonumber(ARGV[1]))})
    end
  end
end
return given
"""
_NAMED_ONES: Final = """
local given = {}
for n = 2, #ARGV do
  local found = redis.call('XRANGE', KEYS[1], ARGV[n], ARGV[n])
  for i = 1, found[1] and #found[1][2] or 0, 2 do
    if found[1][2][i] == '__data__' then
      table.insert(given, {ARGV[n], string.sub(found[1][2][i + 1], 1, tonumber(ARGV[1]))})
    end
  end
end
return given
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and how it stands with one group; `idle` in seconds since the last attempt."""

    stream: str
    entry: str
    document_id: str | None
    group: str
    state: State
    consumer: str | None = None
    attempts: int = 0
    idle: float | None = None

    @property
    def at(self) -> float:
        """When it was published, in seconds since the epoch by the clock of Redis."""
        return int(self.entry.partition("-")[0]) / 1000


@dataclass(frozen=True, slots=True)
class Position:
    """How far a group is: what it was given last, and how much of that is in hand."""

    last: str
    pending: int
    oldest_pending: str | None


def read_positions(client: redis.Redis) -> dict[tuple[str, str], Position]:
    """Return how far every group is that there should be; one that is missing stands at 0."""
    found = {}
    for stream, names in GROUPS.items():
        try:
            there = {_text(group["name"]): group for group in client.xinfo_groups(stream)}
        except ResponseError:  # no such stream
            there = {}
        for name in names:
            found[stream, name] = _position(client, stream, name, there.get(name))
    return found


def read_open(client: redis.Redis) -> Iterator[Entry]:
    """Yield all messages that a group has yet to read or to acknowledge, group by group."""
    for (stream, group), position in read_positions(client).items():
        yield from read_pending(client, stream, group)
        for entry, document in _heads_after(client, stream, f"({position.last}"):
            yield Entry(stream, entry, document, group, "unread")


def read_pending(client: redis.Redis, stream: str, group: str) -> Iterator[Entry]:
    """Yield what a group was given and has not acknowledged."""
    start = "-"
    while page := _pending_page(client, stream, group, start):
        ids = [_text(each["message_id"]) for each in page]
        documents = dict(_heads_of(client, stream, ids))
        for entry, each in zip(ids, page, strict=True):
            yield Entry(
                stream,
                entry,
                documents.get(entry),
                group,
                "pending",
                _text(each["consumer"]),
                int(each["times_delivered"]),
                int(each["time_since_delivered"]) / 1000,
            )
        start = f"({ids[-1]}"


def read_all_of(client: redis.Redis, document_id: str) -> Iterator[Entry]:
    """Yield every message that is still there of a document, with how each group stands to it."""
    positions = read_positions(client)
    for stream, groups in GROUPS.items():
        for entry, document in _heads_after(client, stream, "-"):
            if document == document_id:
                for group in groups:
                    last = positions[stream, group].last
                    yield _standing(client, stream, entry, document_id, group, last)


def order_of(entry: str) -> tuple[int, int]:
    """Return the place of an entry's id among others."""
    milliseconds, _, number = entry.partition("-")
    return int(milliseconds), int(number or 0)


def _standing(
    client: redis.Redis, stream: str, entry: str, document_id: str, group: str, last: str
) -> Entry:
    if order_of(entry) > order_of(last):
        return Entry(stream, entry, document_id, group, "unread")
    for each in _pending_page(client, stream, group, entry, entry):
        return Entry(
            stream,
            entry,
            document_id,
            group,
            "pending",
            _text(each["consumer"]),
            int(each["times_delivered"]),
            int(each["time_since_delivered"]) / 1000,
        )
    return Entry(stream, entry, document_id, group, "acknowledged")


def _position(client: redis.Redis, stream: str, name: str, group: Any) -> Position:
    if group is None:
        return Position("0-0", 0, None)
    waiting = client.xpending(stream, name)
    oldest = _text(waiting["min"]) if waiting["pending"] else None
    return Position(_text(group["last-delivered-id"]), int(waiting["pending"]), oldest)


def _pending_page(
    client: redis.Redis, stream: str, group: str, start: str, end: str = "+"
) -> list[dict[str, Any]]:
    try:
        found = client.xpending_range(stream, group, start, end, _PAGE)
    except ResponseError as error:
        if "NOGROUP" in str(error):
            return []
        raise
    return cast("list[dict[str, Any]]", found)


def _heads_after(client: redis.Redis, stream: str, start: str) -> Iterator[tuple[str, str | None]]:
    while page := cast("list[Any]", client.eval(_AFTER, 1, stream, _HEAD, start, _PAGE)):
        yield from _documents(page)
        start = f"({_text(page[-1][0])}"


def _heads_of(
    client: redis.Redis, stream: str, entries: Iterable[str]
) -> Iterator[tuple[str, str | None]]:
    yield from _documents(cast("list[Any]", client.eval(_NAMED_ONES, 1, stream, _HEAD, *entries)))


def _documents(page: list[Any]) -> Iterator[tuple[str, str | None]]:
    for entry, head in page:
        named = _NAMED.search(head)
        document = document_of(head) or (named[1].decode() if named else "")
        yield _text(entry), document or None


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
