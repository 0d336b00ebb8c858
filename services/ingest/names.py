"""File names: which to leave alone, how to show them, how to find a free one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

RESERVED = frozenset({".processing", "done", "duplicate", "failed"})  # folders of the inbox itself
DOCUMENT_ID = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = (".tmp", ".part", ".crdownload")  # what browsers and copying programs write first
_LONGEST = 255  # bytes that file systems allow for a name


def is_ignored(name: str) -> bool:
    """Tell whether a name belongs to a file that is hidden, unfinished or an editor's lock."""
    return name.startswith((".", "~$")) or name.lower().endswith(_UNFINISHED)


def readable(name: str) -> str:
    """Return a name as valid Unicode: bytes that are none show as U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def candidates(name: str, ending: str = "") -> Iterator[str]:
    """Yield `report.txt`, `report (2).txt`, `report (3).txt` …, each within 255 bytes.

    From the second on there is room for `ending` too, so that names with it differ as well.
    """
    yield name
    path = PurePosixPath(name)
    for number in count(2):
        numbered = with_ending(path.stem, f" ({number}){path.suffix}{ending}")
        yield numbered.removesuffix(ending)


def with_ending(stem: str, ending: str) -> str:
    """Return `stem + ending`, the stem cut at a character's end so that 255 bytes suffice."""
    room = max(_LONGEST - len(os.fsencode(ending)), 1)
    stem_bytes = os.fsencode(stem)
    if len(stem_bytes) > room:
        while room > 1 and stem_bytes[room] & 0xC0 == 0x80:  # in the middle of a UTF-8 character
            room -= 1
        stem_bytes = stem_bytes[:room]
    return os.fsdecode(stem_bytes) + ending
