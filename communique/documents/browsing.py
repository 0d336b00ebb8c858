"""`communique meetings` and `communique documents`: what the store knows, to read or as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.text import Text

from communique.api import Api, NotThereError
from communique.showing.console import console, plain, readable
from communique.showing.dossier import render_dossier
from communique.showing.rendering import render_record, table
from communique.showing.wording import in_words, title_of

_SHORT_ID, _LONG_ID = 12, 64  # letters of a document's id as shown, and as it is
_LOOKED_THROUGH = 2_000


def list_meetings(store: str, limit: int, *, as_json: bool) -> None:
    """Print the newest meetings, one a line."""
    with Api(store) as api:
        found = list(api.items("/api/meetings", limit))
    if as_json:
        _print_json(found)
        return
    shown = table("id", "coalition", "meeting")
    for meeting in found:
        title = title_of(meeting) or in_words(meeting["status"])
        shown.add_row(meeting["id"], meeting["coalition_id"], Text(readable(title)))
    console().print(shown if found else "no meetings yet")


def show_meeting(store: str, meeting_id: str, *, as_json: bool) -> None:
    """Print one meeting. NotThereError if the store does not know it."""
    with Api(store) as api:
        meeting = api.get(f"/api/meetings/{meeting_id}")
    if as_json:
        _print_json(meeting)
    else:
        console().print(render_dossier(meeting))


def list_documents(store: str, limit: int, *, as_json: bool) -> None:
    """Print the newest documents, one a line."""
    with Api(store) as api:
        found = list(api.items("/api/documents", limit))
    if as_json:
        _print_json(found)
        return
    shown = table("id", "kind", "meeting", "document")
    for document in found:
        columns = [document["id"][:_SHORT_ID], document["kind"] or "", document["meeting_id"] or ""]
        shown.add_row(*map(plain, columns), Text(readable(document["name"])))
    console().print(shown if found else "no documents yet")


def show_document(store: str, document_id: str, *, as_json: bool) -> None:
    """Print one document with its record, named by the beginning of its id.

    NotThereError if the store does not know it, CommuniqueError if it is one of several.
    """
    with Api(store) as api:
        document = api.get(f"/api/documents/{_whole(api, document_id)}")
    if as_json:
        _print_json(document)
    elif document["record"] is None:
        console().print(f"{readable(document['name'])}: received, its record is yet to come")
    else:
        console().print(render_record(document["record"], document["meeting_id"]))


def _whole(api: Api, beginning: str) -> str:
    """Return the id that begins so, looked for among the newest documents."""
    if len(beginning) >= _LONG_ID:
        return beginning
    newest = api.items("/api/documents", _LOOKED_THROUGH)
    found = [item["id"] for item in newest if item["id"].startswith(beginning)]
    if len(found) == 1:
        return str(found[0])
    count = "several documents" if found else "none of the newest documents"
    raise NotThereError(f"{count} begin with {beginning}: give the whole id (see --json)")


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
