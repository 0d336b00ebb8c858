"""What is sent: bytes, what they are, and headers of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Message:
    """The body of one alert in one format; `headers` beside those of the signature."""

    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers that go with the body, its kind among them."""
        return {"content-type": self.content_type, **dict(self.headers)}


def as_json(content: Any) -> bytes:
    """Return JSON in UTF-8 without needless spaces: targets count bytes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
