"""Cursors: where a page ended, so that the next one begins there whatever arrived meanwhile."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Annotated

from fastapi import HTTPException, Query

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(description="`next` of the page before")]


def cursor_of(key: str, tie_break: str) -> str:
    """Return the cursor of a place in a list."""
    return urlsafe_b64encode(f"{key} {tie_break}".encode()).decode().rstrip("=")


def place_of(cursor: str | None) -> tuple[str, str] | None:
    """Return the place that a cursor means; one that is none of ours is refused with 422."""
    if cursor is None:
        return None
    try:
        key, tie_break = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(" ")
    except (binascii.Error, UnicodeError, ValueError):
        raise HTTPException(422, "after: no cursor of this list") from None
    if not (key.isprintable() and tie_break.isprintable()):
        raise HTTPException(422, "after: no cursor of this list")
    return key, tie_break


def moment_of(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the place, in a list by time, that a cursor means; any other is refused with 422."""
    place = place_of(cursor)
    if place is None:
        return None
    try:
        return datetime.fromisoformat(place[0]), place[1]
    except ValueError:
        raise HTTPException(422, "after: no cursor of this list") from None
