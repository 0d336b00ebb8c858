"""Everything that an audit compares, read in the order in which a document moves.

The folder comes before the database: a file is filed as done only after its document is stored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import redis

from communique.auditing.scratch import Scratch
from communique.operating.gauges import connect
from communique.operating.letters import read_letters
from communique.running import Running
from communique.showing.progress import advancing
from communique.tracing.asking import all_journeys
from communique.tracing.entries import Position, read_open, read_positions
from communique.tracing.folder import Lying, has_report, hash_of, walk
from communique.tracing.timetable import moment_of
from services.ingest.names import readable
from shared.errors import CommuniqueError

_HELD = re.compile(r"[0-9a-f]{64}")
Positions = dict[tuple[str, str], Position]


def gather(running: Running, scratch: Scratch) -> tuple[list[str], Positions, Positions]:
    """Read everything into `scratch`; return who could not be asked, and how far the groups were.

    The latter twice: before and after, which tells whether they move.
    """
    silent: list[str] = []
    before: Positions = {}
    after: Positions = {}
    _note(silent, "inbox", lambda: _put_files(running, scratch))
    _note(silent, "ingest", lambda: scratch.put("known", _known(running)))
    _note(silent, "redis", lambda: before.update(_put_streams(running, scratch)))
    _note(silent, "store", lambda: scratch.put("stored", _stored(running)))
    _note(silent, "notify", lambda: scratch.put("alerts", _alerts(running)))
    _note(silent, "redis", lambda: after.update(_positions(running)))
    return list(dict.fromkeys(silent)), before, after


def _note(silent: list[str], who: str, act: Callable[[], None]) -> None:
    try:
        act()
    except (CommuniqueError, OSError, redis.RedisError) as error:
        silent.append(f"{who}: {error}")


def _put_files(running: Running, scratch: Scratch) -> None:
    inbox = Path(running.need("inbox"))
    if not inbox.is_dir():
        raise CommuniqueError(f"{inbox} is not a folder of this machine")
    total = sum(1 for _ in walk(inbox))
    with advancing(total, "reading files") as step:
        scratch.put("files", _files(inbox, step))


def _files(inbox: Path, step: Callable[[], None]) -> Iterator[tuple[Any, ...]]:
    for lying in walk(inbox):
        step()
        held, published = None, None
        if lying.shelf == "processing":
            folder = PurePosixPath(lying.path).parts[1]
            held = folder if _HELD.fullmatch(folder) else None
            published = _time_of(inbox / ".processing" / folder)
        identity = held or (hash_of(inbox / lying.path) if lying.is_file else None)
        report = _report(inbox, lying)
        if identity is None and not os.path.lexists(inbox / lying.path):
            continue  # it has moved on
        shown = readable(lying.path)
        yield shown, lying.shelf, identity, lying.since, published, bool(held), report


def _report(inbox: Path, lying: Lying) -> bool:
    return lying.shelf == "failed" and has_report(inbox, lying)


def _time_of(folder: Path) -> float | None:
    try:
        return folder.stat().st_mtime
    except OSError:
        return None


def _known(running: Running) -> Iterator[tuple[Any, ...]]:
    for journey in all_journeys(running, "ingest"):
        for stage in journey["stages"]:
            if stage["stage"] == "done":
                yield journey["document_id"], journey["name"], _seconds(stage["at"])


def _put_streams(running: Running, scratch: Scratch) -> Positions:
    with connect(running.need("redis_url")) as client:
        positions = read_positions(client)
        scratch.put(
            "entries",
            (
                (e.stream, e.entry, e.document_id, e.group, e.state, e.at, e.idle, e.consumer)
                for e in read_open(client)
            ),
        )
        scratch.put(
            "dead",
            (
                (one.id, one.document_id(), one.stream, one.group, one.reason, one.attempts)
                for one in read_letters(client)
            ),
        )
    return positions


def _positions(running: Running) -> Positions:
    with connect(running.need("redis_url")) as client:
        return read_positions(client)


def _stored(running: Running) -> Iterator[tuple[Any, ...]]:
    for journey in all_journeys(running, "store"):
        done = {stage["stage"]: stage["done"] for stage in journey["stages"]}
        waits = next((stage for stage in journey["stages"] if not stage["done"]), None)
        yield (
            journey["document_id"],
            journey["name"],
            done.get("kept", False),
            done.get("extracted", False),
            done.get("stored", False),
            journey["finished"],
            waits and waits["stage"],
            waits and _seconds(waits["since"]),
        )


def _alerts(running: Running) -> Iterator[tuple[Any, ...]]:
    for journey in all_journeys(running, "notify"):
        for one in journey["deliveries"]:
            yield (
                one["id"],
                journey["document_id"],
                one["host"],
                one["status"],
                len(one["attempts"]),
                _seconds(one["due_at"]),
                _seconds(one["leased_until"]),
                one["active"],
            )


def _seconds(moment: str | None) -> float | None:
    return moment_of(moment).timestamp() if moment else None
