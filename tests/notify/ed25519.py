"""Verification of ed25519 signatures after RFC 8032, in plain integers: slow, and nobody else's."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]
_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature of 64 bytes over a message is by the holder of a public key."""
    nonce, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= _L:
        return False
    digest = hashlib.sha512(nonce + public + message).digest()
    challenge = int.from_bytes(digest, "little") % _L
    right = _add(_point(nonce), _times(challenge, _point(public)))
    return _times(scalar, _BASE) == right


def _point(encoded: bytes) -> Point:
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        raise ValueError("no point of the curve")
    return (x if x % 2 == sign else _P - x), y


def _add(a: Point, b: Point) -> Point:
    product = _D * a[0] * b[0] * a[1] * b[1] % _P
    x = (a[0] * b[1] + a[1] * b[0]) * pow(1 + product, -1, _P)
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - product, -1, _P)
    return x % _P, y % _P


def _times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point, scalar = _add(point, point), scalar >> 1
    return total


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
