"""`docs/adding-a-coalition.md`, followed to the letter."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, communique

PAGE = (ROOT / "docs" / "adding-a-coalition.md").read_text("utf-8")
FILE = Path("coalitions/gulf-of-guinea.yaml")


def block(language: str) -> str:
    """Return the first block of a kind that stands at the margin of the page."""
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"the page has no {language} block"
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that a reader of the page has after saving its two files."""
    assert f"`{FILE}`" in PAGE
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(block("yaml"), "utf-8")
    (tmp_path / "example.txt").write_text(block("text"), "utf-8")
    return tmp_path


def test_the_page_leads_to_a_record_with_the_new_coalition(folder: Path) -> None:
    """Its files, its command, and what it says comes of them."""
    setting, program, *arguments = shlex.split(block("console").removeprefix("$ "))
    name, _, value = setting.partition("=")
    assert (name, program) == ("COMMUNIQUE_COALITIONS", "communique")
    said = communique(*arguments, cwd=folder, COMMUNIQUE_COALITIONS=value)
    assert said.returncode == 0, said.stderr
    told = [line.split() for line in said.stdout.splitlines()]
    for line in block("output").splitlines():
        assert line.split() in told


def test_the_page_tells_the_error_that_is_printed(folder: Path) -> None:
    """A code that is none is told with file and line, as on the page."""
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace("TG", "UK"), "utf-8")
    said = communique("extract", "example.txt", cwd=folder, COMMUNIQUE_COALITIONS=str(FILE.parent))
    assert said.returncode == 1
    assert said.stderr == block("error")
    assert said.stdout == ""


def test_the_short_name_and_the_further_names_of_the_page_are_valid(folder: Path) -> None:
    """The fragments that the page shows may be put behind its file."""
    short = re.search(r"^  ```yaml\n(.*?)^  ```$", PAGE, re.DOTALL | re.MULTILINE)
    further = re.search(r"`(imctc: \{.*\})`", PAGE)
    assert short
    assert further
    path = folder / FILE
    entry = re.sub(r"^ {2}", "", short[1], flags=re.MULTILINE)  # the page sets it in by two
    path.write_text(path.read_text("utf-8") + entry + f"  {further[1]}\n", "utf-8")
    (folder / "example.txt").write_text("Ministers of the Riyadh pact met in Riyadh and agreed.")
    said = communique("extract", "example.txt", cwd=folder, COMMUNIQUE_COALITIONS=str(FILE.parent))
    assert said.returncode == 0, said.stderr
    assert "(imctc)" in said.stdout
