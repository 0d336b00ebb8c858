"""Meetings over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from services.store.adapters.shelves import Shelves, Wanted
from services.store.api.cursors import Cursor, Limit, cursor_of, place_of
from services.store.api.lines import PathId
from shared.meeting import Entry, MergedMeeting


class MeetingPage(BaseModel):
    """One page of meetings; `next` is the cursor of the next one."""

    items: list[MergedMeeting]
    next: str | None


class HistoryPage(BaseModel):
    """One page of a meeting's history; `next` is the cursor of the next one."""

    items: list[Entry]
    next: str | None


def meeting_routes(shelves: Shelves, public_url: str) -> APIRouter:
    """Return the routes under `/api/meetings`; redirects lead to `public_url`."""
    router = APIRouter(prefix="/api/meetings", tags=["meetings"])

    @router.get("", response_model=MeetingPage)
    async def list_meetings(
        coalition: Annotated[str | None, Query(pattern=r"^[!-~]{1,128}$")] = None,
        since: Annotated[date | None, Query(alias="from")] = None,
        until: Annotated[date | None, Query(alias="to")] = None,
        status: Literal["announced", "published"] | None = None,
        limit: Limit = 50,
        after: Cursor = None,
    ) -> Response:
        """List meetings, newest first; `from` and `to` are days on which they may have been."""
        wanted = Wanted(coalition, _iso(since), _iso(until), status)
        found = await shelves.meetings(wanted, limit + 1, place_of(after))
        shown = found[:limit]
        cursor = f'"{cursor_of(*shown[-1][0])}"' if len(found) > limit else "null"
        # They are kept as JSON: reading it in to write it out again would take twenty times longer.
        return _json(f'{{"items":[{",".join(raw for _, raw in shown)}],"next":{cursor}}}')

    @router.get(
        "/{meeting_id}",
        response_model=MergedMeeting,
        responses={308: {"description": "It went up in another one"}, 404: {}, 410: {}},
    )
    async def get_meeting(meeting_id: PathId) -> Response:
        """Return one meeting with its sources and why they belong; an old id leads to the new.

        410: it is closed, for its last document was withdrawn or tells of no meeting any more.
        """
        raw = await shelves.meeting(meeting_id)
        if raw is not None:
            return _json(raw)
        closed = await shelves.closed_at(meeting_id)
        if closed is not None:
            raise HTTPException(410, f"meeting {meeting_id} was closed at {closed.isoformat()}")
        return await _led_on(meeting_id)

    @router.get(
        "/{meeting_id}/history",
        response_model=HistoryPage,
        responses={308: {"description": "It went up in another one"}, 404: {}},
    )
    async def get_history(meeting_id: PathId, limit: Limit = 50, after: Cursor = None) -> Response:
        """Tell what changed in a meeting, when, and through which document or person, oldest first.

        The history of meetings that went up in it is part of it.
        """
        found = await shelves.history(meeting_id, limit + 1, _number_of(after))
        moved = await shelves.moved_to(meeting_id)
        if moved is not None or not found:
            return await _led_on(meeting_id, "/history")
        shown = found[:limit]
        more = f'"{cursor_of(str(shown[-1][0]), "-")}"' if len(found) > limit else "null"
        return _json(f'{{"items":[{",".join(raw for _, raw in shown)}],"next":{more}}}')

    async def _led_on(meeting_id: str, rest: str = "") -> Response:
        moved = await shelves.moved_to(meeting_id)
        if moved is None:
            raise HTTPException(404, f"no meeting {meeting_id}")
        return RedirectResponse(f"{public_url}/api/meetings/{quote(moved)}{rest}", 308)

    return router


def _number_of(cursor: str | None) -> int:
    place = place_of(cursor)
    if place is None:
        return 0
    if not (place[0].isascii() and place[0].isdigit()):
        raise HTTPException(422, "after: no cursor of this list")
    return min(int(place[0][:19]), 2**62)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(raw: str) -> Response:
    return Response(raw, media_type="application/json")
