"""Records of files on this machine, with no server and no database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.environment import setting
from communique.showing.console import complain
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

    path: Path
    record: Record
    text: str


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and the `*.txt` of the folders named, in the order of their names.

    CommuniqueError names a path that does not exist.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.glob("*.txt") if p.is_file())
        elif path.exists():
            yield path
        else:
            raise CommuniqueError(f"{path}: there is no such file")


def read_documents(files: Iterable[Path], unread: list[Path]) -> Iterator[Reading]:
    """Yield the record of every file as ingest and extract would make it.

    A file that cannot be read is told on standard error and put into `unread`.
    """
    own = setting("COALITIONS")
    extractor, text = Extractor.load(Path(own) if own else None), PlainText()
    readers = Readers((text,), otherwise=text)
    for path in files:
        try:
            file, content = open_document(path, readers)
        except (UnfitError, OSError) as error:
            complain(f"{path}: {error}")
            unread.append(path)
            continue
        yield Reading(path, extractor.extract(file, content), content)


def open_document(path: Path, readers: Readers) -> tuple[SourceFile, str]:
    """Return what ingest would announce of a file, and its text.

    UnfitError or OSError: it cannot be read.
    """
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


def resolve_meetings(readings: Iterable[Reading]) -> dict[str, str]:
    """Return the meeting of each document that has one, by the rules of the store.

    Keys are document ids, values meeting ids.
    """
    from services.store.meetings import cluster

    groups = cluster((reading.record, reading.text) for reading in readings)
    return {document: group.id for group in groups for document in group.document_ids}
