"""Random URLs against the guard: `python -m tests.notify.fuzz [--urls 100000] [--seed 1]`.

Addresses, most of them internal, are written in every form that parsers and C libraries know,
dressed up with what confuses them, and served by names that answer differently each time. Each URL
goes the whole way: to the check at subscription, and through the HTTP client, as if it had passed.
Whatever address the client then tries to connect to must be public by an oracle that knows the
blocks as strings of bits, and shares nothing with the guard. No packet leaves.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from services.notify.adapters.claiming import Claimed
from services.notify.adapters.http import Poster
from services.notify.adapters.resolving import check_reachable
from services.notify.guard import AddressError, Allowed, target_of
from services.notify.signing import SigningKey, read
from tests.notify.packets import no_packets

_BLOCKS = (Path(__file__).parent / "special_ranges.txt").read_text("utf-8").splitlines()
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_V4 = (
    *("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.5.4", "100.64.0.1"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "168.63.129.16"),  # noqa: S104
    *("8.8.8.8", "1.1.1.1", "93.184.216.34", "100.63.255.255", "172.32.0.1", "11.0.0.1"),
)
_V6 = (
    *("::1", "::", "fe80::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1", "4000::1"),
    *("2606:4700::1111", "2a00:1450:4001::200e"),
)
_NAMES = ("localhost", "a.example", "b.internal", "xn--nxasmq6b.example", "metadata", "x_y.example")
_SUFFIXES = (*("",) * 20, ".", "..", "%00", "%2e", ":", ":80", ":8080", ":0", ":99999", "#@8.8.8.8")
_PREFIXES = (*("",) * 30, "u@", "u:p@", "8.8.8.8@", "8.8.8.8:80@", "%40", "\\@", "@", " ", "\t")
_SCHEMES = (*("http://",) * 20, "https://", "HTTP://", "http:/", "http:///", "http:\\\\", "//")
_STRANGE = "０１２３４５６７８９。．\u00ad\u200b\u202e％＠：\x00\r\n\t \\/?#@[]%:.\x7f"


def bits_of(address: str) -> str:
    """Return an address as a string of bits, 32 or 128."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return "".join(f"{byte:08b}" for byte in socket.inet_pton(family, address))


def _blocks() -> tuple[str, ...]:
    blocks = [line.split("/") for line in _BLOCKS if not line.startswith("#")]
    return tuple(f"{len(bits_of(a))}:{bits_of(a)[: int(length)]}" for a, length in blocks)


_INTERNAL = _blocks()
_LOW_EMBEDDED = (bits_of("::")[:96], bits_of("::ffff:0:0")[:96], bits_of("::ffff:0:0:0")[:96])


def is_internal(address: str) -> bool:
    """Tell, independently of the guard, whether packets for an address end up inside."""
    bits = bits_of(address.partition("%")[0])
    reached = [bits]
    if len(bits) == 128:
        if bits.startswith((*_LOW_EMBEDDED, bits_of("64:ff9b::")[:96])):
            reached = [bits[96:]] if int(bits, 2) > 1 else [bits]
        elif bits.startswith(bits_of("2002::")[:16]):
            reached = [bits[16:48]]
        elif bits.startswith(bits_of("2001::")[:32]):
            client = "".join("10"[int(bit)] for bit in bits[96:])
            reached = [bits[32:64], client]
        elif bits[64:96] in {f"{0x5EFE:032b}", f"{0x02005EFE:032b}"}:
            reached = [bits, bits[96:]]
    return any(f"{len(one)}:{one}".startswith(_INTERNAL) for one in reached)


def random_url(chance: Random) -> str:
    """Return a URL that may lead anywhere."""
    host = chance.choice((_numbers, _numbers, _six, _six, _name))(chance)
    url = chance.choice(_SCHEMES) + chance.choice(_PREFIXES) + host + chance.choice(_SUFFIXES) + "/"
    for _ in range(chance.choice((0, 0, 0, 0, 1, 2))):
        at = chance.randrange(len(url) + 1)
        cut = chance.choice((0, 0, 1))
        url = url[:at] + chance.choice(_STRANGE) * chance.choice((0, 1)) + url[at + cut :]
    return url


