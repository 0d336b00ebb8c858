"""Keys of subscriptions over the API: shown when they are made, turned over with an overlap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog
from fastapi import APIRouter
from pydantic import Field

from services.notify.adapters.secret_keeping import SecretKeeper
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.api.pages import unknown
from services.notify.signing import Scheme, SigningKey, new_key, rotated
from shared.record import Frozen

log = structlog.get_logger()
_LONGEST_OVERLAP = 30 * 24.0  # hours


class KeyShown(Frozen):
    """A key without what is secret: its scheme, the public key of `v1a`, and when it ends."""

    scheme: Scheme
    public_key: str | None
    until: datetime | None


class Rotation(Frozen):
    """How to turn over: for how many hours the old keys sign too, and by which scheme then."""

    overlap_hours: float = Field(default=24.0, ge=0, le=_LONGEST_OVERLAP)
    signing: Scheme | None = None


class Rotated(Frozen):
    """The new key: the secret of `v1` is shown here and never again. `keys` are all that sign."""

    id: str
    signing: Scheme
    secret: str | None
    public_key: str | None
    keys: tuple[KeyShown, ...]


def key_routes(subscriptions: SubscriptionTable, keeper: SecretKeeper) -> APIRouter:
    """Return the routes about keys under `/api/subscriptions`."""
    router = APIRouter(prefix="/api/subscriptions", tags=["subscriptions"])

    @router.get("/{subscription_id}/keys")
    async def list_keys(subscription_id: str) -> list[KeyShown]:
        """List the keys that sign now, the newest first, without what is secret."""
        kept = await subscriptions.secret_of(subscription_id)
        if kept is None:
            raise unknown(subscription_id)
        now = datetime.now(UTC)
        keys = keeper.open(kept, subscription_id)
        return [_shown(key) for key in keys if key.until is None or key.until > now]

    @router.post("/{subscription_id}/rotate-secret")
    async def rotate(subscription_id: str, asked: Rotation) -> Rotated:
        """Sign with a new key from now on, and with the old ones too until the overlap ends."""
        overlap, now = timedelta(hours=asked.overlap_hours), datetime.now(UTC)
        made: list[tuple[SigningKey, ...]] = []

        def turned_over(kept: str) -> str:
            keys = keeper.open(kept, subscription_id)
            made.append(rotated(keys, new_key(asked.signing or keys[0].scheme), now, overlap))
            return keeper.seal(made[-1], subscription_id)

        if not await subscriptions.change_secret(subscription_id, turned_over):
            raise unknown(subscription_id)
        log.info("subscription.key_rotated", subscription_id=subscription_id)
        return _rotated(subscription_id, made[-1])

    return router


def _rotated(subscription_id: str, keys: Sequence[SigningKey]) -> Rotated:
    newest = keys[0]
    return Rotated(
        id=subscription_id,
        signing=newest.scheme,
        secret=newest.shown if newest.scheme == "v1" else None,
        public_key=newest.shown if newest.scheme == "v1a" else None,
        keys=tuple(map(_shown, keys)),
    )


def _shown(key: SigningKey) -> KeyShown:
    public = key.shown if key.scheme == "v1a" else None
    return KeyShown(scheme=key.scheme, public_key=public, until=key.until)
