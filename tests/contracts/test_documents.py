"""The published descriptions of events and APIs say what the code does."""

from __future__ import annotations

from docs.generate import DOCS, documents


def test_asyncapi_and_openapi_are_up_to_date() -> None:
    """`make docs` would change nothing."""
    stale = [
        str(place) for place, content in documents() if (DOCS / place).read_text("utf-8") != content
    ]
    assert not stale, f"stale: {', '.join(stale)}; run make docs"
