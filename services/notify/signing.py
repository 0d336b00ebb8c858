"""Keys and signatures as in Standard Webhooks 1.0.0, symmetric and asymmetric. Pure.

The clock comes as an argument. Receivers of `v1` share a secret with us; those of `v1a` hold a
public key only, with which nobody can sign.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import TypeAdapter
from standardwebhooks import Webhook

from shared.record import Frozen

Scheme = Literal["v1", "v1a"]
_SECRET_BYTES = 32
_SYMMETRIC, _PRIVATE, _PUBLIC = "whsec_", "whsk_", "whpk_"
# Keys of one subscription that sign side by side: more would only make the header long.
MOST_KEYS = 4


class SigningKey(Frozen):
    """One key of a subscription; `until` is when it ends, None for the one that counts.

    `secret` is `whsec_` and the base64 of 32 bytes, or `whsk_` and that of an ed25519 seed.
    """

    scheme: Scheme
    secret: str
    until: datetime | None = None

    def __repr__(self) -> str:
        return f"SigningKey({self.scheme!r}, until={self.until!s})"  # never the secret

    __str__ = __repr__

    @property
    def shown(self) -> str:
        """What the receiver needs: the secret itself, or the public key (`whpk_…`)."""
        if self.scheme == "v1":
            return self.secret
        public = _private(self.secret).public_key().public_bytes_raw()
        return _PUBLIC + base64.b64encode(public).decode()

    def signature(self, signed: bytes) -> str:
        """Return the ed25519 signature of some bytes, as the header has it."""
        return "v1a," + base64.b64encode(_private(self.secret).sign(signed)).decode()


_KEYS = TypeAdapter(tuple[SigningKey, ...])


def new_key(scheme: Scheme) -> SigningKey:
    """Return a new random key."""
    prefix = _SYMMETRIC if scheme == "v1" else _PRIVATE
    random = base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    return SigningKey(scheme=scheme, secret=prefix + random)


def rotated(
    keys: Sequence[SigningKey], new: SigningKey, at: datetime, overlap: timedelta
) -> tuple[SigningKey, ...]:
    """Return the keys after `new` took over: what signed until now does so for the overlap."""
    end = at + overlap
    ending = [
        key.model_copy(update={"until": end if key.until is None else min(key.until, end)})
        for key in _valid(keys, at)
    ]
    return (new, *(key for key in ending if key.until and key.until > at))[:MOST_KEYS]


def written(keys: Sequence[SigningKey]) -> str:
    """Return keys as text, to be kept encrypted."""
    return _KEYS.dump_json(tuple(keys)).decode()


def read(text: str) -> tuple[SigningKey, ...]:
    """Return the keys in a text; a bare `whsec_…` is one, as it was kept before rotation came."""
    if text.startswith(_SYMMETRIC):
        return (SigningKey(scheme="v1", secret=text),)
    return _KEYS.validate_json(text)


def signed_headers(
    keys: Sequence[SigningKey], webhook_id: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Return the headers of one attempt: id, time of the attempt, signatures of these very bytes.

    Every key that has not ended signs, the newest first.
    """
    at = at.astimezone(UTC)  # the library takes any time for UTC, whatever its zone
    stamp = str(int(at.timestamp()))
    signed = f"{webhook_id}.{stamp}.".encode() + body
    signatures = (
        Webhook(key.secret).sign(webhook_id, at, body.decode())
        if key.scheme == "v1"
        else key.signature(signed)
        for key in _valid(keys, at)
    )
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(signatures),
    }


def _valid(keys: Sequence[SigningKey], at: datetime) -> list[SigningKey]:
    return [key for key in keys if key.until is None or key.until > at]


def _private(secret: str) -> Ed25519PrivateKey:
    seed = base64.b64decode(secret.removeprefix(_PRIVATE))
    return Ed25519PrivateKey.from_private_bytes(seed)
