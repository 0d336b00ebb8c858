"""The services' JSON logs as one compact line for people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.showing.console import plain, readable

_TOLD_BY_THE_LINE = {"event", "level", "timestamp", "service", "worker", "document_id"}
_TIMESTAMP = re.compile(r'"timestamp": "([^"]+)"')
_LONGEST_VALUE = 120  # characters


class LogTail:
    """Reads what is new at the end of each log file."""

    def __init__(self, logs: Mapping[str, Path]) -> None:
        """Begin at the present end of every file."""
        self._logs = logs
        self._positions = {name: _size(path) for name, path in logs.items()}

    def new_lines(self) -> list[tuple[str, str]]:
        """Return `(service, line)` for every line written since the last call, oldest first."""
        return sorted(self._unordered(), key=lambda told: _time_of(told[1]))

    def _unordered(self) -> Iterator[tuple[str, str]]:
        for name, path in self._logs.items():
            size, position = _size(path), self._positions[name]
            if size == position:
                continue
            with path.open("rb") as file:
                file.seek(position if size > position else 0)  # it has been shortened
                data = file.read()
                whole = data[: data.rfind(b"\n") + 1]
                self._positions[name] = file.tell() - (len(data) - len(whole))
            for line in whole.decode("utf-8", "replace").splitlines():
                yield name, line


def in_brief(service: str, line: str) -> tuple[str, str]:
    """Return `(level, text)` of a log line: time, service, event, document, and the rest."""
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        entry = {}
    if not isinstance(entry, dict) or "event" not in entry:
        return "error", f"{service:8} {plain(line)}"
    parts = [str(entry.get("timestamp", ""))[11:19], f"{service:8}", plain(entry["event"])]
    if document := entry.get("document_id"):
        parts.append(plain(document)[:8])
    parts += [
        f"{plain(key)}={_short(value)}"
        for key, value in entry.items()
        if key not in _TOLD_BY_THE_LINE
    ]
    return str(entry.get("level", "info")), " ".join(parts)


def _time_of(line: str) -> str:
    """Return a line's time stamp; what has none (a crash's last words) comes last."""
    found = _TIMESTAMP.search(line)
    return found[1] if found else "~"


def _short(value: object) -> str:
    text = plain(value)
    return readable(text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
