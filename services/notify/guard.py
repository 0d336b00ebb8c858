"""Where a webhook may go: the public internet, and internally only what the settings allow.

Whoever may subscribe chooses an address that this service then connects to from inside. Judging is
pure; resolving names is done elsewhere, and the judgement is repeated on every connection.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias
from urllib.parse import urlsplit

from shared.errors import CommuniqueError

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_LONGEST_URL = 2048
_PORTS = {"http": 80, "https": 443}

# Not the internet, whatever `is_global` says: it differs between versions of Python, and calls
# multicast, relays and reserved blocks global.
_NEVER_PUBLIC = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # the host's agent in Azure, whatever its number looks like
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PUBLIC_V6 = ip_network("2000::/3")  # all that was ever given out; the rest has special uses
_NOT_PUBLIC_V6 = tuple(
    ip_network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48")
)
# Where the last 32 bits are an IPv4 address that a translator or tunnel will connect to. Not so in
# 64:ff9b:1::/48, NAT64 within a network: there it may stand elsewhere, so nothing of it is public.
_EMBEDDING_LOW = tuple(
    ip_network(block) for block in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
)
_ISATAP = 0x5EFE


class AddressError(CommuniqueError):
    """An address that no webhook is sent to; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Target:
    """The part of a URL that is connected to. `host` is lower case, without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """`host:port`, by which deliveries to one receiver are counted."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def literal(self) -> Address | None:
        """The address, where the host is one and not a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The internal networks and host names that may be delivered to."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Allowed:
        """Read networks (`10.1.0.0/16`), addresses and host names; raise ValueError in one line."""
        networks, hosts = [], set()
        for entry in entries:
            try:
                networks.append(ip_network(entry))
            except ValueError:
                if "/" in entry or ":" in entry or not entry.strip(".-"):
                    raise ValueError(
                        f"COMMUNIQUE_WEBHOOK_ALLOW: {entry} is neither network nor host name"
                    ) from None
                hosts.add(_normal(entry))
        return cls(tuple(networks), frozenset(hosts))

    def covers(self, address: Address) -> bool:
        """Tell whether the address lies in an allowed network."""
        return any(address in network for network in self.networks)


def target_of(url: str) -> Target:
    """Return what a webhook's URL connects to; raise AddressError, in one line, if it may not."""
    if len(url) > _LONGEST_URL:
        raise AddressError(f"the URL is longer than {_LONGEST_URL} characters")
    if not url.isascii() or any(c <= " " or c == "\x7f" or c == "\\" for c in url):
        raise AddressError("the URL holds characters that must be encoded")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise AddressError("the URL cannot be read") from None
    if parts.scheme not in _PORTS:
        raise AddressError("the URL must begin with http:// or https://")
    if not host or port == 0 or "%" in host:
        raise AddressError("the URL names no host that can be reached")
    if "@" in parts.netloc:
        raise AddressError("the URL holds a user name or password: leave them out")
    return Target(parts.scheme, _normal(host), port or _PORTS[parts.scheme])


def refuse_internal(host: str, addresses: Iterable[Address], allowed: Allowed) -> None:
    """Raise AddressError unless a webhook to `host` may connect to each of `addresses`."""
    if _normal(host) in allowed.hosts:
        return
    for address in addresses:
        if not _is_acceptable(address, allowed):
            at = "" if str(address) == host else f" ({address})"
            raise AddressError(
                f"{host}{at} is on an internal network: "
                "allow it in COMMUNIQUE_WEBHOOK_ALLOW or give a public address"
            )


def embedded(address: Address) -> tuple[Address, ...]:
    """Return the addresses that packets for `address` finally reach: itself, or those inside it.

    Unwraps IPv4-mapped, -compatible and -translated addresses, NAT64, 6to4, Teredo (its server and
    its client) and ISATAP.
    """
    if isinstance(address, IPv4Address):
        return (address,)
    if address.teredo is not None:
        return address.teredo
    if address.sixtofour is not None:
        return (address.sixtofour,)
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in block for block in _EMBEDDING_LOW):
        # `::` and `::1` are the IPv6 host itself, not the IPv4 addresses 0.0.0.0 and 0.0.0.1.
        return (address,) if int(address) <= 1 else (low,)
    if (int(address) >> 32) & 0xFDFFFFFF == _ISATAP:
        return address, low
    return (address,)


def is_public(address: Address) -> bool:
    """Tell whether an address, taken at its word, belongs to a host of the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _NEVER_PUBLIC)
    return address in _PUBLIC_V6 and not any(address in block for block in _NOT_PUBLIC_V6)


def _is_acceptable(address: Address, allowed: Allowed) -> bool:
    return all(is_public(inner) or allowed.covers(inner) for inner in embedded(address))


def _normal(host: str) -> str:
    return host.lower().rstrip(".")
