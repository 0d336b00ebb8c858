"""`communique extract`: records of files, with no server and no database."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.showing.console import complain, console
from services.extract.pipeline import Extractor
from services.ingest.names import readable
from services.ingest.readers import Readers
from services.ingest.readers.txt import PlainText
from services.ingest.unfit import UnfitError
from shared.errors import CommuniqueError
from shared.record import Record, SourceFile


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's record and the text it was read from."""

    record: Record
    text: str


def extract(paths: Iterable[Path], *, resolve: bool, jsonl: bool) -> None:
    """Print the record of every file; with `resolve` each with the id of its meeting.

    A file that cannot be read is told on standard error and left out; CommuniqueError at the end.
    """
    unread: list[Path] = []
    readings = _read(list(_files(paths)), unread)
    if resolve:
        kept = list(readings)
        _print(kept, _meetings(kept), jsonl=jsonl)
    else:
        _print(readings, None, jsonl=jsonl)
    if unread:
        raise CommuniqueError(f"{len(unread)} could not be read: {', '.join(map(str, unread))}")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and the `*.txt` of the folders named, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.glob("*.txt") if p.is_file())
        elif path.exists():
            yield path
        else:
            raise CommuniqueError(f"{path}: there is no such file")


def _read(files: Iterable[Path], unread: list[Path]) -> Iterator[Reading]:
    extractor, text = Extractor.load(), PlainText()
    readers = Readers((text,), otherwise=text)
    for path in files:
        try:
            file, content = _open(path, readers)
        except (UnfitError, OSError) as error:
            complain(f"{path}: {error}")
            unread.append(path)
            continue
        yield Reading(extractor.extract(file, content), content)


def _open(path: Path, readers: Readers) -> tuple[SourceFile, str]:
    data = path.read_bytes()
    read = readers.read(data, path.name)
    identity = hashlib.sha256(data).hexdigest()
    file = SourceFile(
        id=identity,
        name=readable(path.name),
        sha256=identity,
        size=len(data),
        media_type=read.media_type,
        encoding=read.encoding,
        title=read.title,
        source=readable(str(path)),
    )
    return file, read.text


def _meetings(readings: list[Reading]) -> dict[str, str]:
    """Return the meeting of each document that has one, by the rules of the store."""
    from services.store.meetings import cluster

    groups = cluster((reading.record, reading.text) for reading in readings)
    return {document: group.id for group in groups for document in group.document_ids}


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