def _numbers(chance: Random) -> str:
    """Write an IPv4 address in one of the forms that inet_aton takes."""
    parts = [int(part) for part in chance.choice(_V4).split(".")]
    kept = chance.randint(1, 4)
    last = 0
    for part in parts[kept - 1 :]:
        last = last * 256 + part
    forms: tuple[Callable[[int], str], ...] = (
        *(str, str, hex, lambda n: f"0{n:o}", lambda n: f"0X{n:X}", lambda n: f"000{n:o}"),
    )
    return ".".join(chance.choice(forms)(part) for part in [*parts[: kept - 1], last])


def _six(chance: Random) -> str:
    """Write an IPv6 address, or an IPv4 one inside of it, with or without a zone."""
    inner = chance.choice(_V4)
    first, second, third, fourth = (int(part) for part in inner.split("."))
    low = f"{first * 256 + second:x}:{third * 256 + fourth:x}"
    hidden = f"{~(first * 256 + second) & 0xFFFF:x}:{~(third * 256 + fourth) & 0xFFFF:x}"
    address = chance.choice(
        (
            chance.choice(_V6),
            *(f"::ffff:{inner}", f"::{inner}", f"::ffff:0:{low}", f"64:ff9b::{low}"),
            *(f"64:ff9b:1::{low}", f"2002:{low}::1", f"2001:0:808:808:8000:63bf:{hidden}"),
            *(f"2001:0:{low}:8000:63bf:f7f7:f7f7", f"2600::5efe:{low}", f"2600::200:5efe:{low}"),
        )
    )
    zone = chance.choice(("", "", "", "%25eth0", "%lo", "%"))
    written = chance.choice((str.lower, str.upper))(address)
    return f"[{written}{zone}]" if chance.random() < 0.95 else written


def _name(chance: Random) -> str:
    name = chance.choice(_NAMES)
    return chance.choice((name, name.upper(), name.title()))


async def fuzz(count: int, seed: int) -> Counter[str]:
    """Try so many URLs; return how often what came of them. AssertionError names a bypass."""
    chance = Random(seed)  # noqa: S311 - the same URLs every time
    poster = Poster(Allowed(), open_plain, timeout=2.0, connect_timeout=1.0)
    await poster.open()
    came: Counter[str] = Counter()

    def answer(_: str) -> Sequence[str]:  # differently each time
        return chance.sample((*_V4, *_V6), chance.choice((0, 1, 1, 1, 2)))

    with no_packets(answer) as tried:
        for _ in range(count):
            url = random_url(chance)
            tried.clear()
            subscribed = await _passes(url)
            attempt = await poster.post(_claimed(url), _NOW)
            for address in tried:
                assert not is_internal(address), f"{url!r} led to {address}"
            assert attempt.status_code is None
            came["subscribable" if subscribed else "refused at subscription"] += 1
            came["connected to a public address" if tried else "no connection"] += 1
    await poster.close()
    return came


async def _passes(url: str) -> bool:
    try:
        await check_reachable(target_of(url), Allowed())
    except AddressError:
        return False
    return True


def open_plain(kept: str, _: str) -> Sequence[SigningKey]:
    """Open a secret that lies open."""
    return read(kept)


def _claimed(url: str) -> Claimed:
    key = "whsec_" + "A" * 32
    return Claimed("msg_1", "sub_1", "d", "t", url, "h", key, b"{}", 0, {}, "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Random URLs against the guard.")
    parser.add_argument("--urls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    for outcome, times in sorted(asyncio.run(fuzz(wanted.urls, wanted.seed)).items()):
        sys.stdout.write(f"{times:>9,}  {outcome}\n")
    sys.stdout.write("no refusal was bypassed\n")
