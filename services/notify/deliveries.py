"""What becomes of a webhook: when it is tried, tried again, and given up. Pure.

The schedule and the meaning of the answers follow Standard Webhooks 1.0.0.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from shared.events import RecordStored

_MINUTE, _HOUR = 60.0, 3600.0
# Seconds to wait before each try: about three days in all.
SCHEDULE = (
    *(0.0, 5.0, 5 * _MINUTE, 30 * _MINUTE),
    *(2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR),
)
JITTER = 0.2  # up to this part of a wait is added, so that one outage does not end in one burst
_LONGEST_WAIT = 24 * _HOUR  # what a Retry-After may ask for
_GONE = 410
_ASK_TO_WAIT = {429, 503}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at delivering: either a status came back or an error says why not.

    `duration` is in seconds, `retry_after` the receiver's own header, `number` counts from 1.
    """

    number: int
    started_at: datetime
    duration: float
    status_code: int | None = None
    error: str | None = None
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt means for its delivery; `due_at` is given when it stays pending."""

    status: Literal["pending", "delivered", "failed"]
    due_at: datetime | None = None
    receiver_is_gone: bool = False


def judge(attempt: Attempt, schedule: tuple[float, ...], now: datetime, chance: float) -> Verdict:
    """Decide what follows from an attempt; `chance` in [0, 1) spreads the next ones."""
    if attempt.status_code is not None and 200 <= attempt.status_code < 300:
        return Verdict("delivered")
    if attempt.status_code == _GONE:
        return Verdict("failed", receiver_is_gone=True)
    if attempt.number >= len(schedule):
        return Verdict("failed")
    wait = schedule[attempt.number] * (1 + JITTER * chance)
    if attempt.status_code in _ASK_TO_WAIT:
        # Never sooner than asked, but not sooner than scheduled either: a receiver that asks for
        # one second each time would use up all its tries in ten.
        wait = max(wait, asked_wait(attempt.retry_after, now))
    return Verdict("pending", due_at=now + timedelta(seconds=wait))


def asked_wait(retry_after: str | None, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for (a number or a date), else 0."""
    if not retry_after:
        return 0.0
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), _LONGEST_WAIT)


def delivery_keys(event: RecordStored) -> tuple[str, ...]:
    """Return the key of what an event tells, then the keys under which that may be told too.

    A statement is told once, whatever document brings it and however often it is delivered: its
    key is its meeting, and those merged into it. Anything else is told once per record version.
    """
    if event.outcome != "statement.published":
        return (f"{event.outcome}:{event.document_id}:{event.version}",)
    if event.meeting is None:
        return (f"{event.outcome}:{event.document_id}",)
    meetings = (event.meeting.id, *event.merged_meeting_ids)
    return tuple(f"{event.outcome}:{meeting}" for meeting in meetings)


def event_id(key: str) -> str:
    """Return an id of the news itself, whoever is told."""
    return "evt_" + hashlib.sha256(key.encode()).hexdigest()[:32]


def webhook_id(subscription_id: str, key: str) -> str:
    """Return the id that every try of one delivery carries: the same for the same news."""
    return "msg_" + hashlib.sha256(f"{subscription_id}|{key}".encode()).hexdigest()[:32]
