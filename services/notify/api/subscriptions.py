"""Subscribing, and seeing what was delivered."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import structlog
from fastapi import APIRouter, HTTPException, Response

from services.notify.adapters.history import DeliveryHistory, DeliveryShown
from services.notify.adapters.resolving import check_reachable
from services.notify.adapters.secret_keeping import SecretKeeper
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.api.pages import Cursor, Limit, Page, page_of, unknown
from services.notify.guard import AddressError, Allowed, target_of
from services.notify.known import unknown_codes
from services.notify.signing import Scheme, new_key
from services.notify.subscriptions import NewSubscription, Subscription

log = structlog.get_logger()


class Asked(NewSubscription):
    """What a subscriber asks for, and how alerts are to be signed: `v1a` needs no shared secret."""

    signing: Scheme = "v1"


class Subscribed(Subscription):
    """A new subscription with what verifies its alerts.

    The `secret` of `v1` is shown here and never again; of `v1a` it is a `public_key`.
    """

    signing: Scheme
    secret: str | None
    public_key: str | None


def subscription_routes(
    subscriptions: SubscriptionTable,
    history: DeliveryHistory,
    keeper: SecretKeeper,
    allowed: Allowed,
) -> APIRouter:
    """Return the routes under `/api/subscriptions`."""
    router = APIRouter(prefix="/api/subscriptions", tags=["subscriptions"])

    @router.post("", status_code=201)
    async def subscribe(wanted: Asked) -> Subscribed:
        """Subscribe a URL to alerts; one on an internal network is refused."""
        if wrong := "; ".join(unknown_codes(wanted.filters)):
            raise HTTPException(422, wrong)
        try:
            await check_reachable(target_of(wanted.url), allowed)
        except AddressError as refused:
            log.warning("subscription.refused", reason=str(refused))
            raise HTTPException(422, str(refused)) from None
        key, name = new_key(wanted.signing), "sub_" + secrets.token_hex(12)
        kept = await subscriptions.add(
            wanted,
            subscription_id=name,
            secret=keeper.seal([key], name),
            at=datetime.now(UTC),
        )
        log.info("subscription.added", subscription_id=kept.id, events=kept.events)
        return Subscribed(
            **dict(kept),
            signing=key.scheme,
            secret=key.shown if key.scheme == "v1" else None,
            public_key=key.shown if key.scheme == "v1a" else None,
        )

    @router.get("")
    async def list_subscriptions(limit: Limit = 50, after: Cursor = None) -> Page[Subscription]:
        """List subscriptions, oldest first, without their secrets."""
        return page_of(await subscriptions.page(int(after or 0), limit + 1), limit)

    @router.get("/{subscription_id}")
    async def get_subscription(subscription_id: str) -> Subscription:
        """Return one subscription, without its secret."""
        return _found(await subscriptions.get(subscription_id), subscription_id)

    @router.delete("/{subscription_id}", status_code=204)
    async def unsubscribe(subscription_id: str) -> Response:
        """End a subscription and forget its deliveries."""
        if not await subscriptions.remove(subscription_id):
            raise unknown(subscription_id)
        log.info("subscription.removed", subscription_id=subscription_id)
        return Response(status_code=204)

    @router.get("/{subscription_id}/deliveries")
    async def list_deliveries(
        subscription_id: str, limit: Limit = 50, after: Cursor = None
    ) -> Page[DeliveryShown]:
        """List what was and will be delivered, newest first, with every attempt."""
        _found(await subscriptions.get(subscription_id), subscription_id)
        before = int(after) if after else None
        return page_of(await history.page(subscription_id, before, limit + 1), limit)

    return router


def _found(subscription: Subscription | None, subscription_id: str) -> Subscription:
    if subscription is None:
        raise unknown(subscription_id)
    return subscription
