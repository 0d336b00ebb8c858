"""Whether a service is alive, and whether it is ready: what each of its parts says of itself.

`/healthz` answers as long as the process and its event loop do; nothing else is asked, so that
nobody restarts a service because Redis is away. `/readyz` asks every part, all at once and each
within a time of its own: 200 when the service can do its work, 503 when it cannot, with the names
of all parts that keep it from that, and what wants a person's attention though it goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse

from shared.errors import CommuniqueError
from shared.settings import ServiceSettings

Status: TypeAlias = Literal["ok", "attention", "unavailable"]
_ENDING = 1.0  # seconds that a check in hand may take to end with the service


@dataclass(frozen=True, slots=True)
class Condition:
    """How a part is: `why` in words where it is not simply well, `facts` in figures.

    `attention`: it works, but somebody should look. `unavailable`: the service cannot work.
    """

    status: Status = "ok"
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Check: TypeAlias = Callable[[], Awaitable[Condition]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a service that can be asked how it is.

    A check that raises is unavailable, and so is one that takes longer than `within` seconds. Its
    answer is given again for `kept` seconds.
    """

    name: str
    check: Check
    within: float = 2.0
    kept: float = 1.0


class Health:
    """Asks the parts of a service, none of them twice at once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._probes = {part.name: _Probe(part) for part in parts}

    async def conditions(self) -> dict[str, Condition]:
        """Return how every part is, by name; takes as long as the slowest may."""
        found = await asyncio.gather(*(probe.ask() for probe in self._probes.values()))
        return dict(zip(self._probes, found, strict=True))

    async def close(self) -> None:
        """End checks that still hang."""
        await asyncio.gather(*(probe.close() for probe in self._probes.values()))


class _Probe:
    """Asks one part; whoever comes while a check runs waits for that one."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._running: asyncio.Task[Condition] | None = None
        self._last: tuple[float, Condition] | None = None

    async def ask(self) -> Condition:
        now = asyncio.get_running_loop().time
        if self._last is not None and now() - self._last[0] < self._part.kept:
            return self._last[1]
        if self._running is None:
            self._running = asyncio.create_task(self._check())
        running = self._running
        done, _ = await asyncio.wait({running}, timeout=self._part.within)
        if not done:
            return Condition("unavailable", f"no answer within {self._part.within:g} s")
        if self._running is running:
            self._last, self._running = (now(), running.result()), None
        return running.result()

    async def close(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running}, timeout=_ENDING)

    async def _check(self) -> Condition:
        try:
            return await self._part.check()
        except Exception as error:  # whatever is wrong with a part, the answer names it
            return Condition("unavailable", _in_words(error))


def health_routes(settings: ServiceSettings, health: Health) -> APIRouter:
    """Return `/healthz` and `/readyz` of a service."""
    router = APIRouter(tags=["health"])
    who = {"service": settings.service, "worker": settings.worker}

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Tell that the process is alive and its event loop turns; nothing else is asked."""
        return {**who, "status": "ok"}

    @router.get("/readyz", responses={503: {"description": "A part keeps it from its work"}})
    async def readyz(authorization: Annotated[str | None, Header()] = None) -> JSONResponse:
        """Tell whether the service can do its work, and of each part how it is.

        `attention`: it works (200), but a person should look. `unavailable`: it cannot work (503).
        Why, with folders, hosts and figures, is told to those who have the key.
        """
        conditions = await health.conditions()
        status = worst(condition.status for condition in conditions.values())
        tell = _in_full if settings.admits(authorization) else _in_short
        return JSONResponse(
            {**who, "status": status, **tell(conditions)},
            status_code=503 if status == "unavailable" else 200,
        )

    return router


def _in_full(conditions: Mapping[str, Condition]) -> dict[str, Any]:
    parts = {
        name: {"status": condition.status, "why": condition.why, **condition.facts}
        for name, condition in conditions.items()
    }
    return {"why": reasons(conditions), "parts": parts}


def _in_short(conditions: Mapping[str, Condition]) -> dict[str, Any]:
    return {"parts": {name: {"status": one.status} for name, one in conditions.items()}}


def worst(statuses: Any) -> Status:
    """Return the worst of some statuses, `ok` of none."""
    order: tuple[Status, ...] = ("ok", "attention", "unavailable")
    return max(statuses, key=order.index, default="ok")


def reasons(conditions: Mapping[str, Condition]) -> str:
    """Return in one line what is not well, and why; what keeps the service from working first."""
    unwell = [(name, one) for name, one in conditions.items() if one.status != "ok"]
    unwell.sort(key=lambda named: named[1].status != "unavailable")
    return "; ".join(f"{name.replace('_', ' ')}: {one.why}" for name, one in unwell)


def _in_words(error: Exception) -> str:
    told = " ".join(str(getattr(error, "orig", None) or error).split())[:300]
    return (
        told if isinstance(error, CommuniqueError) and told else f"{type(error).__name__}: {told}"
    )
