"""What the demonstration shows: documents on their way, the meetings they tell of, the alerts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import redis
from rich.console import Console
from rich.live import Live
from rich.text import Text

from communique.alerts.listen import Alert, Listener
from communique.alerts.subscribing import PATH
from communique.api import Api
from communique.documents.inbox import drop_file
from communique.documents.waiting import end_live, is_stored, ways_table
from communique.documents.ways import Step, Way, Ways
from communique.showing.console import plain, readable
from communique.showing.rendering import render_meeting, table
from communique.showing.wording import title_of

_PATIENCE = 30.0  # seconds after which a document that has not arrived counts as lost
_LOOK_EVERY = 0.05  # seconds
_MOST_DELIVERIES = 1_000  # looked through for those of the documents shown
_STEPS: tuple[Step, ...] = ("received", "extracted", "stored", "alerted")


class Stage:
    """Shows some documents (paths by their ids), dropping those that the store does not know."""

    def __init__(
        self,
        screen: Console,
        inbox: Path,
        client: redis.Redis,
        store: Api,
        documents: Mapping[str, Path],
    ) -> None:
        """Take where to show, where to drop, whom to ask, and what."""
        self._screen = screen
        self._inbox = inbox
        self._store = store
        self._documents = documents
        self._ways = Ways(client, store)
        self._verified: dict[str, Alert] = {}
        self._meetings: dict[str, dict[str, Any]] = {}

    async def follow(self, listener: Listener) -> None:
        """Drop what is new and draw its way until all of it is stored and alerted."""
        new = [path for name, path in self._documents.items() if not is_stored(self._store, name)]
        if not new:
            self._head("nothing new: these documents are known, and none is processed twice")
            return
        self._head(f"{len(new)} documents dropped into {self._inbox}/")
        deadline = time.monotonic() + _PATIENCE
        with Live(console=self._screen, refresh_per_second=15) as live:
            for path in new:
                self._ways.add(drop_file(path, self._inbox))
            while time.monotonic() < deadline and not all(map(_arrived, self._way_list())):
                live.update(ways_table(self._way_list(), _STEPS))
                await asyncio.to_thread(self._ways.look, _LOOK_EVERY)
                self._ways.look_at_failures(self._inbox)
                self._take_alerts(listener)
            live.update(ways_table(self._way_list(), _STEPS), refresh=True)
        end_live(self._screen)

    def show_meetings(self) -> int:
        """Print the meetings of the documents; return how many there are."""
        told = [self._store.get(f"/api/documents/{name}") for name in self._documents]
        ids = dict.fromkeys(document["meeting_id"] for document in told if document["meeting_id"])
        self._meetings = {name: self._store.get(f"/api/meetings/{name}") for name in ids}
        self._head(f"{len(told)} documents tell of {len(ids)} meetings")
        for number, meeting in enumerate(self._meetings.values()):
            if number:
                self._screen.print()
            self._screen.print(render_meeting(meeting))
        return len(ids)

    def show_alerts(self, notify: Api, subscription: str) -> int:
        """Print the verified alerts of the documents; return how many statements they tell of.

        Those of an earlier run count by notify's history: the listener accepts none unverified.
        """
        deliveries = notify.items(f"{PATH}/{subscription}/deliveries", _MOST_DELIVERIES)
        came = [d for d in deliveries if d["document_id"] in self._documents and self._came(d)]
        self._head(f"{len(came)} alerts came, one for each new statement")
        shown = table("alert", "signature", "after", "of")
        for delivery in reversed(came):
            shown.add_row(*self._alert_row(delivery))
        self._screen.print(shown, Text())
        return sum(delivery["type"] == "statement.published" for delivery in came)

    def _came(self, delivery: dict[str, Any]) -> bool:
        return delivery["id"] in self._verified or delivery["status"] == "delivered"

    def _alert_row(self, delivery: dict[str, Any]) -> list[Text]:
        way = self._ways.documents.get(delivery["document_id"])
        after = f"{way.steps['alerted']:.2f} s" if way and "alerted" in way.steps else ""
        now = delivery["id"] in self._verified
        signature = Text("verified" if now else "verified before", "green")
        meeting = self._meeting_of(delivery["document_id"])
        about = ", ".join(filter(None, [meeting.get("coalition_id"), title_of(meeting)]))
        return [Text(plain(delivery["type"])), signature, Text(after), Text(readable(about))]

    def _meeting_of(self, document_id: str) -> dict[str, Any]:
        for meeting in self._meetings.values():
            if any(source["document_id"] == document_id for source in meeting["sources"]):
                return meeting
        return {}

    def _take_alerts(self, listener: Listener) -> None:
        while not listener.alerts.empty():
            alert = listener.alerts.get_nowait()
            if alert.verified:
                self._verified[alert.webhook_id] = alert
                document = (alert.data.get("document") or {}).get("id")
                if way := self._ways.documents.get(str(document)):
                    way.reach("alerted", alert.received_at.timestamp())

    def _way_list(self) -> list[Way]:
        return list(self._ways.documents.values())

    def _head(self, text: str) -> None:
        self._screen.print(Text(f"\n{text}", "bold"))


def _arrived(way: Way) -> bool:
    """Tell whether a document is where it goes: stored, and alerted if it brings a statement."""
    return way.settled and (way.outcome != "statement.published" or "alerted" in way.steps)
