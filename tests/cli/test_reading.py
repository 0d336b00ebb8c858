"""What people read: harmless, in the right direction, on lines that fit."""

from __future__ import annotations

import io
import json
from pathlib import Path

from rich.console import Console

from communique.machine.logtail import LogTail, in_brief
from communique.machine.supervise import shorten
from communique.showing.console import plain, readable
from communique.showing.folded import Folded

ISOLATED = "\u2068{}\u2069"


def test_controls_of_the_terminal_are_dropped() -> None:
    """Neither escape sequences nor marks that turn the direction of text get through."""
    assert plain("a\x1b[31mb\x07\u202ec\u2066d\r\ne\x9bf") == "a[31mbcd ef"


def test_arabic_is_isolated_from_what_stands_around_it() -> None:
    """A run of words keeps its inner digits and marks; brackets and Latin words stay outside."""
    assert readable("chair خالد بن سلمان (SA)") == f"chair {ISOLATED.format('خالد بن سلمان')} (SA)"
    assert readable("قرار 2254 لعام 2015، نص") == ISOLATED.format("قرار 2254 لعام 2015، نص")
    assert readable("2nd meeting") == "2nd meeting"


def test_every_folded_line_is_isolated_by_itself() -> None:
    """A long Arabic value stays readable where it goes on, and no line exceeds the width."""
    console = Console(file=io.StringIO(), width=30)
    console.print(Folded("وزير الخارجية " * 8))
    written = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(written) > 2
    for line in written:
        assert line.count("\u2068") == line.count("\u2069") == 1
        assert len(line.strip("\u2068\u2069")) <= 32


def test_log_lines_of_all_services_come_in_order(tmp_path: Path) -> None:
    """What was written after the tail was begun is told by time, half a line only when whole."""
    logs = {name: tmp_path / f"{name}.log" for name in ("ingest", "store")}
    for path in logs.values():
        path.write_text(entry("00", "before"))
    tail = LogTail(logs)
    with logs["ingest"].open("a") as ingest, logs["store"].open("a") as store:
        ingest.write(entry("03", "third") + entry("05", "fifth")[:20])
        store.write(entry("02", "second"))
    told = [json.loads(line)["event"] for _, line in tail.new_lines()]
    assert told == ["second", "third"]
    with logs["ingest"].open("a") as ingest:
        ingest.write(entry("05", "fifth")[20:])
    assert [json.loads(line)["event"] for _, line in tail.new_lines()] == ["fifth"]


def test_a_crash_is_shown_as_it_is() -> None:
    """A line that is no JSON is an error's last words, and keeps its level."""
    assert in_brief("store", "Traceback (most recent call last):") == (
        "error",
        "store    Traceback (most recent call last):",
    )
    level, text = in_brief("store", entry("07", "document.kept", document_id="ab" * 32))
    assert (level, text) == ("info", "00:00:07 store    document.kept abababab")


def test_a_large_log_begins_anew(tmp_path: Path) -> None:
    """One older file is kept, and who still writes goes on in the new one."""
    log = tmp_path / "store.log"
    with log.open("ab") as writer:
        writer.write(b"x" * (20 * 1024**2 + 1))
        writer.flush()
        shorten(log)
        writer.write(b"next\n")
    assert log.read_bytes() == b"next\n"
    assert (tmp_path / "store.log.1").stat().st_size == 20 * 1024**2 + 1


def entry(second: str, event: str, **more: str) -> str:
    """Return a line as structlog writes it."""
    stamp = f"2026-01-01T00:00:{second}.000000Z"
    return json.dumps({"event": event, **more, "level": "info", "timestamp": stamp}) + "\n"
