"""Putting things away beside others, never over them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from services.ingest.names import candidates, with_ending
from services.ingest.renaming import rename_unless_taken

REPORT = ".error.json"


def put_away(path: Path, folder: Path, name: str) -> Path:
    """Move `path` into `folder` under `name` or the next free name; return where it lies now.

    Raises FileNotFoundError if somebody else has moved it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in candidates(name):
        if rename_unless_taken(path, folder / candidate):
            return folder / candidate
    raise AssertionError("candidates never end")


def put_away_with_report(path: Path, folder: Path, name: str, report: dict[str, Any]) -> Path:
    """Move `path` as `put_away` does, with `NAME.error.json` lying beside it before it arrives."""
    folder.mkdir(parents=True, exist_ok=True)
    body = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    for candidate in candidates(name, REPORT):
        target = folder / candidate
        if os.path.lexists(target):
            if rename_unless_taken(path, target):  # a crash had left it under both names
                return target
            continue
        beside = report_beside(target)
        if not _write_unless_taken(beside, body):
            continue
        try:
            if rename_unless_taken(path, target):
                return target
        except OSError:
            beside.unlink()
            raise
        beside.unlink()
    raise AssertionError("candidates never end")


def report_beside(path: Path) -> Path:
    """Return where the report about a failed file lies."""
    return path.with_name(with_ending(path.name, REPORT))


def _write_unless_taken(path: Path, body: str) -> bool:
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(body)
    except OSError:  # the disk is full: half a report would keep the name for ever
        path.unlink()
        raise
    return True
