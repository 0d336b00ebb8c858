"""Pages of a list: `?limit=50&after=CURSOR` answers `{"items": [...], "next": CURSOR or null}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import HTTPException, Query
from pydantic import BaseModel

Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=200)]
# The number of the last item seen, which nothing that arrives meanwhile can shift.
Cursor = Annotated[str | None, Query(pattern=r"^[0-9]{1,18}$")]


class Page(BaseModel, Generic[Item]):
    """One page; `next` is the cursor of the next one."""

    items: list[Item]
    next: str | None


def page_of(numbered: Sequence[tuple[int, Item]], limit: int) -> Page[Item]:
    """Return a page of up to `limit` items out of one more than that, if there is one more."""
    shown = numbered[:limit]
    more = len(numbered) > limit
    return Page(items=[item for _, item in shown], next=str(shown[-1][0]) if more else None)


def unknown(subscription_id: str) -> HTTPException:
    """Return the answer to whoever asks for a subscription that is not there."""
    return HTTPException(404, f"no subscription {subscription_id[:64]}")
