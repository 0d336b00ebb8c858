"""`communique drop --wait`: each document's way to its record, shown while it goes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from communique.api import Api, NotThereError
from communique.documents.inbox import drop_file, id_of
from communique.documents.ways import Step, Way, Ways
from communique.operating.gauges import connect
from communique.running import Running
from communique.showing.console import console, readable
from communique.showing.rendering import table
from shared.errors import CommuniqueError

_LOOK_EVERY = 0.1  # seconds
_STEPS: tuple[Step, ...] = ("received", "extracted", "stored")
_OUTCOMES = {  # of 16 letters at most: so the table fits into 80 columns
    "statement.published": "new statement",
    "meeting.updated": "adds to meeting",
    "meeting.announced": "announces one",
    "source.added": "nothing new",
    "meetings.merged": "joins meetings",
    "meeting.closed": "closes one",
    "none": "no meeting",
}


def drop_and_wait(files: Iterable[Path], folder: Path, running: Running, patience: float) -> None:
    """Drop files and follow them for up to `patience` seconds.

    Raises CommuniqueError if a document failed or its record did not come in time.
    """
    with (
        connect(running.need("redis_url")) as client,
        Api(running.need("store_url")) as store,
    ):
        ways = Ways(client, store)
        for file in files:
            known = is_stored(store, id_of(file))
            way = ways.add(drop_file(file, folder))
            way.known = known
        _follow(ways, folder, patience)
    _complain_of([way for way in ways.documents.values() if way.error or not way.settled], patience)


def is_stored(store: Api, document_id: str) -> bool:
    """Tell whether the store has a document and its record already."""
    try:
        found = store.get(f"/api/documents/{document_id}")
    except NotThereError:
        return False
    return found["record"] is not None


def ways_table(ways: Iterable[Way], steps: Sequence[Step]) -> Table:
    """Return how far each document is: seconds since its drop under each step it has reached."""
    shown = table("document", *steps, "")
    for way in ways:
        times = [_time(way, step) for step in steps]
        shown.add_row(Text(readable(way.name)), *times, _result(way))
    return shown


def end_live(screen: Console) -> None:
    """End the line of a live display, which it leaves open where there is no terminal."""
    if not screen.is_terminal:
        screen.print()


def _follow(ways: Ways, folder: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    screen = console()
    with Live(console=screen, refresh_per_second=10) as live:
        while True:
            live.update(ways_table(ways.documents.values(), _STEPS))
            settled = all(way.settled for way in ways.documents.values())
            if settled or time.monotonic() > deadline:
                break
            ways.look(_LOOK_EVERY)
            ways.look_at_failures(folder)
    end_live(screen)


def _time(way: Way, step: Step) -> Text:
    if step in way.steps:
        return Text(f"{way.steps[step]:.2f} s", "green")
    return Text("" if way.settled else "…", "dim")


def _result(way: Way) -> Text:
    if way.error:
        return Text(readable(way.error), "red")
    if way.known:
        return Text("known already", "dim")
    return Text(_OUTCOMES[way.outcome] if way.outcome else "")


def _complain_of(left: list[Way], patience: float) -> None:
    if not left:
        return
    failed = [way.name for way in left if way.error]
    if failed:
        raise CommuniqueError(f"cannot be read, and lie in failed/: {', '.join(failed)}")
    names = ", ".join(way.name for way in left)
    raise CommuniqueError(
        f"no record after {patience:g} s: {names}: see `communique status`, `communique dead list`"
    )
