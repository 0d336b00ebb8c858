"""`communique reextract`: stored texts through the extractor once more, and how far that is."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import redis

from communique.api import Api
from communique.documents.ways import document_of
from communique.operating.gauges import connect
from communique.running import Running
from communique.showing.console import console
from communique.showing.progress import advancing
from shared.errors import CommuniqueError
from shared.events import RecordStored

_PAGE = 50  # documents on their way at once, so that new ones need not wait long
_PATIENCE = 60.0  # seconds without any answer
_LOOK_EVERY = 0.5  # seconds
_OUTCOME = re.compile(rb'"outcome":"([a-z.]+)"')


def reextract(running: Running, since: str | None, coalition: str | None) -> None:
    """Have stored texts read anew, and tell what became of them.

    Raises CommuniqueError if some were not answered for a minute.
    """
    wanted = {"since": since, "coalition": coalition, "limit": _PAGE}
    with connect(running.need("redis_url")) as client, Api(running.need("store_url")) as store:
        answers = Answers(client)
        sent = store.post("/api/documents/reextract", wanted)
        with advancing(sent["total"], "reading anew") as advance:
            outcomes = answers.of(sent["documents"], advance)
            while sent["next"] is not None:
                sent = store.post("/api/documents/reextract", {**wanted, "after": sent["next"]})
                outcomes += answers.of(sent["documents"], advance)
    _tell(outcomes)


class Answers:
    """Reads what store announces, from where its stream ends now."""

    def __init__(self, client: redis.Redis) -> None:
        """Remember the end of the stream."""
        self._client = client
        last = cast("list[tuple[bytes, Any]]", client.xrevrange(RecordStored.stream, count=1))
        self._after: Any = last[0][0] if last else "0"

    def of(self, documents: list[str], advance: Callable[[], None]) -> Counter[str]:
        """Wait until each of these documents is answered; return how many had which outcome.

        Raises CommuniqueError after a minute without any answer.
        """
        outcomes: Counter[str] = Counter()
        left, deadline = set(documents), time.monotonic() + _PATIENCE
        while left:
            for document_id, outcome in self._look():
                if document_id in left:
                    left.remove(document_id)
                    outcomes[outcome] += 1
                    advance()
                    deadline = time.monotonic() + _PATIENCE
            if left and time.monotonic() > deadline:
                raise CommuniqueError(
                    f"{len(left)} documents were not read within {_PATIENCE:g} s: see "
                    "`communique status`, `communique dead list`"
                )
        return outcomes

    def _look(self) -> list[tuple[str, str]]:
        after: Any = {RecordStored.stream: self._after}
        told: Any = self._client.xread(after, count=100, block=int(_LOOK_EVERY * 1000))
        found = []
        for entry, fields in told[0][1] if told else ():
            self._after = entry
            raw = fields.get(b"__data__", b"")
            outcome = _OUTCOME.search(raw)
            found.append((document_of(raw), outcome[1].decode() if outcome else ""))
        return found


def _tell(outcomes: Counter[str]) -> None:
    screen, total = console(), sum(outcomes.values())
    if not total:
        screen.print("no documents of these are stored")
        return
    news = outcomes.copy()
    same = news.pop("none", 0)
    screen.print(f"{total} read anew, {same} of them told nothing new")
    for outcome, count in sorted(news.items()):
        screen.print(f"{count:>6}  {outcome}")
