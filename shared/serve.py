"""Running a service as a process: checked settings, graceful end, errors in one line."""

from __future__ import annotations

import gc
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from shared.errors import CommuniqueError, SettingsError
from shared.logging import configure_logging
from shared.pulse import Pulse
from shared.settings import ServiceSettings, SettingsT, load_settings

_MARGIN = 5.0  # seconds by which a blocked loop may outlast the time of a handler
_GRACE = 10  # seconds for open requests; the broker has its own ten


class _Server(uvicorn.Server):
    """Ends with exit code 0 on SIGTERM and SIGINT, where uvicorn would raise the signal again.

    A loop that stands still for longer than `limit` seconds ends the process, from the start on:
    messages are read before the port is open.
    """

    def __init__(self, config: uvicorn.Config, limit: float) -> None:
        super().__init__(config)
        self._pulse = Pulse(limit)

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        async with self._pulse.watched():
            await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.should_exit = True


def serve(settings_class: type[SettingsT], build: Callable[[SettingsT], FastAPI]) -> NoReturn:
    """Run a service until SIGTERM or SIGINT; exit 0 after a graceful end.

    Wrong settings or a port in use end it at once with one line and exit code 2, a failed start
    with one line and 1.
    """
    try:
        settings = load_settings(settings_class)
        configure_logging(settings)
        app = build(settings)
        listening = _bind(settings)
    except CommuniqueError as error:
        print(f"{settings_class.service}: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",  # our own lines tell of starts, stops and errors
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config, _blocked_after(settings))
    # What is loaded by now stays: not looking at it again doubles the throughput of messages.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    try:
        server.run(sockets=[listening])
    except SystemExit:  # a start that failed, of which a line was logged
        sys.exit(1)
    sys.exit(0 if server.started else 1)


def _blocked_after(settings: ServiceSettings) -> float:
    """Return the seconds after which a loop that stands still is blocked by a handler."""
    return settings.handle_within + min(_MARGIN, settings.handle_within)


def _bind(settings: ServiceSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port} ({error.strerror}): "
            "give another port, or end the process that holds this one"
        ) from None
    listening.set_inheritable(True)
    return listening
