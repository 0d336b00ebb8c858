"""Documents over HTTP."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel

from services.store.adapters.desk import Desk
from services.store.adapters.overruling import UnknownError
from services.store.adapters.shelves import Shelves
from services.store.api.cursors import Cursor, Limit, cursor_of, moment_of
from services.store.api.lines import Line, PathId
from shared.events import Outcome
from shared.record import Kind, Record


class DocumentShown(BaseModel):
    """A document; `kind` and what follows is empty until its record is there.

    `superseded_by` is a later version of it; what is superseded or withdrawn belongs to no meeting.
    """

    id: str
    name: str
    title: str | None
    media_type: str
    encoding: str
    size: int
    source: str | None
    received_at: datetime
    kind: Kind | None
    version: int | None
    outcome: Outcome | None
    meeting_id: str | None
    extractor_version: str | None
    superseded_by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_why: str | None


class DocumentRead(DocumentShown):
    """A document with its text, what was read out of it, and the ids of its earlier versions."""

    supersedes: list[str]
    text: str
    record: Record | None


class DocumentPage(BaseModel):
    """One page of documents; `next` is the cursor of the next one."""

    items: list[DocumentShown]
    next: str | None


def document_routes(shelves: Shelves, desk: Desk) -> APIRouter:
    """Return the routes under `/api/documents`."""
    router = APIRouter(prefix="/api/documents", tags=["documents"])

    @router.get("")
    async def list_documents(limit: Limit = 50, after: Cursor = None) -> DocumentPage:
        """List documents, the last received first."""
        found = await shelves.documents(limit + 1, moment_of(after))
        shown = found[:limit]
        items = [DocumentShown.model_validate(each) for _, each in shown]
        more = len(found) > limit
        (moment, name) = shown[-1][0] if shown else (None, "")
        cursor = cursor_of(moment.isoformat(), name) if more and moment else None
        return DocumentPage(items=items, next=cursor)

    @router.get("/{document_id}", responses={404: {}})
    async def get_document(document_id: PathId) -> DocumentRead:
        """Return one document with its text and record."""
        found = await shelves.document(document_id)
        if found is None:
            raise HTTPException(404, f"no document {document_id}")
        return DocumentRead.model_validate(found)

    @router.delete("/{document_id}", status_code=204, responses={404: {}})
    async def withdraw_document(
        document_id: PathId, who: Line | None = None, why: Line | None = None
    ) -> Response:
        """Withdraw a document: its meeting is rebuilt without it, or closed if it was the last.

        It stays to be seen, with who withdrew it and why. Withdrawing it again changes nothing.
        """
        try:
            await desk.withdraw(document_id, who, why)
        except UnknownError as unknown:
            raise HTTPException(404, str(unknown)) from None
        return Response(status_code=204)

    return router
