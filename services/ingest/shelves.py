"""Putting things away beside others, never over them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from services.ingest.names import candidates, with_ending

_REPORT = ".error.json"


def put_away(path: Path, folder: Path, name: str) -> Path:
    """Move `path` into `folder` under `name` or the next free name; return where it lies now.

    Raises FileNotFoundError if somebody else has moved it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in candidates(name):
        if _move_unless_taken(path, folder / candidate):
            return folder / candidate
    raise AssertionError("candidates never end")


def put_away_with_report(path: Path, folder: Path, name: str, report: dict[str, Any]) -> Path:
    """Move `path` as `put_away` does, with `NAME.error.json` lying beside it before it arrives."""
    folder.mkdir(parents=True, exist_ok=True)
    body = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    for candidate in candidates(name, _REPORT):
        beside = folder / with_ending(candidate, _REPORT)
        if os.path.lexists(folder / candidate) or not _write_unless_taken(beside, body):
            continue
        try:
            if _move_unless_taken(path, folder / candidate):
                return folder / candidate
        except OSError:
            beside.unlink()
            raise
        beside.unlink()
    raise AssertionError("candidates never end")


def _move_unless_taken(path: Path, target: Path) -> bool:
    """Move within one file system unless the target exists: a plain rename would replace it."""
    try:
        os.link(path, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except FileNotFoundError:
        raise
    except OSError:  # no hard links here, or none to a file of this kind or owner
        return _rename_unless_taken(path, target)
    path.unlink(missing_ok=True)
    return True


def _rename_unless_taken(path: Path, target: Path) -> bool:
    """Hold the name with an empty file, which the rename then replaces."""
    try:
        target.touch(exist_ok=False)
    except FileExistsError:
        return False
    try:
        path.rename(target)
    except OSError:
        target.unlink()
        raise
    return True


def _write_unless_taken(path: Path, body: str) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(body)
    except FileExistsError:
        return False
    return True
