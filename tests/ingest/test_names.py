"""Names of files: free, fitting, and fit to be shown."""

from __future__ import annotations

import os
from itertools import islice

import pytest

from services.ingest.names import candidates, is_ignored, readable, with_ending


@pytest.mark.parametrize(
    "name", [".hidden", "a.tmp", "a.PART", "film.crdownload", "~$draft.docx", ".~lock.a.txt#"]
)
def test_unfinished_and_hidden_files_are_left_alone(name: str) -> None:
    """What a program still works on is no document."""
    assert is_ignored(name)


@pytest.mark.parametrize("name", ["a.txt", "tmp", "part.txt", "بيان.txt", "a~"])
def test_others_are_documents(name: str) -> None:
    """The rules match endings and beginnings, not words."""
    assert not is_ignored(name)


def test_the_next_free_name_keeps_the_ending() -> None:
    """`report.txt` gives `report (2).txt`."""
    assert list(islice(candidates("report.txt"), 3)) == [
        "report.txt",
        "report (2).txt",
        "report (3).txt",
    ]


@pytest.mark.parametrize("letter", ["a", "ب", "𝐀"])
def test_a_name_of_full_length_is_cut_between_letters(letter: str) -> None:
    """No name is longer than 255 bytes, and none ends in half a letter."""
    longest = letter * (251 // len(letter.encode())) + ".txt"
    second = next(islice(candidates(longest), 1, None))
    assert len(os.fsencode(second)) <= 255
    assert second.endswith(" (2).txt")
    assert set(second.removesuffix(" (2).txt")) == {letter}
    assert len(os.fsencode(with_ending(longest, ".error.json"))) <= 255


def test_bytes_that_are_no_text_can_still_be_shown() -> None:
    """An event or a log line never fails for a file's name."""
    name = os.fsdecode(b"bad\xff.txt")
    assert readable(name) == "bad\ufffd.txt"
    readable(name).encode()
