"""Gold records: what a careful analyst reads out of each text of a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from shared.errors import CommuniqueError
from shared.record import Kind, Language

_ENDING = ".gold.json"
_LISTS = (
    "people", "attendance", "focus_areas", "commitments", "pledges", "resolutions", "quotes",
)  # fmt: skip
_UNNUMBERED = {"attendance": "value", "pledges": "amount", "resolutions": "number"}
_NAMING = {
    "people": "name", "focus_areas": "id", "commitments": "act", "quotes": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gold:
    """One text and its gold record; `meeting_key` is equal for all documents of one meeting."""

    path: Path
    text: str
    record: dict[str, Any]

    @property
    def name(self) -> str:
        """The document's name without its ending, as in `ar-017`."""
        return self.path.stem

    @property
    def language(self) -> str:
        """The main language of the text."""
        return str(self.record["language"])

    @property
    def kind(self) -> str:
        """The kind of the document, as the analyst reads it."""
        return str(self.record["kind"])

    @property
    def meeting_key(self) -> str | None:
        """The meeting that the document belongs to."""
        return self.record.get("meeting_key")


def read_gold(folder: Path) -> Iterator[Gold]:
    """Yield the documents of a folder of `NAME.txt` and `NAME.gold.json`, by name.

    CommuniqueError names a file that is missing or is no gold record, and says why.
    """
    if not folder.is_dir():
        raise CommuniqueError(f"{folder}: there is no such folder")
    paths = sorted(folder.glob(f"*{_ENDING}"))
    if not paths:
        raise CommuniqueError(f"{folder}: no gold records (NAME.gold.json beside NAME.txt) in it")
    for path in paths:
        text = path.with_name(path.name.removesuffix(_ENDING) + ".txt")
        if not text.exists():
            raise CommuniqueError(f"{text}: missing; it is the text of {path.name}")
        try:
            yield Gold(text, text.read_bytes().decode("utf-8-sig"), _record(path))
        except ValueError as error:
            raise CommuniqueError(f"{path}: no gold record: {error}") from None


def _record(path: Path) -> dict[str, Any]:
    """Return a gold record with every key that is compared. ValueError says what is wrong."""
    record = json.loads(path.read_bytes())
    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - one kind of error for a bad file
    for key, allowed in (("kind", get_args(Kind)), ("language", get_args(Language))):
        if record.get(key) not in allowed:
            raise ValueError(f"{key} is {record.get(key)!r}, not one of {', '.join(allowed)}")
    for key in _LISTS:
        record[key] = [_item(key, item) for item in record.get(key) or []]
    for key in ("coalition", "meeting"):
        if record.get(key) is not None and not isinstance(record[key], dict):
            raise ValueError(f"{key} is neither an object nor null")
    return record


def _item(key: str, item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise ValueError(f"{key} holds {item!r}, which is not an object")  # noqa: TRY004 - as above
    if key in _NAMING and not isinstance(item.get(_NAMING[key]), str):
        raise ValueError(f"{key} holds an item without {_NAMING[key]}")
    if key in _UNNUMBERED and not isinstance(item.get(_UNNUMBERED[key]), int | float):
        raise ValueError(f"{key} holds an item whose {_UNNUMBERED[key]} is not a number")
    return item
