"""Whether what store has to announce goes out."""

from __future__ import annotations

from datetime import UTC, datetime

from services.store.adapters.outbox import Relay
from shared.health import Condition, Part

_OVERDUE = 60.0  # seconds after which an event that is still there wants a look


def outbox_part(relay: Relay) -> Part:
    """Return how many events wait to be published, and since when."""

    async def check() -> Condition:
        count, oldest = await relay.waiting()
        facts = {"waiting": count, "oldest": oldest and oldest.isoformat()}
        age = (datetime.now(UTC) - oldest).total_seconds() if oldest else 0.0
        if age > _OVERDUE:
            return Condition("attention", f"{count} events wait, since {age:.0f} s", facts)
        return Condition(facts=facts)

    return Part("outbox", check)
