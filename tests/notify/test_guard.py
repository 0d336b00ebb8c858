"""The judgement of addresses, without any network."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.guard import AddressError, Allowed, embedded, refuse_internal, target_of

_LISTED = (Path(__file__).parent / "addresses.txt").read_text(encoding="utf-8").splitlines()
_JUDGED = [line.split()[:2] for line in _LISTED if not line.startswith("#")]
INTERNAL = [address for judgement, address in _JUDGED if judgement == "internal"]
PUBLIC = [address for judgement, address in _JUDGED if judgement == "public"]


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses_are_refused(address: str) -> None:
    """Also the ones that Python calls global, and those hidden inside an IPv6 address."""
    with pytest.raises(AddressError, match="is on an internal network"):
        refuse_internal("example.com", [ip_address(address)], Allowed())


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    """The internet can be alerted, through NAT64 and 6to4 too."""
    refuse_internal("example.com", [ip_address(address)], Allowed())


def test_one_internal_address_among_public_ones_is_enough_to_refuse() -> None:
    """A name that resolves to both is how one is lured inside."""
    addresses = [ip_address("8.8.8.8"), ip_address("10.0.0.1")]
    with pytest.raises(AddressError, match=r"example.com \(10.0.0.1\) is on an internal network"):
        refuse_internal("example.com", addresses, Allowed())


def test_what_is_allowed_passes_and_nothing_beside_it() -> None:
    """Networks cover addresses, also embedded ones; names cover themselves in any spelling."""
    allowed = Allowed.parse(["10.1.0.0/16", "::1", "hooks.internal."])
    refuse_internal("x", map(ip_address, ("10.1.2.3", "::ffff:10.1.2.3", "::1")), allowed)
    refuse_internal("Hooks.Internal", [ip_address("192.168.0.1")], allowed)
    for host, address in (("x", "10.2.0.1"), ("hooks.internal.evil", "10.2.0.1"), ("x", "::")):
        with pytest.raises(AddressError):
            refuse_internal(host, [ip_address(address)], allowed)


@pytest.mark.parametrize("entry", ["10.0.0.0/33", "10.0.0.1/8", "::g", "..."])
def test_an_entry_that_allows_nothing_is_told(entry: str) -> None:
    """A network that cannot be read would silently allow nothing."""
    with pytest.raises(ValueError, match="is neither network nor host name"):
        Allowed.parse([entry])


@given(st.ip_addresses(v=4))
def test_every_wrapping_of_an_ipv4_address_is_judged_as_that_address(inner: IPv4Address) -> None:
    """However the same host is written, the answer is the same."""
    number = int(inner)
    if number <= 1:  # `::` and `::1` are addresses of their own
        return
    wrappings = [
        (0xFFFF << 32) | number,
        (0xFFFF << 48) | number,
        (0x0064FF9B << 96) | number,
        (0x2002 << 112) | (number << 80) | 1,
        number,
    ]
    for wrapped in wrappings:
        address = ip_address(wrapped.to_bytes(16, "big"))
        assert embedded(address) == (inner,)


def test_a_url_is_read_as_the_place_it_connects_to() -> None:
    """Scheme, host in lower case without brackets, and port."""
    assert target_of("HTTPS://Example.COM./a?b#c").authority == "example.com:443"
    assert target_of("http://[2606:4700::1111]:8080").authority == "[2606:4700::1111]:8080"
    assert target_of("http://8.8.8.8").literal == ip_address("8.8.8.8")
    assert target_of("http://example.com").literal is None
