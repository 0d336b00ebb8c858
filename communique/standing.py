"""The demonstration's own subscription, kept in `var` so that a second run uses it again."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from communique.api import Api, NotThereError
from communique.listen import Listener
from communique.subscribing import PATH, Wish

_EVENTS = ("statement.published",)


@dataclass(frozen=True, slots=True)
class Standing:
    """A subscription to a listener on this machine: its id, secret, and the listener's port."""

    id: str
    secret: str
    port: int


@asynccontextmanager
async def standing_listener(path: Path, notify: Api) -> AsyncIterator[tuple[Listener, Standing]]:
    """Open a listener with the subscription kept at `path`, or with a new one."""
    kept = _read(path)
    if kept and not _is_known(notify, kept):
        kept = None
    if kept:
        try:
            async with Listener(port=kept.port, secrets=[kept.secret]) as listener:
                yield listener, kept
                return
        except OSError:  # its port is another's now
            notify.delete(f"{PATH}/{kept.id}")
    async with Listener() as listener:
        made = notify.post(PATH, Wish(listener.url, _EVENTS).body())
        listener.trust(made["secret"])
        new = Standing(made["id"], made["secret"], int(listener.url.rstrip("/").rsplit(":")[-1]))
        _write(path, new)
        yield listener, new


def _is_known(notify: Api, kept: Standing) -> bool:
    try:
        known = notify.get(f"{PATH}/{kept.id}")
    except NotThereError:
        return False
    return bool(known["status"] == "active")


def _read(path: Path) -> Standing | None:
    try:
        return Standing(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, standing: Standing) -> None:
    """Keep it for this user alone: who has the secret can sign."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(standing), file)
