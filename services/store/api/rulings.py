"""Overruling the resolver over HTTP: joining and splitting meetings, and undoing it."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated, Any, Self
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, StringConstraints, model_validator

from services.store.adapters.desk import Desk
from services.store.adapters.overruling import (
    MovedError,
    RefusedError,
    Ruled,
    UnknownError,
    Wish,
)
from services.store.adapters.shelves import Shelves
from services.store.api.lines import Line, PathId
from services.store.rulings import RulingAct
from shared.record import Frozen

_MOST = 1_000  # documents named at once
DocumentId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MeetingId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,80}$")]
DocumentIds = Annotated[frozenset[DocumentId], Field(min_length=1, max_length=_MOST)]
_MOVED: dict[int | str, dict[str, Any]] = {
    308: {"description": "It went up in another one"},
    404: {},
    422: {},
}
RulingId = Annotated[int, Path(ge=1, le=2**53)]


class Signed(Frozen):
    """Whose word it is, and why: kept and shown with what it brought about."""

    who: Line
    why: Line


class ToSplit(Signed):
    """The documents that are to leave, to be one meeting of their own."""

    documents: DocumentIds


class ToJoin(Signed):
    """The documents, or the other meeting with all of its documents, that belong to this one."""

    documents: DocumentIds | None = None
    meeting: MeetingId | None = None

    @model_validator(mode="after")
    def _names_one_of_both(self) -> Self:
        if (self.documents is None) == (self.meeting is None):
            raise ValueError("give either documents or a meeting")
        return self


class RulingShown(Frozen):
    """A person's word.

    `join`: all of `documents` are one meeting. `split`: they are one without the `others`.
    """

    id: int
    act: RulingAct
    meeting_id: str
    who: str
    why: str
    ruled_at: datetime
    undone_at: datetime | None
    undone_by: str | None
    undone_why: str | None
    documents: list[str]
    others: list[str]


class Outcome(Frozen):
    """What became of it: the ruling, and the documents that it names by the meeting they are of."""

    ruling: RulingShown
    meetings: dict[str, list[str]]


def ruling_routes(shelves: Shelves, desk: Desk, public_url: str) -> APIRouter:
    """Return the routes by which persons overrule the resolver; redirects lead to `public_url`."""
    router = APIRouter(prefix="/api", tags=["rulings"])

    @router.post("/meetings/{meeting_id}/split", response_model=Outcome, responses=_MOVED)
    async def split_meeting(meeting_id: PathId, wanted: ToSplit) -> Outcome | Response:
        """Part documents from a meeting, whatever ties say, now and after any later document.

        The part that subscribers were alerted about keeps the id.
        """
        wish = Wish(meeting_id, wanted.who, wanted.why, wanted.documents)
        return await _answered(desk.split(wish), "split")

    @router.post("/meetings/{meeting_id}/join", response_model=Outcome, responses=_MOVED)
    async def join_meeting(meeting_id: PathId, wanted: ToJoin) -> Outcome | Response:
        """Make documents, or all of another meeting, one with this one, whatever contradicts."""
        documents = wanted.documents or frozenset()
        wish = Wish(meeting_id, wanted.who, wanted.why, documents, wanted.meeting)
        return await _answered(desk.join(wish), "join")

    @router.get("/meetings/{meeting_id}/rulings")
    async def list_rulings(meeting_id: PathId) -> list[RulingShown]:
        """List what persons ruled about the documents of a meeting, the undone included."""
        return [RulingShown.model_validate(each) for each in await shelves.rulings(meeting_id)]

    @router.post("/rulings/{ruling_id}/undo", response_model=Outcome, responses={404: {}, 422: {}})
    async def undo_ruling(ruling_id: RulingId, by: Signed) -> Outcome | Response:
        """Take a ruling back: its documents are decided on again as if it had never been."""
        return await _answered(desk.undo(ruling_id, by.who, by.why), "")

    async def _answered(ruled: Awaitable[Ruled], action: str) -> Outcome | Response:
        try:
            done = await ruled
        except UnknownError as unknown:
            raise HTTPException(404, str(unknown)) from None
        except RefusedError as refused:
            raise HTTPException(422, str(refused)) from None
        except MovedError as moved:
            home = f"{public_url}/api/meetings/{quote(str(moved))}/{action}"
            return RedirectResponse(home, 308)
        meetings: dict[str, list[str]] = {}
        for document_id, meeting_id in done.homes.items():
            meetings.setdefault(meeting_id, []).append(document_id)
        shown = RulingShown.model_validate(await shelves.ruling(done.ruling.id))
        return Outcome(ruling=shown, meetings=meetings)

    return router
