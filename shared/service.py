"""The frame of a service: a FastAPI application that runs a broker and background tasks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import structlog
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from shared.broker import ServiceBroker
from shared.cancelling import cancel
from shared.condition import (
    dead_letters_part,
    disk_part,
    probing_client,
    redis_part,
    streams_part,
    subscribers_part,
)
from shared.errors import CommuniqueError, TransientError
from shared.health import Health, Part, health_routes
from shared.janitor import keep_tidy
from shared.settings import ServiceSettings, is_loopback
from shared.streams import create_groups
from shared.watchdog import keep_reading, persevere

log = structlog.get_logger()

Task: TypeAlias = Callable[[], Awaitable[Any]]

_LONGEST_PAUSE = 10.0  # seconds before a background task that failed runs again
_START_WITHIN = 5.0  # seconds; who has no Redis by then answers without it
_OPEN_PATHS = {"/healthz", "/readyz"}  # what needs no key


def create_app(
    settings: ServiceSettings,
    broker: ServiceBroker,
    *,
    title: str,
    tasks: Sequence[Task] = (),
    startup: Sequence[Task] = (),
    shutdown: Sequence[Task] = (),
    routers: Sequence[APIRouter] = (),
    health: Sequence[Part] = (),
    folders: Sequence[Path] = (),
) -> FastAPI:
    """Return a service's application: `startup`, then groups and broker, then `tasks`.

    A task that raises is logged and runs again after a growing pause; tasks are cancelled after
    the broker has finished what was in hand. `/healthz` and `/readyz` are open; all else wants the
    key when `settings.api_key` is set. `health` are the service's own parts, and `folders` those
    that it writes to.
    """
    probing = probing_client(settings)
    ready = Health(
        [
            redis_part(probing, settings),
            subscribers_part(broker),
            streams_part(probing, settings.service),
            dead_letters_part(probing, settings.service),
            *([disk_part(folders)] if folders else []),
            *health,
        ]
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await _start(startup)
        running: list[asyncio.Task[None]] = []
        begun = asyncio.Event()

        async def read() -> None:
            await _begin(broker, settings)
            own = [*tasks, lambda: keep_tidy(broker.connect)]
            running.extend(asyncio.create_task(_supervise(task)) for task in own)
            begun.set()
            log.info("service.started", port=settings.port)
            await _supervise(lambda: keep_reading(broker, settings))

        watchdog = asyncio.create_task(_supervise(read))
        with suppress(TimeoutError):  # without Redis it answers nevertheless, and says so
            async with asyncio.timeout(_START_WITHIN):
                await begun.wait()
        try:
            yield
        finally:
            await cancel([watchdog])  # first: it would start again what is being stopped
            await broker.stop()
            await cancel(running)
            await ready.close()
            await probing.aclose()
            for hook in shutdown:
                await hook()
            log.info("service.stopped")

    app = FastAPI(title=title, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.broker = broker
    _guard(app, settings)
    _explain_errors(app)
    app.include_router(health_routes(settings, ready))
    for router in routers:
        app.include_router(router)
    return app


async def _start(hooks: Sequence[Task]) -> None:
    for hook in hooks:
        try:
            await hook()
        except Exception as error:  # the server ends the process, but does not say why
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            log.error("service.failed", error=reason)  # noqa: TRY400 - one line, no traceback
            raise


async def _begin(broker: ServiceBroker, settings: ServiceSettings) -> None:
    """Start reading, however long Redis is away."""

    async def connect() -> None:
        await create_groups(await broker.connect(), settings.service)

    await persevere(connect, "redis.connected")
    try:
        await broker.start()
    except BaseException:
        await broker.stop()  # what it had started would read twice
        raise


async def _supervise(task: Task) -> None:
    pause = 0.1
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await task()
        except Exception as error:  # a background task must outlive any failure
            if asyncio.get_running_loop().time() - started > _LONGEST_PAUSE:
                pause = 0.1
            reason = f"{type(error).__name__}: {error}"
            log.warning("task.failed", error=reason, retry_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return


def _guard(app: FastAPI, settings: ServiceSettings) -> None:
    """Let in who has the key, or, without a key, whoever speaks to this machine by its own name."""
    if settings.api_key is None:
        if is_loopback(settings.host):  # a page elsewhere must not reach us by a rebound name
            app.add_middleware(
                TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", "::1"]
            )
        return

    @app.middleware("http")
    async def require_key(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        given = request.headers.get("authorization")
        if request.url.path in _OPEN_PATHS or settings.admits(given):
            return await call_next(request)
        return JSONResponse(
            {"detail": "send the API key as Authorization: Bearer KEY"},
            status_code=401,
            headers={"WWW-Authenticate": "Bearer"},
        )


def _explain_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        parts = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()]
        return JSONResponse({"detail": "; ".join(parts)}, status_code=422)

    @app.exception_handler(CommuniqueError)
    async def explained(_: Request, error: CommuniqueError) -> JSONResponse:
        status = 503 if isinstance(error, TransientError) else 400
        return JSONResponse({"detail": str(error)}, status_code=status)

    @app.exception_handler(Exception)
    async def unexpected(_: Request, error: Exception) -> JSONResponse:
        log.error("request.failed", error=f"{type(error).__name__}: {error}")
        return JSONResponse({"detail": "internal error: see the service's log"}, status_code=500)
