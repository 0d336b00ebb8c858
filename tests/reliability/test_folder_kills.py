"""A worker that is killed between any two steps on the file system loses and doubles no file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.folder_world import World, sha256
from tests.reliability.mortal import mortal

_GOOD, _OTHER, _BAD = b"a statement", b"another statement", b"\0 no text"


def drop(root: Path) -> None:
    """Put a document, its copy, one in a subfolder, one that is no text, and a link, in place."""
    (root / "sub").mkdir(parents=True, exist_ok=True)
    (root / "a.txt").write_bytes(_GOOD)
    (root / "copy.txt").write_bytes(_GOOD)
    (root / "sub" / "b.txt").write_bytes(_OTHER)
    (root / "bad.txt").write_bytes(_BAD)
    (root / "link").symlink_to("/etc/passwd")


def store_all(world: World) -> None:
    """Take everything in and have it stored."""
    world.scan()
    for document_id in list(world.streamed):
        world.answer(document_id)


def bury_and_replay(world: World) -> None:
    """One document dies, is replayed, and is stored after all."""
    world.scan()
    if sha256(_GOOD) not in world.streamed:
        return
    world.die_of(sha256(_GOOD))
    world.tend()
    world.replay(sha256(_GOOD))
    world.answer(sha256(_GOOD))
    world.tend()


def grow(world: World) -> None:
    """A document is written on while it is held, and put back when it is answered."""
    world.scan()
    held = world.worker.inbox.held(sha256(_OTHER))
    if held:
        with held.path.open("ab") as file:
            file.write(b" and more")
    store_all(world)
    world.scan()


@pytest.mark.parametrize("life", [store_all, bury_and_replay, grow])
def test_killed_between_any_two_steps_it_loses_and_doubles_nothing(
    life: Callable[[World], None], tmp_path: Path
) -> None:
    """Every step of a whole life is the last one once; what comes after goes on from there."""
    for steps in range(1_000):
        world = World(tmp_path / str(steps) / "inbox", tmp_path / str(steps) / "state")
        drop(world.root)
        with mortal(steps) as died:
            life(world)
        world.come_to_rest()
        for letter in list(world.letters):  # it ended in failed/, until somebody has it replayed
            world.replay(letter.document_id)
            world.come_to_rest()
        files = world.files()
        grown = life is grow and _OTHER not in files["done"]
        other = _OTHER + b" and more" if grown else _OTHER
        ended = files["done"] + files.get("duplicate", [])
        assert sorted(ended) == sorted([_GOOD, _GOOD, other]), steps
        assert {_GOOD, other} == set(files["done"]), steps
        assert life is bury_and_replay or len(files["done"]) == 2, steps  # a copy is tried as well
        assert files.get("failed") == [b"->", _BAD] or files["failed"] == [_BAD, b"->"], steps
        assert set(files) <= {"done", "duplicate", "failed"}, (steps, files)
        assert not any((world.root / ".processing").iterdir()), steps
        assert world.reports() == 2, steps
        if not died:
            assert steps > 30
            return
    raise AssertionError("it never lived to its end")
