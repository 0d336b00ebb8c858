"""Dropping files at a steady pace, in a process of its own: nothing may delay its writes."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos.documents import Drop

_PARTS = 5  # in which a slow writer writes
_PAUSE = 0.03  # seconds between them: well below the time for which a file must not change


class Dropper:
    """Drops files into an inbox while others do something else."""

    def __init__(self, drops: list[Drop], inbox: Path, folder: Path, seconds: float) -> None:
        """Start nothing yet. All are dropped within `seconds`, at even intervals."""
        self._log = folder / "dropped.jsonl"
        self._log.touch()
        staging = folder / "staging"
        staging.mkdir()
        self._process = multiprocessing.get_context("spawn").Process(
            target=_drop_all, args=(drops, inbox, staging, self._log, seconds), daemon=True
        )

    def start(self) -> None:
        """Begin."""
        self._process.start()

    @property
    def is_done(self) -> bool:
        """Whether all are dropped. RuntimeError if something went wrong."""
        if self._process.exitcode not in (None, 0):
            raise RuntimeError("dropping failed: see above")
        return self._process.exitcode == 0

    def times(self) -> dict[str, float]:
        """Return when each path was dropped (its last byte), in seconds since the epoch."""
        lines = self._log.read_text("utf-8").splitlines()
        return dict(map(json.loads, lines))

    def end(self) -> None:
        """Stop in the midst, if it still drops."""
        if self._process.is_alive():
            self._process.terminate()
        if self._process.pid is not None:
            self._process.join()


def _drop_all(drops: list[Drop], inbox: Path, staging: Path, log: Path, seconds: float) -> None:
    started = time.monotonic()
    with log.open("a", buffering=1, encoding="utf-8") as told, ThreadPoolExecutor(8) as threads:

        def put(number: int, drop: Drop) -> None:
            _WAYS[drop.way](drop.data, inbox / drop.path, staging / str(number))
            told.write(json.dumps((drop.path, time.time())) + "\n")

        def wait_for(number: int) -> None:
            due = started + seconds * number / len(drops)
            time.sleep(max(due - time.monotonic(), 0))

        put_out = []
        for number, drop in enumerate(drops):
            wait_for(number)
            put_out.append(threads.submit(put, number, drop))
        for one in put_out:
            one.result()


def _rename(data: bytes, target: Path, half: Path) -> None:
    half.write_bytes(data)
    target.parent.mkdir(exist_ok=True)
    half.rename(target)


def _link(data: bytes, target: Path, half: Path) -> None:
    half.write_bytes(data)
    os.link(half, target)
    half.unlink()


def _copy(data: bytes, target: Path, half: Path) -> None:
    target.write_bytes(data)


def _slowly(data: bytes, target: Path, half: Path) -> None:
    size = len(data) // _PARTS + 1
    with target.open("wb") as file:
        for start in range(0, len(data), size):
            file.write(data[start : start + size])
            file.flush()
            time.sleep(_PAUSE)


_WAYS = {
    "rename": _rename,
    "link": _link,
    "copy": _copy,
    "slow": _slowly,
    "subfolder": _rename,
}
