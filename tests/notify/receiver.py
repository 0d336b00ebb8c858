"""A web server that receives webhooks and answers as the test says."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web


@dataclass(frozen=True)
class Received:
    """One request; header names are lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What to answer, and after how many seconds."""

    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0


class Receiver:
    """Collects requests; `answers` are given in turn, then 204 for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[Received] = []
        self.at_once = self.most_at_once = 0
        self._came = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._receive)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self._runner.cleanup()

    async def wait_for(self, count: int, within: float = 10.0) -> list[Received]:
        """Wait for `count` requests; return all that came."""
        async with asyncio.timeout(within), self._came:
            await self._came.wait_for(lambda: len(self.requests) >= count)
            return self.requests

    async def _receive(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        received = Received(request.method, request.path, headers, await request.read())
        answer = self.answers.pop(0) if self.answers else Answer()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        async with self._came:
            self.requests.append(received)
            self._came.notify_all()
        await asyncio.sleep(answer.after)
        self.at_once -= 1
        return web.Response(status=answer.status, headers=dict(answer.headers))
