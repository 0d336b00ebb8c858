"""Adaptive Cards for the Workflows of Microsoft Teams: https://adaptivecards.microsoft.com.

Texts stand in runs of `RichTextBlock`, which know no Markdown, unlike a `TextBlock` or a `Fact`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.notify.formats.brief import Brief
from services.notify.formats.fitting import first_that_fits
from services.notify.formats.message import Message, as_json

_LARGEST = 24_000  # bytes: Teams takes 28 KB, what a Workflow adds included
_CARD = "application/vnd.microsoft.card.adaptive"


def teams(brief: Brief) -> Message:
    """Return a message for the Workflows URL of a channel."""
    return Message(first_that_fits(brief, _message, lambda made: len(made) <= _LARGEST))


def _message(brief: Brief) -> bytes:
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": brief.voice.lang,
        "rtl": brief.voice.is_rtl,
        "fallbackText": brief.subject,
        "body": list(_body(brief)),
        "actions": [{"type": "Action.OpenUrl", "title": brief.read_on, "url": brief.link}],
        "msteams": {"width": "Full"},
    }
    attachment = {"contentType": _CARD, "contentUrl": None, "content": card}
    return as_json({"type": "message", "attachments": [attachment]})


def _body(brief: Brief) -> Iterator[dict[str, Any]]:
    yield _block(_run(brief.kind, color="Accent", weight="Bolder"))
    yield _block(_run(brief.title, size="Large", weight="Bolder"))
    if brief.when_where:
        yield _block(_run(brief.when_where))
    for section in brief.news:
        yield _block(_run(section.label, weight="Bolder"), spacing="Medium")
        for line in brief.lines_of(section):
            yield _block(_run(f"• {line}"), spacing="Small")
    for label, value in brief.facts:
        named = brief.voice.labelled(label, "")
        yield _block(_run(named, isSubtle=True), _run(value), spacing="Small")


def _block(*runs: dict[str, Any], spacing: str = "Default") -> dict[str, Any]:
    return {"type": "RichTextBlock", "spacing": spacing, "inlines": list(runs)}


def _run(text: str, **look: Any) -> dict[str, Any]:
    return {"type": "TextRun", "text": text, **look}
