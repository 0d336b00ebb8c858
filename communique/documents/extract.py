"""`communique extract`: records of files, with no server and no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from communique.documents.reading import Reading, files_of, read_documents, resolve_meetings
from communique.showing.console import console
from shared.errors import CommuniqueError


def explain(paths: Iterable[Path]) -> None:
    """Print every file's text with the values of its record marked in place, and their rules.

    A file that cannot be read is told on standard error and left out; CommuniqueError at the end.
    """
    from communique.showing.explained import render_explained

    unread: list[Path] = []
    screen = console()
    for reading in read_documents(list(files_of(paths)), unread):
        screen.print(render_explained(reading.record.model_dump(mode="json"), reading.text))
    _complain_of(unread)


def extract(paths: Iterable[Path], *, resolve: bool, jsonl: bool) -> None:
    """Print the record of every file; with `resolve` each with the id of its meeting.

    A file that cannot be read is told on standard error and left out; CommuniqueError at the end.
    """
    unread: list[Path] = []
    readings = read_documents(list(files_of(paths)), unread)
    if resolve:
        kept = list(readings)
        _print(kept, resolve_meetings(kept), jsonl=jsonl)
    else:
        _print(readings, None, jsonl=jsonl)
    _complain_of(unread)


def _complain_of(unread: list[Path]) -> None:
    if unread:
        raise CommuniqueError(f"{len(unread)} could not be read: {', '.join(map(str, unread))}")


def _print(readings: Iterable[Reading], meetings: dict[str, str] | None, *, jsonl: bool) -> None:
    if not jsonl:
        from communique.showing.rendering import render_record  # a script need not load what draws
    screen = None if jsonl else console()
    for reading in readings:
        record = reading.record.model_dump(mode="json")
        meeting = meetings.get(record["document"]["id"]) if meetings is not None else None
        if screen:
            screen.print(render_record(record, meeting), "")
        else:
            resolved = {"meeting_id": meeting} if meetings is not None else {}
            line = json.dumps(record | resolved, ensure_ascii=False)
            sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
