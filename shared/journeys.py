"""A document's journey, each service telling its own part from its own data.

Nothing is written for it on the way: `communique trace` and `communique audit` join the parts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Protocol, TypeVar

from fastapi import APIRouter, HTTPException, Path, Query, Response

from shared.record import Frozen

Shape = TypeVar("Shape", bound="Journey")
_MOST = 1_000
DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
# A beginning of an id is a place as well: before all documents whose id begins so.
After = Annotated[str, Query(pattern=r"^[0-9a-f]{0,64}$", description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=_MOST)]


class Stage(Frozen):
    """A stage of a document: `done` tells whether it is behind it, `at` when that was, if known.

    `since` is when it came to wait for a stage that is yet to come.
    """

    stage: str
    done: bool
    at: datetime | None = None
    since: datetime | None = None
    detail: str = ""


class Journey(Frozen):
    """What a service knows of one document; `finished` once the service is done with it."""

    document_id: str
    name: str | None
    finished: bool
    stages: tuple[Stage, ...]


class JourneyPage(Frozen, Generic[Shape]):
    """One page of journeys in the order of document ids; `next` is the cursor of the next one."""

    items: tuple[Shape, ...]
    next: str | None


class Journeys(Protocol[Shape]):
    """Where a service reads journeys."""

    async def one(self, document_id: str) -> Shape | None:
        """Return a document's journey, None if nothing is known of it."""

    async def page(self, after: str, limit: int) -> list[Shape]:
        """Return up to `limit` journeys of documents whose ids come after `after`, in order."""


def journey_routes(journeys: Journeys[Shape], shape: type[Shape]) -> APIRouter:
    """Return the routes under `/api/journeys`."""
    router = APIRouter(prefix="/api/journeys", tags=["journeys"])

    @router.get("", response_model=JourneyPage[shape])  # type: ignore[valid-type]
    async def list_journeys(after: After = "", limit: Limit = 200) -> Response:
        """List all documents that this service knows of, in the order of their ids."""
        found = await journeys.page(after, limit + 1)
        shown = tuple(found[:limit])
        more = len(found) > limit
        page = JourneyPage[Any](items=shown, next=shown[-1].document_id if more else None)
        # FastAPI would check and copy a thousand journeys once more.
        return Response(page.model_dump_json(), media_type="application/json")

    @router.get("/{document_id}", response_model=shape, responses={404: {}})
    async def get_journey(document_id: DocumentId) -> Shape:
        """Tell this service's part of a document's journey."""
        found = await journeys.one(document_id)
        if found is None:
            raise HTTPException(404, f"nothing is known here of document {document_id}")
        return found

    return router
