"""Dead letters: messages that no attempt could handle, as `shared/delivery.py` keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import redis

from shared.burying import ABOUT, ONLY_FOR, ORIGINAL
from shared.errors import CommuniqueError
from shared.streams import GROUPS, dead_letters

_AGE = re.compile(r"(\d+)([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter. `id` is its entry in the dead stream, `message` the fields it died with."""

    id: str
    stream: str
    entry: str
    group: str
    reason: str
    exception: str
    attempts: int
    died_at: str
    message: dict[bytes, bytes]

    def about(self) -> dict[str, Any]:
        """Return what is known of it, without the message."""
        known = {name: getattr(self, name) for name in ABOUT}
        return {"id": self.id, **known, "document_id": self.document_id()}

    @property
    def laid_down(self) -> datetime:
        """When it died, by Redis' clock."""
        return datetime.fromtimestamp(int(self.id.partition("-")[0]) / 1000, UTC)

    def body(self) -> Any:
        """Return the message itself: parsed if it is JSON, else as text."""
        body, _ = self._parsed()
        try:
            return json.loads(body)
        except ValueError:
            return body.decode("utf-8", "replace")

    def document_id(self) -> str | None:
        """Return the document whose message it was, as far as it can be told."""
        _, headers = self._parsed()
        body = self.body()
        told = body.get("document_id") if isinstance(body, dict) else None
        return str(told or headers.get("correlation_id") or "") or None

    def _parsed(self) -> tuple[bytes, dict[str, Any]]:
        from faststream.redis.parser import BinaryMessageFormatV1  # takes half a second to import

        raw = self.message.get(b"__data__", b"")
        try:
            body, headers = BinaryMessageFormatV1.parse(raw)
        except Exception:  # a letter may have died of being no message at all
            return raw, {}
        return body, dict(headers)


def read_letters(client: redis.Redis) -> Iterator[Letter]:
    """Yield all dead letters, those of the first stream first, oldest first."""
    for stream in GROUPS:
        start = "-"
        while page := _page(client, stream, start):
            yield from (_letter(stream, entry, fields) for entry, fields in page)
            start = f"({page[-1][0].decode()}"


def find_letters(client: redis.Redis, ids: list[str]) -> list[Letter]:
    """Return the letters with these ids. CommuniqueError for one that is not there."""
    found = {letter.id: letter for letter in read_letters(client)}
    for wanted in ids:
        if wanted not in found:
            raise CommuniqueError(f"there is no dead letter {wanted}: see `communique dead list`")
    return [found[wanted] for wanted in dict.fromkeys(ids)]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are meant: those to which all that is given here applies."""

    stream: str | None = None
    group: str | None = None
    reason: str | None = None  # words of it, in any case
    older_than: timedelta | None = None

    def fits(self, letter: Letter, now: datetime) -> bool:
        """Tell whether a letter is meant."""
        return (
            self.stream in (None, letter.stream, letter.stream.rpartition(".v")[0])
            and self.group in (None, letter.group)
            and (self.reason or "").casefold() in letter.reason.casefold()
            and (self.older_than is None or now - letter.laid_down > self.older_than)
        )


def age_of(told: str | None) -> timedelta | None:
    """Return the time that `90s`, `15m`, `2h` or `7d` mean. CommuniqueError for anything else."""
    if told is None:
        return None
    meant = _AGE.fullmatch(told.strip())
    if meant is None:
        raise CommuniqueError(f"{told!r} is no age: give a number with s, m, h or d, such as 2h")
    try:
        return timedelta(**{_UNITS[meant[2]]: int(meant[1])})
    except OverflowError:
        raise CommuniqueError(f"{told!r} is longer ago than anything") from None


def replay_letter(client: redis.Redis, letter: Letter) -> None:
    """Send the message again to the group where it died, and remove the letter, both or neither.

    The other groups of the stream have it: they let it pass. A letter that does not say whose it
    is goes to all of them.
    """
    message = dict(letter.message)
    if letter.group in GROUPS[letter.stream]:
        message[ONLY_FOR] = letter.group.encode()
    with client.pipeline(transaction=True) as both:
        both.xadd(letter.stream, cast("Any", message))
        both.xdel(dead_letters(letter.stream), letter.id)
        both.execute()


def drop_letter(client: redis.Redis, letter: Letter) -> None:
    """Remove a letter for good."""
    client.xdel(dead_letters(letter.stream), letter.id)


def _page(client: redis.Redis, stream: str, start: str) -> list[tuple[bytes, dict[bytes, bytes]]]:
    found = client.xrange(dead_letters(stream), min=start, count=50)
    return cast("list[tuple[bytes, dict[bytes, bytes]]]", found)


def _letter(stream: str, entry: bytes, fields: dict[bytes, bytes]) -> Letter:
    told = {name: fields.get(name.encode(), b"").decode("utf-8", "replace") for name in ABOUT}
    return Letter(
        id=entry.decode(),
        stream=stream,  # where it lies, whatever it says: replaying must not lead elsewhere
        entry=told["entry"],
        group=told["group"],
        reason=told["reason"],
        exception=told["exception"],
        attempts=int(told["attempts"]) if told["attempts"].isdecimal() else 0,
        died_at=told["died_at"],
        message={
            k.removeprefix(ORIGINAL): v
            for k, v in fields.items()
            if k.decode("utf-8", "replace") not in ABOUT
        },
    )
