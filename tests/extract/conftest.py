"""What the extraction tests share: one extractor, and short ways to open and to read a text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from services.extract.lexicon import read_surfaces
from services.extract.matching import Matcher
from services.extract.pipeline import Extractor
from services.extract.reading import Reading
from shared.record import Record, SourceFile

Open = Callable[[str], Reading]
Extract = Callable[[str], Record]


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """All lexicons, compiled once."""
    return Matcher(read_surfaces())


@pytest.fixture(scope="session")
def open_text(matcher: Matcher) -> Open:
    """Open a text for the grammars."""
    return lambda text: Reading(text, matcher)


@pytest.fixture(scope="session")
def extract(matcher: Matcher) -> Extract:
    """Read the record of a text."""
    extractor = Extractor(matcher)

    def run(text: str, name: str = "text.txt") -> Record:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return extractor.extract(SourceFile(id=digest, name=name, sha256=digest, size=0), text)

    return run
