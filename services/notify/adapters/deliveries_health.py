"""Whether what subscribers were promised goes out."""

from __future__ import annotations

from datetime import UTC, datetime

from services.notify.adapters.deliveries import DeliveryTable
from shared.health import Condition, Part

_OVERDUE = 60.0  # seconds after which a delivery that is still due wants a look


def deliveries_part(deliveries: DeliveryTable) -> Part:
    """Return how many deliveries are due, those being sent included, and since when."""

    async def check() -> Condition:
        now = datetime.now(UTC)
        count, oldest = await deliveries.due(now)
        facts = {"due": count, "oldest_due": oldest and oldest.isoformat()}
        age = (now - oldest).total_seconds() if oldest else 0.0
        if age > _OVERDUE:
            return Condition("attention", f"{count} are due, since {age:.0f} s", facts)
        return Condition(facts=facts)

    return Part("deliveries", check)
