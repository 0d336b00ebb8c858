"""Ports of this machine: whether one can be had, and ones that stay free while nobody listens."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from secrets import randbelow

HOST = "127.0.0.1"
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST, _EPHEMERAL = 10_000, 32_768  # the latter is Linux's; others begin later
_TRIES = 100


def error_of(port: int) -> str | None:
    """Return why a port cannot be had, None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error.strerror
    return None


def free_port() -> int:
    """Return a port that nobody holds, and that no outgoing connection will be given.

    Whoever tries again and again to reach a server that is down may be given the server's own
    port for it, be connected to itself, and keep the server from coming back.
    """
    lowest_ephemeral = _EPHEMERAL
    with suppress(OSError, ValueError):
        lowest_ephemeral = int(_RANGE.read_text().split()[0])
    room = lowest_ephemeral - _LOWEST
    for _ in range(_TRIES if room > 0 else 0):
        port = _LOWEST + randbelow(room)
        if error_of(port) is None:
            return port
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        given: int = probe.getsockname()[1]
        return given
