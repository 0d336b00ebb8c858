"""Claims: folders in `.processing/`, each holding one file under the path it had in the inbox.

Named by a number of their own (just claimed), by a document's id (held until store has it), or by
both (being put away).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_NAME = re.compile(r"(?P<document>[0-9a-f]{64})?(?:(?:^|\.)[0-9a-f]{32})?")
_ID_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours alone: `folder` is a child of `.processing/`, `source` its old path."""

    folder: Path
    source: str

    @property
    def path(self) -> Path:
        """Where the file lies now."""
        return self.folder / self.source

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.source).name

    @property
    def document_id(self) -> str | None:
        """The document that the file was read as, None before."""
        found = _NAME.fullmatch(self.folder.name)
        return found["document"] if found else None


def claim_folders(processing: Path) -> Iterator[tuple[Path, int]]:
    """Yield the folders of claims, and when each was last touched, in nanoseconds."""
    try:
        names = os.listdir(processing)  # noqa: PTH208  no Path for each of a thousand
    except FileNotFoundError:  # somebody tidied up; the next claim makes it again
        return
    for name in names:
        if name and _NAME.fullmatch(name):
            folder = processing / name
            try:
                yield folder, folder.stat().st_mtime_ns
            except FileNotFoundError:
                continue


def is_held(folder: Path) -> bool:
    """Tell whether a claim's folder is a document's, waiting for store's answer."""
    return len(folder.name) == _ID_LENGTH


def claim_in(folder: Path) -> Claim | None:
    """Return the one thing that lies in a claim's folder, at whatever depth."""
    within = [""]
    for inner in within:  # grows while it is walked
        try:
            with os.scandir(folder / inner) as entries:
                for entry in entries:
                    path = f"{inner}/{entry.name}" if inner else entry.name
                    if not entry.is_dir(follow_symlinks=False):
                        return Claim(folder, path)
                    within.append(path)
        except FileNotFoundError:
            return None
    return None


def remove_folders(folder: Path) -> None:
    """Remove a claim's folder and the empty folders in it; what is left is swept up later."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return
    except OSError:  # the file came from a subfolder
        with suppress(OSError):
            for parent, _, _ in os.walk(folder, topdown=False):
                Path(parent).rmdir()
