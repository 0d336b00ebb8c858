"""A receiver of alerts: verifies signatures, notices repeats, and shows alerts to people."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from standardwebhooks import Webhook

from communique.showing.alert_panel import render_alert

__all__ = ["Alert", "Listener", "render_alert"]

_LARGEST_BODY = 8 * 1024**2  # bytes
_REMEMBERED = 10_000  # webhook-ids, against which repeats are recognised


@dataclass(frozen=True, slots=True)
class Alert:
    """One webhook as it came in. Unless `verified`, anybody may have sent it.

    `timestamp` is when the news happened, as the body says; `repeated` marks an alert whose
    webhook-id was verified before; `data` is empty where the body is not the JSON of an alert.
    """

    type: str
    webhook_id: str
    timestamp: str
    data: dict[str, Any]
    verified: bool
    repeated: bool
    received_at: datetime
    body: bytes


class Listener:
    """Receives alerts over HTTP while it is open: `async with Listener(secrets=[...]) as listener`.

    Verified alerts are answered 204 and others 401; all of them come out of `alerts`.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, secrets: Iterable[str] = ()) -> None:
        """Take the address to bind (port 0: any free one) and the secrets of subscriptions."""
        self.alerts: asyncio.Queue[Alert] = asyncio.Queue()
        self._host = host
        self._port = port
        self._verifiers = [Webhook(secret) for secret in secrets]
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._runner: web.AppRunner | None = None

    def trust(self, secret: str) -> None:
        """Accept alerts signed with this secret too, of a subscription made just now."""
        self._verifiers.append(Webhook(secret))

    @property
    def url(self) -> str:
        """The URL to subscribe; only while open."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}/"

    async def __aenter__(self) -> Self:
        """Open the port; raise OSError if it cannot be had."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_post("/{path:.*}", self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        verified = any(is_signed(verifier, body, headers) for verifier in self._verifiers)
        alert = self._alert(headers.get("webhook-id", ""), body, verified)
        self.alerts.put_nowait(alert)
        return web.Response(status=204 if verified else 401)

    def _alert(self, webhook_id: str, body: bytes, verified: bool) -> Alert:
        content = _content(body)
        data = content.get("data")
        return Alert(
            type=str(content.get("type", "")),
            webhook_id=webhook_id,
            timestamp=str(content.get("timestamp", "")),
            data=data if isinstance(data, dict) else {},
            verified=verified,
            repeated=verified and self._is_repeated(webhook_id),
            received_at=datetime.now(UTC),
            body=body,
        )

    def _is_repeated(self, webhook_id: str) -> bool:
        repeated = webhook_id in self._seen
        self._seen[webhook_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return repeated


def is_signed(verifier: Webhook, body: bytes, headers: dict[str, str]) -> bool:
    """Tell whether a body carries a right and recent signature. Header names are lower case."""
    try:
        verifier.verify(body, headers, json_parse=False)
    except Exception:
        return False
    return True


def _content(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
