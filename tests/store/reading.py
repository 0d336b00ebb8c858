"""Texts as the extractor reads them, for tests of what becomes of them in store."""

from __future__ import annotations

import hashlib
from functools import cache

from services.extract.pipeline import Extractor
from shared.record import SourceFile
from tests.store.makers import Case


def read(text: str, name: str = "text.txt") -> Case:
    """Return a document with the record that the extractor makes of its text."""
    identity = hashlib.sha256(text.encode()).hexdigest()
    file = SourceFile(id=identity, name=name, sha256=identity, size=len(text.encode()))
    return Case(text, _extractor().extract(file, text))


@cache
def _extractor() -> Extractor:
    return Extractor.load()
