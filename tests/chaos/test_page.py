"""The page on reliability names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_TEST = re.compile(r"`((?:tests/)?[\w/]+\.py|tests/[\w/]+/)`")


def test_every_fault_has_its_tests() -> None:
    """Each row of the table names files of tests; a name alone lies in tests/reliability/."""
    page = (ROOT / "docs/reliability.md").read_text("utf-8")
    table = page.partition("<!-- faults -->")[2].partition("<!-- /faults -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert rows
    for row in rows:
        named = _TEST.findall(row)
        assert named, row
        for name in named:
            path = ROOT / name if name.startswith("tests/") else ROOT / "tests/reliability" / name
            assert path.exists(), f"{name}, named in: {row}"
