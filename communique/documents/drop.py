"""`communique drop`: files into the inbox, and with `--wait` each one's way to its record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from communique.documents.inbox import Dropped, drop_file, files_of
from communique.running import DEFAULT_INBOX, Running
from communique.showing.console import console, readable
from shared.errors import CommuniqueError


def drop_all(
    paths: Iterable[Path], running: Running, inbox: Path | None, *, wait_for: float | None
) -> None:
    """Drop files; wait up to `wait_for` seconds for their records if it is given.

    Raises CommuniqueError if a document failed or its record did not come in time.
    """
    folder = inbox or Path(running.inbox or DEFAULT_INBOX)
    files = list(files_of(paths))
    if not files:
        raise CommuniqueError("there is nothing to drop")
    if wait_for is None:
        _tell([drop_file(file, folder) for file in files], folder, running)
        return
    from communique.documents.waiting import (
        drop_and_wait,  # loads much that a plain drop does not need
    )

    drop_and_wait(files, folder, running, wait_for)


def _tell(dropped: list[Dropped], folder: Path, running: Running) -> None:
    screen = console()
    for document in dropped:
        screen.print(f"{document.document_id[:12]}  {readable(document.name)}", soft_wrap=True)
    later = "" if running.ingest_url else "; they wait there until `communique up` runs"
    screen.print(f"{len(dropped)} in {folder}{later}", style="dim", soft_wrap=True)
