"""Subscribing, and seeing what was delivered."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import structlog
from fastapi import APIRouter, HTTPException, Response

from services.notify.adapters.history import DeliveryHistory, DeliveryShown
from services.notify.adapters.resolving import check_reachable
from services.notify.adapters.subscriptions import SubscriptionTable
from services.notify.api.pages import Cursor, Limit, Page, page_of
from services.notify.guard import AddressError, Allowed, target_of
from services.notify.known import unknown_codes
from services.notify.signing import new_secret
from services.notify.subscriptions import NewSubscription, Subscription

log = structlog.get_logger()


class Subscribed(Subscription):
    """A new subscription with the secret that signs its alerts: shown here and never again."""

    secret: str


def subscription_routes(
    subscriptions: SubscriptionTable, history: DeliveryHistory, allowed: Allowed
) -> APIRouter:
    """Return the routes under `/api/subscriptions`."""
    router = APIRouter(prefix="/api/subscriptions", tags=["subscriptions"])

    @router.post("", status_code=201)
    async def subscribe(wanted: NewSubscription) -> Subscribed:
        """Subscribe a URL to alerts; one on an internal network is refused."""
        if wrong := "; ".join(unknown_codes(wanted.filters)):
            raise HTTPException(422, wrong)
        try:
            await check_reachable(target_of(wanted.url), allowed)
        except AddressError as refused:
            log.warning("subscription.refused", reason=str(refused))
            raise HTTPException(422, str(refused)) from None
        secret = new_secret()
        kept = await subscriptions.add(
            wanted,
            subscription_id="sub_" + secrets.token_hex(12),
            secret=secret,
            at=datetime.now(UTC),
        )
        log.info("subscription.added", subscription_id=kept.id, events=kept.events)
        return Subscribed(**dict(kept), secret=secret)

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
            raise _unknown(subscription_id)
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
        raise _unknown(subscription_id)
    return subscription


def _unknown(subscription_id: str) -> HTTPException:
    return HTTPException(404, f"no subscription {subscription_id[:64]}")
