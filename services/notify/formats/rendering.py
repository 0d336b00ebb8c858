"""Which format is made by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from services.notify.deliveries import delivery_keys, event_id
from services.notify.formats.brief import Brief, brief_of
from services.notify.formats.cloudevents import cloudevents
from services.notify.formats.discord import discord
from services.notify.formats.email import email
from services.notify.formats.message import Message
from services.notify.formats.slack import slack
from services.notify.formats.teams import teams
from services.notify.formats.text import text
from services.notify.payload import Payload, payload_of
from services.notify.subscriptions import Format, Subscription
from shared.events import RecordStored
from shared.record import Language

_FOR_PEOPLE: Mapping[str, Callable[[Brief], Message]] = {
    "slack": slack,
    "discord": discord,
    "teams": teams,
    "email": email,
    "text": text,
}


class Renderings:
    """One event as its subscribers want it, each format and language made once."""

    def __init__(self, event: RecordStored, store_url: str) -> None:
        self._event = event
        self._store_url = store_url
        self._made: dict[tuple[Format, Language], Message] = {}

    def __call__(self, subscription: Subscription) -> Message:
        """Return what one subscriber is sent."""
        wanted = subscription.format, subscription.lang
        if wanted not in self._made:
            alert = payload_of(self._event, self._store_url)
            self._made[wanted] = rendered(alert, *wanted, event_id(delivery_keys(self._event)[0]))
        return self._made[wanted]


def rendered(
    alert: Payload, wanted: Format | Literal["email"], lang: Language, event_id: str
) -> Message:
    """Return an alert as a subscriber wants it; `event_id` is the same for the same news."""
    if wanted == "standard":
        return Message(alert.model_dump_json().encode())
    if wanted == "cloudevents":
        return cloudevents(alert, event_id)
    return _FOR_PEOPLE[wanted](brief_of(alert, lang))
