"""The events of every version stay readable: what was ever published can still be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.events import EVENTS, Event

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*/*.json"))


def event_class(stream: str) -> type[Event]:
    return next(event for event in EVENTS if event.stream == stream)


def contains(whole: Any, part: Any) -> bool:
    """Tell whether `part` stands in `whole`, key by key: added fields do no harm."""
    if isinstance(part, dict):
        return all(key in whole and contains(whole[key], value) for key, value in part.items())
    if isinstance(part, list):
        return len(whole) == len(part) and all(map(contains, whole, part))
    return bool(whole == part)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_event_is_read_and_written_without_loss(path: Path) -> None:
    """Every key and value of a golden file survives reading and writing."""
    golden = json.loads(path.read_text("utf-8"))
    event = event_class(path.parent.name).model_validate_json(path.read_bytes())
    assert contains(event.model_dump(mode="json"), golden)


def test_every_event_has_a_golden_file() -> None:
    """No contract without an example that holds it."""
    assert {event.stream for event in EVENTS} == {path.parent.name for path in CASES}


def test_a_received_document_has_its_text_in_one_place() -> None:
    """Text and key both, or neither, is no event of ours."""
    golden = json.loads((GOLDEN / "documents.received.v1/inline.json").read_text("utf-8"))
    for broken in ({"text": None}, {"text_key": "communique:text:1"}):
        with pytest.raises(ValueError, match="exactly one of text and text_key"):
            event_class("documents.received.v1").model_validate(golden | broken)
