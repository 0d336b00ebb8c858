"""Whether a service's process answers, asked as cheaply as can be."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import psutil

from communique.machine.ports import HOST

_LOOK_EVERY = 0.05  # seconds
_LOOK_SELDOM = 0.5  # seconds between looks at one that takes long
_LONG = 10.0  # seconds


async def until_it_listens(pid: int, port: int) -> None:
    """Wait until the process listens on the port: it has started, whatever it may lack."""
    clock = asyncio.get_running_loop().time
    started = clock()
    while not listens(pid, port):  # noqa: ASYNC110 - another process sets no event for us
        await asyncio.sleep(_pause(clock() - started))


async def until_it_is_ready(port: int) -> None:
    """Wait until the service on the port says that it can do its work."""
    clock = asyncio.get_running_loop().time
    started = clock()
    while True:
        with suppress(OSError, TimeoutError):
            if await is_ready(HOST, port):
                return
        await asyncio.sleep(_pause(clock() - started))


def _pause(waited: float) -> float:
    return _LOOK_EVERY if waited < _LONG else _LOOK_SELDOM


def listens(pid: int, port: int) -> bool:
    """Tell whether this process is the one that listens: another's answer must not be taken."""
    try:
        sockets = psutil.Process(pid).net_connections("tcp")
    except psutil.Error:
        return False
    return any(s.status == psutil.CONN_LISTEN and s.laddr.port == port for s in sockets)


async def is_ready(host: str, port: int) -> bool:
    """Ask a service whether it is ready. By hand: a web client takes as long to load as it does."""
    async with asyncio.timeout(3):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            asked = f"GET /readyz HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
            writer.write(asked.encode())
            return b" 200 " in await reader.readline()
        finally:
            writer.close()
