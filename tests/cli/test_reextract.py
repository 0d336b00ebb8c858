"""`communique reextract` on a running system."""

from __future__ import annotations

from tests.cli.conftest import SEEDS, Launched, communique


def test_stored_texts_are_read_anew(system: Launched) -> None:
    """It tells how many there were, and ends when all are read; the meetings are as before."""
    system.run("drop", "--wait", SEEDS)
    before = system.run("meetings", "--json").stdout
    said = system.run("reextract")
    assert said.stdout.splitlines() == ["5 read anew, 5 of them told nothing new"]
    assert system.run("meetings", "--json").stdout == before
    some = system.run("reextract", "--coalition", "imctc", "--since", "2020-01-01")
    assert some.stdout.splitlines() == ["3 read anew, 3 of them told nothing new"]
    none = system.run("reextract", "--since", "2999-01-01")
    assert none.stdout.splitlines() == ["no documents of these are stored"]


def test_a_wrong_coalition_is_one_line(system: Launched) -> None:
    """What cannot be an id is refused by the store, in one line."""
    said = communique("reextract", "--coalition", "No Such", cwd=system.folder)
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
