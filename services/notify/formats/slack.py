"""Slack's incoming webhooks: https://docs.slack.dev/reference/block-kit.

Everything stands in `rich_text` blocks, which know no markup: what looks like `<!channel>` or
`*bold*` is shown as it is written. Only `text`, which notifications show, has to be escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.notify.formats.brief import Brief
from services.notify.formats.fitting import first_that_fits
from services.notify.formats.harmless import cut
from services.notify.formats.message import Message, as_json

_LONGEST_HEADER = 150
_LONGEST_TEXT = 300
# Slack refuses blocks of about 13,000 characters together, whatever its documents say.
_LARGEST = 11_000
# `text` is markup for Slack, and for chat servers that take Slack's messages.
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | dict.fromkeys("*_~`[]\\|", " "))


def slack(brief: Brief) -> Message:
    """Return a message for a Slack channel."""
    body = first_that_fits(brief, _message, lambda made: len(made.decode()) <= _LARGEST)
    return Message(body)


def _message(brief: Brief) -> bytes:
    content = {
        "text": cut(brief.subject, _LONGEST_TEXT).translate(_MARKUP),
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": [_header(brief), {"type": "rich_text", "elements": list(_elements(brief))}],
    }
    return as_json(content)


def _header(brief: Brief) -> dict[str, Any]:
    text = cut(brief.subject, _LONGEST_HEADER)
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _elements(brief: Brief) -> Iterable[dict[str, Any]]:
    if brief.when_where:
        yield _section(_text(brief.when_where))
    for section in brief.news:
        yield _section(_text(section.label, bold=True))
        lines = [_section(_text(line)) for line in brief.lines_of(section)]
        yield {"type": "rich_text_list", "style": "bullet", "elements": lines}
    for label, value in brief.facts:
        yield _section(_text(brief.voice.labelled(label, ""), bold=True), _text(f"{value}\n"))
    yield _section({"type": "link", "url": brief.link, "text": brief.read_on})


def _section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def _text(text: str, *, bold: bool = False) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})
