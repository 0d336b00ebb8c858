"""`communique trace`: one document's journey, joined from all who know a part of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import redis

from communique.operating.gauges import connect
from communique.operating.letters import read_letters
from communique.running import Running
from communique.showing.console import console
from communique.tracing.asking import ask_all
from communique.tracing.entries import Entry, read_all_of
from communique.tracing.folder import hash_of, walk
from communique.tracing.naming import Meant, meant_by
from communique.tracing.screen import render_trace
from communique.tracing.timetable import Timetable
from shared.errors import CommuniqueError


def trace(wanted: str, running: Running, *, as_json: bool) -> None:
    """Print a document's journey. CommuniqueError if nothing is known of it."""
    if not any((running.redis_url, running.store_url, running.inbox)):
        running.need("store_url")
    meant = meant_by(wanted, running)
    report = journey_of(meant, running)
    if not any(report[part] for part in ("stages", "messages", "dead", "files")):
        silent = report["could_not_ask"]
        beyond = f" by those that answer ({'; '.join(silent)})" if silent else ""
        raise CommuniqueError(f"nothing is known of document {meant.document_id[:16]}…{beyond}")
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        console().print(render_trace(report))


def journey_of(meant: Meant, running: Running) -> dict[str, Any]:
    """Return all that is known of a document: stages, messages, dead letters, deliveries, files.

    `could_not_ask` says who did not answer, so that what they know is missing.
    """
    silent: list[str] = []
    told = ask_all(running, meant.document_id, silent)
    entries, dead = _in_redis(running, meant.document_id, silent)
    files = list(_files(running, meant))
    table = Timetable()
    for service, journey in told.items():
        table.add(service, journey["stages"])
    table.add_entries(entries)
    names = [journey["name"] for journey in told.values() if journey["name"]]
    deliveries = told.get("notify", {}).get("deliveries", [])
    open_entries = [each for each in entries if each.state != "acknowledged"]
    report = {
        "document_id": meant.document_id,
        "name": meant.name or next(iter(names), None),
        "stages": table.stages(),
        "messages": [_shown(each) for each in entries],
        "dead": dead,
        "deliveries": deliveries,
        "files": files,
        "could_not_ask": silent,
    }
    finished = bool(told) and all(journey["finished"] for journey in told.values())
    settled = not silent and not dead and not open_entries
    return {"finished": finished and settled and "ingest" in told, **report}


def _in_redis(
    running: Running, document_id: str, silent: list[str]
) -> tuple[list[Entry], list[dict[str, Any]]]:
    if not running.redis_url:
        silent.append("redis: its address is not known: set COMMUNIQUE_REDIS_URL")
        return [], []
    try:
        with connect(running.redis_url) as client:
            entries = list(read_all_of(client, document_id))
            letters = [one.about() for one in read_letters(client)]
    except (CommuniqueError, redis.RedisError) as error:
        silent.append(f"redis: {error}")
        return [], []
    return entries, [letter for letter in letters if letter["document_id"] == document_id]


def _files(running: Running, meant: Meant) -> Iterator[dict[str, Any]]:
    """Yield the document's files in the inbox: those of its size, if that is known, are read."""
    inbox = Path(running.inbox) if running.inbox else None
    if inbox is None or not inbox.is_dir():
        return
    lying = [each for each in walk(inbox) if each.is_file]
    size = meant.size
    if size is None:
        held = [each for each in lying if f".processing/{meant.document_id}" in each.path]
        size = held[0].size if held else None
    for each in lying:
        if size is not None and each.size != size:
            continue
        with suppress(OSError):
            if hash_of(inbox / each.path) == meant.document_id:
                since = datetime.fromtimestamp(each.since, UTC).isoformat(timespec="milliseconds")
                yield {"shelf": each.shelf, "path": each.path, "since": since}


def _shown(entry: Entry) -> dict[str, Any]:
    at = datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds")
    shown = asdict(entry) | {"at": at}
    del shown["document_id"]
    return shown
