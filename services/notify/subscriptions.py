"""Who wants to be told of what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from services.notify.filters import Filters
from shared.record import Frozen, Language

AlertType = Literal[
    "statement.published",
    "meeting.updated",
    "meeting.announced",
    "source.added",
    "meetings.merged",
    "meeting.closed",
]
Format = Literal["standard", "cloudevents", "slack", "discord", "teams", "text"]


class NewSubscription(Frozen):
    """What a subscriber asks for: `lang` is the reader's, of formats that people read."""

    url: str
    events: tuple[AlertType, ...] = Field(default=("statement.published",), min_length=1)
    filters: Filters = Filters()
    format: Format = "standard"
    lang: Language = "en"


class Subscription(NewSubscription):
    """A subscription as it is kept, without its secret.

    It is `disabled` once its receiver has answered 410 Gone.
    """

    id: str
    status: Literal["active", "disabled"] = "active"
    created_at: datetime
