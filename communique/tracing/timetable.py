"""The stages that all parties tell of a document, in the order in which it went through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from communique.tracing.entries import Entry
from shared.events import DocumentReceived, RecordExtracted, RecordStored

_ORDER = (
    *("received", "published", "kept", "extracted", "stored", "announced", "scheduled"),
    *("alerted", "confirmed", "done", "failed"),
)
_STREAMS = {
    DocumentReceived.stream: "published",
    RecordExtracted.stream: "extracted",
    RecordStored.stream: "announced",
}


class Timetable:
    """Collects stages; of one that two parties tell, whoever knows the time is believed first."""

    def __init__(self) -> None:
        self._stages: list[dict[str, Any]] = []

    def add(self, service: str, stages: Sequence[Mapping[str, Any]]) -> None:
        """Add what a service tells."""
        for stage in stages:
            told = {"service": service, **stage}
            twin = self._same(stage["stage"]) if stage["stage"] == "received" else None
            if twin is None:
                self._stages.append(told)

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Add when messages came into their streams, for stages whose time nobody else tells."""
        first: dict[str, Entry] = {}
        for entry in entries:
            first.setdefault(entry.stream, entry)
        for stream, entry in first.items():
            at = datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds")
            known = self._same(_STREAMS[stream])
            if known is None:
                stage = {"stage": _STREAMS[stream], "done": True, "at": at, "detail": stream}
                self._stages.append({"service": "redis", **stage})
            elif known["at"] is None or known["stage"] != "extracted":
                # Services note a publication up to a second later, or only the last of several.
                known |= {"at": at, "done": True, "detail": f"{stream} {entry.entry}"}

    def stages(self) -> list[dict[str, Any]]:
        """Return the stages: by time, and one without a time after what it follows."""
        ranked = sorted(self._stages, key=lambda stage: _ORDER.index(stage["stage"]))
        placed, latest = [], ""
        for number, stage in enumerate(ranked):
            moment = _sortable(stage["at"]) if stage["at"] else latest
            latest = max(latest, moment)
            placed.append(((moment, number), stage))
        return [stage for _, stage in sorted(placed, key=lambda one: one[0])]

    def _same(self, name: str) -> dict[str, Any] | None:
        return next((stage for stage in self._stages if stage["stage"] == name), None)


def moment_of(told: str) -> datetime:
    """Return a moment as the APIs write it."""
    return datetime.fromisoformat(told)


def _sortable(told: str) -> str:
    return moment_of(told).astimezone(UTC).isoformat(timespec="microseconds")
