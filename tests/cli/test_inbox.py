"""Dropping files: whole or not at all, and over nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.documents.inbox import drop_file, files_of
from shared.errors import CommuniqueError
from tests.cli.conftest import communique


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty watched folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_two_files_of_one_name_both_arrive(tmp_path: Path, inbox: Path) -> None:
    """A drop never replaces a file that waits to be read."""
    first, second = tmp_path / "a/report.txt", tmp_path / "b/report.txt"
    for number, path in enumerate((first, second)):
        path.parent.mkdir()
        path.write_text(str(number))
    names = [drop_file(path, inbox).name for path in (first, second)]
    assert len(set(names)) == 2
    assert sorted(path.read_text() for path in inbox.iterdir()) == ["0", "1"]


def test_nothing_else_is_left_in_the_inbox(tmp_path: Path, inbox: Path) -> None:
    """The copy under its hidden name is gone once the file is there."""
    (tmp_path / "a.txt").write_text("a")
    drop_file(tmp_path / "a.txt", inbox)
    assert [path.name for path in inbox.iterdir()] == ["a.txt"]


def test_a_folder_means_its_files(tmp_path: Path) -> None:
    """Files come in the order of their names; hidden and unfinished ones are left out."""
    for name in ("b.txt", "a.html", ".hidden", "c.part"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    assert [path.name for path in files_of([tmp_path])] == ["a.html", "b.txt"]


def test_a_file_that_would_not_be_read_is_refused(tmp_path: Path) -> None:
    """Ingest leaves hidden files alone, so dropping one is a mistake that is said."""
    (tmp_path / ".draft").touch()
    with pytest.raises(CommuniqueError, match="rename it"):
        list(files_of([tmp_path / ".draft"]))


def test_files_may_be_dropped_while_nothing_runs(tmp_path: Path, inbox: Path) -> None:
    """They wait in the folder, and the command says so."""
    (tmp_path / "a.txt").write_text("a")
    said = communique("drop", "a.txt", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "wait there until" in said.stdout
    assert (inbox / "a.txt").read_text() == "a"


def test_waiting_for_nobody_drops_nothing(tmp_path: Path, inbox: Path) -> None:
    """With `--wait` and no system the file stays out, so that it can be dropped again."""
    (tmp_path / "a.txt").write_text("a")
    said = communique("drop", "a.txt", "--wait", cwd=tmp_path)
    assert said.returncode == 1
    assert list(inbox.iterdir()) == []
