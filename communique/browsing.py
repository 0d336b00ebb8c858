"""`communique meetings` and `communique documents`: what the store knows, to read or as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.text import Text

from communique.api import Api
from communique.console import console, plain, readable
from communique.rendering import render_meeting, render_record, table
from communique.wording import in_words, title_of


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
        console().print(render_meeting(meeting))


def list_documents(store: str, limit: int, *, as_json: bool) -> None:
    """Print the newest documents, one a line."""
    with Api(store) as api:
        found = list(api.items("/api/documents", limit))
    if as_json:
        _print_json(found)
        return
    shown = table("id", "kind", "meeting", "document")
    for document in found:
        columns = [document[name] or "" for name in ("id", "kind", "meeting_id")]
        shown.add_row(*map(plain, columns), Text(readable(document["name"])))
    console().print(shown if found else "no documents yet")


def show_document(store: str, document_id: str, *, as_json: bool) -> None:
    """Print one document with its record. NotThereError if the store does not know it."""
    with Api(store) as api:
        document = api.get(f"/api/documents/{document_id}")
    if as_json:
        _print_json(document)
    elif document["record"] is None:
        console().print(f"{readable(document['name'])}: received, its record is yet to come")
    else:
        console().print(render_record(document["record"], document["meeting_id"]))


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
