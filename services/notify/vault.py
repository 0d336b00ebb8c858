"""Secrets encrypted at rest: AES-256-GCM under a key that is not in the database. Pure.

Each text is bound to its owner, so that what was kept for one subscription opens for no other.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.errors import CommuniqueError

SHORTEST_KEY = 32  # characters: what is shorter could be guessed
_MARK = "sealed1:"
_NONCE_BYTES = 12
_PURPOSE = b"communique notify secrets"


class SealedError(CommuniqueError):
    """What is kept cannot be opened with the keys at hand; the message tells whose it is."""


class Vault:
    """Seals with the first of its keys and opens with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take keys of `SHORTEST_KEY` characters or more, the newest first."""
        if not keys:
            raise ValueError("a vault needs a key")
        self._ciphers = [AESGCM(_derived(key)) for key in keys]

    def seal(self, text: str, owner: str) -> str:
        """Return a text encrypted, for one owner."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[0].encrypt(nonce, text.encode(), owner.encode())
        return _MARK + base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, owner: str) -> str:
        """Return the text; SealedError where no key fits, or it was kept for another owner."""
        for cipher in self._ciphers:
            try:
                content = base64.b64decode(sealed.removeprefix(_MARK), validate=True)
                nonce, hidden = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
                return cipher.decrypt(nonce, hidden, owner.encode()).decode()
            except (InvalidTag, ValueError):  # another key, another owner, or damage
                continue
        raise SealedError(
            f"the secret of {owner} does not open: "
            "COMMUNIQUE_SECRET_KEY is not the key that it was kept with"
        )


def is_sealed(text: str) -> bool:
    """Tell whether a text is encrypted."""
    return text.startswith(_MARK)


def _derived(key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
