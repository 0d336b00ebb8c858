"""Discord's webhooks: https://discord.com/developers/docs/resources/webhook#execute-webhook.

One embed, whose texts are Markdown: every character that could mean something is escaped. Nobody
is ever mentioned.
"""

from __future__ import annotations

import json
import re
from typing import Any

from services.notify.formats.brief import Brief, Section
from services.notify.formats.fitting import first_that_fits
from services.notify.formats.harmless import cut
from services.notify.formats.message import Message, as_json

_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_NAME, _LONGEST_VALUE = 256, 4096, 256, 1024
_MOST_IN_ALL = 6000
_MARKUP = re.compile(r"([\\`*_~|>#+\-\[\](){}<:@/.!=])")
_NOTHING = "\u200b"  # a field may not be empty


def discord(brief: Brief) -> Message:
    """Return a message for a Discord channel."""
    return Message(first_that_fits(brief, _message, _fits))


def _message(brief: Brief) -> bytes:
    fields = [_field(section.label, _lines(brief, section)) for section in brief.news]
    fields += [_field(label, _escaped(value)) for label, value in brief.facts]
    embed = {
        "title": _escaped(cut(brief.subject, _LONGEST_TITLE // 2)),
        "url": brief.link,
        "description": _escaped(brief.when_where) or _NOTHING,
        "fields": fields,
        "footer": {"text": brief.read_on},
        "timestamp": brief.happened_at.isoformat(),
    }
    return as_json({"allowed_mentions": {"parse": []}, "embeds": [embed]})


def _field(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "value": value or _NOTHING}


def _lines(brief: Brief, section: Section) -> str:
    return "\n".join(f"- {_escaped(line)}" for line in brief.lines_of(section))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _fits(made: bytes) -> bool:
    (embed,) = json.loads(made)["embeds"]
    sizes = [
        (_length(embed["title"]), _LONGEST_TITLE),
        (_length(embed["description"]), _LONGEST_DESCRIPTION),
        *((_length(field["name"]), _LONGEST_NAME) for field in embed["fields"]),
        *((_length(field["value"]), _LONGEST_VALUE) for field in embed["fields"]),
    ]
    in_all = sum(size for size, _ in sizes) + _length(embed["footer"]["text"])
    return in_all <= _MOST_IN_ALL and all(size <= longest for size, longest in sizes)


def _length(text: str) -> int:
    """Count as Discord may: characters outside the first plane may count twice."""
    return len(text.encode("utf-16-le")) // 2
