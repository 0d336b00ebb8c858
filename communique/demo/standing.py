"""The demonstration's own subscription, kept in `var` so that a second run uses it again."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from communique.alerts.listen import Listener
from communique.alerts.subscribing import PATH, Wish
from communique.api import Api, NotThereError

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
    async with AsyncExitStack() as stack:
        kept = _read(path)
        opened = await _open_again(stack, kept, notify) if kept else None
        yield opened or await _open_anew(stack, path, notify)


async def _open_again(
    stack: AsyncExitStack, kept: Standing, notify: Api
) -> tuple[Listener, Standing] | None:
    """Return the listener of a kept subscription, None if it cannot be had any more."""
    if not _is_known(notify, kept):
        return None
    try:
        listener = Listener(port=kept.port, secrets=[kept.secret])
        return await stack.enter_async_context(listener), kept
    except OSError:  # its port is another's now
        notify.delete(f"{PATH}/{kept.id}")
        return None


async def _open_anew(stack: AsyncExitStack, path: Path, notify: Api) -> tuple[Listener, Standing]:
    listener = await stack.enter_async_context(Listener())
    made = notify.post(PATH, Wish(listener.url, _EVENTS).body())
    listener.trust(made["secret"])
    port = int(listener.url.rstrip("/").rpartition(":")[2])
    standing = Standing(made["id"], made["secret"], port)
    _write(path, standing)
    return listener, standing


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
