"""Which files are complete: those that looked the same twice, some time apart. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from services.ingest.scan import Sample

# A file is often created some time before its first byte; an empty one waits this much longer.
_PATIENCE_WITH_EMPTY = 10
# One that somebody has open is waited for as long as this many times without a change: there are
# programs that never close their files.
_PATIENCE_WITH_OPEN = 400


class Arrivals:
    """The files seen so far, and since when each has not changed."""

    def __init__(self, stable_for: float) -> None:
        self._stable_for = stable_for
        self._since: dict[str, tuple[Sample, float]] = {}

    def observe(self, files: Mapping[str, Sample], now: float) -> list[str]:
        """Take in one look and return the complete files, oldest first.

        `now` is monotonic, in seconds. A file that changed starts anew; it is never given up.
        """
        since = {}
        for path, sample in files.items():
            before = self._since.get(path)
            since[path] = before if before and before[0] == sample else (sample, now)
        self._since = since
        ready = [path for path, (sample, first) in since.items() if self._due(sample, first) <= now]
        return sorted(ready, key=lambda path: (files[path].arrived, path))

    def tries_patience(self, path: str, now: float) -> bool:
        """Tell whether a file has not changed for so long that its writer counts no more."""
        _, first = self._since[path]
        return now - first > self._stable_for * _PATIENCE_WITH_OPEN

    def next_due(self, now: float) -> float | None:
        """Return when the next file may be complete, None if all are or there is none."""
        coming = (self._due(sample, first) for sample, first in self._since.values())
        return min((due for due in coming if due > now), default=None)

    def _due(self, sample: Sample, first: float) -> float:
        return first + self._stable_for * (1 if sample.size else _PATIENCE_WITH_EMPTY)
