"""The file that holds the key of all secrets, where the environment gives none."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from services.notify.vault import SHORTEST_KEY
from shared.errors import CommuniqueError

_OTHERS = 0o077
_KEY_BYTES = 32


def read_key(path: Path) -> str:
    """Return the key in a file that only its owner may read; CommuniqueError, in one line."""
    try:
        mode = path.stat().st_mode
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise CommuniqueError(f"the key of secrets in {path} cannot be read: {reason}") from None
    if mode & _OTHERS:
        raise CommuniqueError(f"the key of secrets in {path} is open to others: chmod 600 {path}")
    if len(key) < SHORTEST_KEY:
        raise CommuniqueError(f"the key of secrets in {path} is shorter than {SHORTEST_KEY}")
    return key


def make_key(path: Path) -> None:
    """Make the file with a new random key, whole or not at all; one that is there stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, secrets.token_urlsafe(_KEY_BYTES) + "\n")
    except OSError as error:
        raise CommuniqueError(
            f"the key of secrets in {path} cannot be made: {error.strerror}"
        ) from None


def _write_whole(path: Path, content: str) -> None:
    whole = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first: its key counts
            path.hardlink_to(whole)
    finally:
        whole.unlink()
