"""Putting files into the watched folder, each whole or not at all."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from services.ingest.names import candidates, is_ignored
from shared.errors import CommuniqueError


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file in the inbox: its name there, and the document it is (SHA-256 of its bytes)."""

    name: str
    document_id: str


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and those directly in the folders named, in the order of names.

    Raises CommuniqueError for a path that is not there or that ingest would leave unread.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.is_file() and not is_ignored(p.name))
        elif not path.exists():
            raise CommuniqueError(f"{path}: there is no such file")
        elif is_ignored(path.name):
            raise CommuniqueError(f"{path}: hidden and unfinished files are not read: rename it")
        else:
            yield path


def drop_file(path: Path, inbox: Path) -> Dropped:
    """Copy a file into the inbox under its name or the next free one; it appears there whole."""
    if not inbox.is_dir():
        raise CommuniqueError(
            f"{inbox}: there is no such inbox: start it with `communique up`, or give --inbox"
        )
    data = path.read_bytes()
    temporary = inbox / f".{uuid.uuid4().hex}"  # hidden: ingest leaves it alone
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        name = _reveal(temporary, inbox, path.name)
    finally:
        temporary.unlink(missing_ok=True)
    return Dropped(name, hashlib.sha256(data).hexdigest())


def id_of(path: Path) -> str:
    """Return the id of a file's document."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _reveal(temporary: Path, inbox: Path, wanted: str) -> str:
    """Give the file its name at once, over nobody else's file."""
    for name in candidates(wanted):
        with suppress(FileExistsError):
            try:
                os.link(temporary, inbox / name)
            except FileExistsError:
                raise
            except OSError:  # no hard links here; two who drop one name at once is a rare thing
                if (inbox / name).exists():
                    continue
                temporary.rename(inbox / name)
            return name
    raise AssertionError("candidates never end")
