"""Which document is meant: by a file, by its id or the beginning of that, or by a file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from communique.running import Running
from communique.tracing.asking import beginning_with
from communique.tracing.folder import hash_of, walk
from shared.errors import CommuniqueError

_BEGINNING = re.compile(r"[0-9a-f]{4,64}")
_WHOLE = 64  # letters of an id


@dataclass(frozen=True, slots=True)
class Meant:
    """A document that is asked for; its size in bytes and the name of its file where known."""

    document_id: str
    name: str | None = None
    size: int | None = None


def meant_by(wanted: str, running: Running) -> Meant:
    """Return the document that is meant.

    CommuniqueError if it is none or could be several.
    """
    path = Path(wanted)
    if path.is_dir():
        raise CommuniqueError(f"{wanted} is a folder: name one file, or a document by its id")
    if path.is_file():
        identity = hash_of(path.resolve())
        if identity is None:
            raise CommuniqueError(f"{wanted}: cannot be read")
        return Meant(identity, path.name, path.stat().st_size)
    if _BEGINNING.fullmatch(wanted.lower()):
        return Meant(_by_beginning(wanted.lower(), running))
    return _by_name(path.name, wanted, running)


def _by_beginning(wanted: str, running: Running) -> str:
    if len(wanted) == _WHOLE:
        return wanted
    silent: list[str] = []
    found = sorted(beginning_with(running, wanted, silent))
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(each[:16] for each in found)
        raise CommuniqueError(f"several documents begin with {wanted}: {shown}, …")
    beyond = f" by those that answer ({'; '.join(silent)})" if silent else ""
    raise CommuniqueError(f"no document is known that begins with {wanted}{beyond}")


def _by_name(name: str, wanted: str, running: Running) -> Meant:
    """Find the document of a file that was moved on since it was dropped."""
    inbox = Path(running.inbox) if running.inbox else None
    found: dict[str, Meant] = {}
    for lying in walk(inbox) if inbox and inbox.is_dir() else ():
        if inbox and lying.is_file and Path(lying.path).name == name:
            identity = hash_of(inbox / lying.path)
            if identity:
                found[identity] = Meant(identity, name, lying.size)
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        shown = ", ".join(each[:16] for each in sorted(found))
        raise CommuniqueError(f"several documents came as {name}: name one by its id: {shown}")
    raise CommuniqueError(
        f"{wanted}: there is no such file, here or in the inbox, and no document of this id"
    )
