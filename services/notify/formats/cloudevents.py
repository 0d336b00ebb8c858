"""CloudEvents 1.0 in structured mode: https://github.com/cloudevents/spec.

`data` is what the standard format has. Brokers need take no more than 64 KB: of a larger alert
evidence is left out first, then quotations and claims, and what is left out is named in `cut`.
"""

from __future__ import annotations

from typing import Any

from services.notify.formats.message import Message, as_json
from services.notify.payload import Payload

_LARGEST = 64 * 1024  # bytes, which every intermediary must take
_TYPE = "communique."
_CUTS = ("evidence", "quotes", "claims", "commitments", "people", "changes", "sources", "theme")


def cloudevents(alert: Payload, event_id: str) -> Message:
    """Return a structured event; `event_id` is the same for the same news."""
    content = {
        "specversion": "1.0",
        "id": event_id,
        "source": alert.data.links.document.partition("/api/")[0] + "/",
        "type": _TYPE + alert.type,
        "time": alert.timestamp.isoformat(),
        "datacontenttype": "application/json",
    }
    if alert.data.meeting is not None:
        content["subject"] = alert.data.meeting.id
    return Message(_fitting(content, alert), "application/cloudevents+json; charset=utf-8")


def _fitting(content: dict[str, Any], alert: Payload) -> bytes:
    data: Any = alert.data.model_dump(mode="json")
    made = as_json(content | {"data": data})
    left_out: list[str] = []
    for name in _CUTS:
        if len(made) <= _LARGEST:
            return made
        data, left_out = _without(data, name), [*left_out, name]
        made = as_json(content | {"data": data | {"cut": left_out}})
    if len(made) > _LARGEST:
        return as_json(content | {"data": {"links": data["links"], "cut": ["all"]}})
    return made


def _without(data: Any, name: str) -> Any:
    if isinstance(data, dict):
        return {key: _without(value, name) for key, value in data.items() if key != name}
    return [_without(value, name) for value in data] if isinstance(data, list) else data
