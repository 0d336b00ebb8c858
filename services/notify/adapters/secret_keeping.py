"""Signing keys as the database keeps them: encrypted, under a key that is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, bindparam, select, update

from services.notify.adapters.key_file import make_key, read_key
from services.notify.signing import SigningKey, read, written
from services.notify.tables import subscriptions
from services.notify.vault import Vault, is_sealed
from shared.database import Database
from shared.errors import CommuniqueError

_ALL = select(subscriptions.c.id, subscriptions.c.secret).order_by(subscriptions.c.number)
_SEAL = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("owner"), subscriptions.c.secret == bindparam("plain"))
    .values(secret=bindparam("sealed"))
)


class SecretKeeper:
    """Seals and opens the keys of subscriptions, once it is prepared."""

    def __init__(self, database: Database, keys: Sequence[str], file: Path | None) -> None:
        """Take the keys of the environment, the newest first; without any, `file` holds it."""
        self._database = database
        self._keys = tuple(keys)
        self._file = file
        self._vault: Vault | None = None

    async def prepare(self) -> None:
        """Find the key, make one if nothing is sealed yet, and seal what still lies open.

        Raises CommuniqueError, in one line, where there is no key or it is not the right one.
        """
        await self._database.write(self._prepare)

    def seal(self, keys: Sequence[SigningKey], owner: str) -> str:
        """Return the keys of one subscription as they are kept."""
        return self._opened.seal(written(keys), owner)

    def open(self, kept: str, owner: str) -> tuple[SigningKey, ...]:
        """Return the keys of one subscription; SealedError where they do not open."""
        return read(self._opened.open(kept, owner) if is_sealed(kept) else kept)

    @property
    def _opened(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("the keeper of secrets was not prepared")
        return self._vault

    def _prepare(self, connection: Connection) -> None:
        kept = connection.execute(_ALL).all()
        sealed = [(owner, text) for owner, text in kept if is_sealed(text)]
        vault = Vault(self._keys or [self._key_of_file(is_new=not sealed)])
        for owner, text in sealed:
            vault.open(text, owner)
        plain = [
            {"owner": owner, "plain": text, "sealed": vault.seal(written(read(text)), owner)}
            for owner, text in kept
            if not is_sealed(text)
        ]
        if plain:
            connection.execute(_SEAL, plain)
        self._vault = vault

    def _key_of_file(self, *, is_new: bool) -> str:
        if self._file is None:
            raise CommuniqueError(
                "secrets are kept encrypted: set COMMUNIQUE_SECRET_KEY (32 characters or more), the"
                " same for every notify, or name a file that holds it by COMMUNIQUE_SECRET_KEY_FILE"
            )
        if is_new and not self._file.exists():
            make_key(self._file)
        return read_key(self._file)
