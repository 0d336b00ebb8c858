"""The golden files of the formats: what is sent, for people to look at and tests to compare."""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from email.policy import default
from pathlib import Path
from typing import Any, get_args

from services.notify.formats.rendering import rendered
from services.notify.subscriptions import Format
from tests.notify.alerts import alerts

FORMATS: tuple[Any, ...] = (*get_args(Format), "email")
LANGUAGES: tuple[Any, ...] = ("ar", "fr", "en")
GOLDEN = Path(__file__).parent
_FOR_PROGRAMS = {"standard", "cloudevents"}


def files() -> Iterator[tuple[Path, bytes]]:
    """Yield each file's path, and what it has to hold."""
    for name, alert in alerts().items():
        for wanted in FORMATS:
            languages = ("en",) if wanted in _FOR_PROGRAMS else LANGUAGES
            for lang in languages:
                message = rendered(alert, wanted, lang, "evt_0")
                head = [f"content-type: {message.content_type}"]
                head += [f"{key}: {value}" for key, value in message.headers]
                text = "\n".join([*head, "", _readable(message.body, wanted), ""])
                yield GOLDEN / f"{name}.{wanted}.{lang}.txt", text.encode()


def _readable(body: bytes, wanted: str) -> str:
    """Lay JSON out, and an e-mail's parts; all else is as it is sent."""
    if wanted == "text":
        return body.decode()
    if wanted != "email":
        return json.dumps(json.loads(body), ensure_ascii=False, indent=1)
    mail = email.message_from_bytes(body, policy=default)
    head = [f"{key}: {value}" for key, value in mail.items()]
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*head, "", *(part.replace("\r\n", "\n") for part in parts)])
