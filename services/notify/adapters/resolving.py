"""Names to addresses, each judged before anything is sent to it."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver

from services.notify.guard import Address, AddressError, Allowed, Target, refuse_internal


class GuardedResolver(ThreadedResolver):
    """Resolves for the HTTP client, so that it connects only to addresses that were judged.

    Asking twice, once to judge and once to connect, would let a name server answer differently.
    """

    def __init__(self, allowed: Allowed) -> None:
        super().__init__()
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name; raise AddressError if one of them may not be used."""
        found = await super().resolve(host, port, family)
        refuse_internal(host, [ip_address(result["host"]) for result in found], self._allowed)
        return found


async def check_reachable(target: Target, allowed: Allowed) -> None:
    """Raise AddressError, in one line, if a webhook may not go to a target, or none can find it."""
    refuse_internal(target.host, await _addresses(target), allowed)


async def _addresses(target: Target) -> list[Address]:
    if target.literal is not None:
        return [target.literal]
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            target.host, target.port, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError):
        raise AddressError(f"{target.host} has no address: is the name right?") from None
    return [ip_address(str(info[4][0]).partition("%")[0]) for info in found]
