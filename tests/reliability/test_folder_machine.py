"""The life of a folder against a model of it: whatever happens in whatever order, nothing is lost.

The model knows what was dropped and what store was told. At rest every file is in one place, every
document that was ever whole is stored or whole in `failed/`, and nothing is in `.processing/`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import structlog
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.reliability.folder_world import World, sha256
from tests.reliability.mortal import mortal

_NAMES = st.sampled_from(["a.txt", "b.txt", "sub/a.txt", "بيان.txt", "b\udcff.txt"])
_BODIES = st.sampled_from([b"one", b"two", b"three"])
_WORK = st.sampled_from(["scan", "sweep", "tend", "answer"])


class FolderMachine(RuleBasedStateMachine):
    """Drops, changes and kills; what is whole for good must come to its end."""

    @initialize()
    def begin(self) -> None:
        """Start on an empty folder."""
        structlog.configure(processors=[_silence])
        self.home = Path(tempfile.mkdtemp())
        self.world = World(self.home / "inbox", self.home / "state")
        self.files = 0  # dropped so far, links included
        self.links = 0
        self.grown: list[Path] = []

    def teardown(self) -> None:
        """Let everything come to its end, and compare."""
        if not hasattr(self, "world"):
            return
        try:
            self._rest()
            self._compare()
        finally:
            structlog.reset_defaults()
            shutil.rmtree(self.home)

    @rule(name=_NAMES, body=_BODIES)
    def drop(self, name: str, body: bytes) -> None:
        """Rename a file into place, over one of its name that still waits there."""
        path = self.world.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.files += not path.exists()
        unfinished = path.with_name(".unfinished")
        unfinished.write_bytes(body)
        unfinished.rename(path)

    @rule(name=_NAMES, body=_BODIES)
    def link_into_place(self, name: str, body: bytes) -> None:
        """Give a file its name by a hard link, as some careful programs do."""
        path = self.world.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            unfinished = path.with_name(".unfinished")
            unfinished.write_bytes(body)
            os.link(unfinished, path)
            unfinished.unlink()
            self.files += 1

    @rule()
    def link_elsewhere(self) -> None:
        """Drop a link that leads out of the inbox."""
        path = self.world.root / "link"
        if not path.is_symlink():
            path.symlink_to("/etc/hostname")
            self.links += 1

    @rule(more=st.sampled_from([b" and more", b" and else"]), which=st.integers(0, 9))
    def grow(self, more: bytes, which: int) -> None:
        """Write on in a file wherever it is by now, but for those that are at their end."""
        paths = [
            path for path in self.world.root.rglob("*.txt") if _may_grow(self.world.root, path)
        ]
        if paths:
            with sorted(paths)[which % len(paths)].open("ab") as file:
                file.write(more)

    @rule(steps=st.integers(0, 30), work=_WORK)
    def kill(self, steps: int, work: str) -> None:
        """Kill the worker somewhere in its work; another begins."""
        with mortal(steps):
            self._work(work)
        self.world.restart()

    @rule(work=_WORK)
    def go_on(self, work: str) -> None:
        """Let the worker work."""
        self._work(work)

    @precondition(lambda self: self.world.streamed)
    @rule()
    def die(self) -> None:
        """Let a later service give a document up."""
        self.world.die_of(min(self.world.streamed))

    @precondition(lambda self: self.world.letters)
    @rule()
    def replay(self) -> None:
        """Send a dead letter again."""
        self.world.replay(self.world.letters[0].document_id)

    @rule()
    def flush(self) -> None:
        """Empty Redis: what was published and not answered is published again."""
        self.world.forget()

    @rule()
    def lose_state(self) -> None:
        """Remove the ledger and the notes."""
        shutil.rmtree(self.world.state)
        self.world.restart()

    @invariant()
    def no_file_is_gone(self) -> None:
        """At any moment there are as many files as were dropped, each under one name."""
        if hasattr(self, "world"):
            assert sum(map(len, self.world.files().values())) == self.files + self.links

    def _work(self, work: str) -> None:
        world = self.world
        if work == "answer" and world.streamed:
            world.answer(max(world.streamed))
        elif work == "scan":
            world.scan()
        elif work == "sweep":
            world.sweep(40.0)
        elif work == "tend":
            world.tend()

    def _rest(self) -> None:
        """Replay what died; what Redis forgot the letter of is dropped again by a person."""
        self.world.come_to_rest()
        while self.world.letters:
            self.world.replay(self.world.letters[0].document_id)
        self.world.come_to_rest()
        for number, path in enumerate(sorted((self.world.root / "failed").glob("*.txt"))):
            path.rename(self.world.root / f"again {number}.txt")
        self.world.come_to_rest()

    def _compare(self) -> None:
        world, files = self.world, self.world.files()
        assert set(files) <= {"done", "duplicate", "failed"}, files
        assert not any((world.root / ".processing").iterdir())
        done, duplicate = files.get("done", []), files.get("duplicate", [])
        assert {sha256(body) for body in done} <= world.stored
        assert {sha256(body) for body in duplicate} <= world.stored
        assert files.get("failed", []) == [b"->"] * self.links
        assert world.reports() == self.links


def _may_grow(root: Path, path: Path) -> bool:
    where = path.relative_to(root).parts[0]
    return where not in {"done", "duplicate", "failed"} and not path.is_symlink()


def _silence(*_: object) -> None:
    raise structlog.DropEvent


TestFolderMachine = FolderMachine.TestCase
TestFolderMachine.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
