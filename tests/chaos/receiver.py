"""A subscriber who is not always well: verifies every alert, and answers some badly at first."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from standardwebhooks import Webhook

from communique.alerts.listen import is_signed

_FAILS, _LATE, _SILENT = 0.02, 0.01, 0.002  # of the alerts, at the first POST of each
_LATENESS = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Post:
    """One POST as it came in, and how it was answered; `status` is 0 where it never was."""

    subscription: str
    webhook_id: str
    type: str
    document_id: str
    verified: bool
    status: int
    at: float


@dataclass
class Receiver:
    """Receives over HTTP while it is open; every subscription has a path of its own."""

    seed: int
    posts: list[Post] = field(default_factory=list)
    secrets: dict[str, Webhook] = field(default_factory=dict)
    last_at: float = 0.0
    _seen: set[str] = field(default_factory=set)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=16 * 1024**2)
        app.router.add_post("/{name}", self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def url(self, name: str) -> str:
        """Return the address for the subscription called `name`."""
        assert self._runner is not None
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/{name}"

    async def _receive(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        body = await request.read()
        self.last_at = time.time()
        headers = {key.lower(): value for key, value in request.headers.items()}
        webhook_id = headers.get("webhook-id", "")
        secret = self.secrets.get(name)
        verified = secret is not None and is_signed(secret, body, headers)
        status = 401 if not verified else self._status(webhook_id)
        self._seen.add(webhook_id)
        content: dict[str, Any] = json.loads(body) if verified else {}
        document = (content.get("data") or {}).get("document") or {}
        self.posts.append(
            Post(name, webhook_id, content.get("type", ""), document.get("id", ""),
                 verified, status, self.last_at)
        )  # fmt: skip
        return await self._answer(status)

    def _status(self, webhook_id: str) -> int:
        """Return how an alert is answered: drawn from the seed, and well from the second time."""
        if webhook_id in self._seen:
            return 204
        drawn = hashlib.sha256(f"{self.seed} {webhook_id}".encode()).digest()
        chance = int.from_bytes(drawn[:4]) / 2**32
        for share, status in ((_FAILS, 500), (_LATE, 202), (_SILENT, 0)):
            if chance < share:
                return status
            chance -= share
        return 204

    async def _answer(self, status: int) -> web.Response:
        if status == 202:
            await asyncio.sleep(_LATENESS)
        while status == 0:  # until the sender gives up, which cancels this
            await asyncio.sleep(60)
        return web.Response(status=status)
