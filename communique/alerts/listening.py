"""`communique listen`: a receiver of alerts on this machine."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

from communique.alerts.listen import Alert, Listener, render_alert
from communique.alerts.subscribing import PATH, Wish
from communique.api import Api
from communique.machine.stopping import stop_signals, unless
from communique.showing.console import console
from shared.errors import CommuniqueError

_KEY_LENGTHS = range(24, 65)  # bytes, as Standard Webhooks has it


async def listen(
    secrets: list[str], host: str, port: int, notify: str | None, wish: Wish, *, as_json: bool
) -> None:
    """Print alerts until asked to stop. With `notify` subscribe there meanwhile.

    CommuniqueError without any secret, for nothing could be verified, or if the port is in use.
    """
    if not secrets and notify is None:
        raise CommuniqueError("give --secret of a subscription, or --subscribe to make one")
    for secret in secrets:
        _check(secret)
    stopping = stop_signals()
    async with AsyncExitStack() as stack:
        listener = await _open(stack, Listener(host=host, port=port, secrets=secrets), host, port)
        stack.enter_context(_subscribed(listener, notify, wish))
        console(stderr=True).print(f"listening on {listener.url}, until Ctrl-C", style="dim")
        await unless(stopping, _print_alerts(listener, as_json=as_json))


async def _open(stack: AsyncExitStack, listener: Listener, host: str, port: int) -> Listener:
    try:
        return await stack.enter_async_context(listener)
    except OSError as error:
        raise CommuniqueError(f"cannot listen on {host}:{port}: {error.strerror}") from None


def _check(secret: str) -> None:
    """Refuse what cannot be a secret; mistyped, it would call every alert forged."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if len(key) not in _KEY_LENGTHS:
        raise CommuniqueError(
            "--secret is none: it begins with whsec_ and was shown on subscribing"
        )


@contextmanager
def _subscribed(listener: Listener, notify: str | None, wish: Wish) -> Iterator[None]:
    if notify is None:
        yield
        return
    with Api(notify) as api:
        made = api.post(PATH, wish.at(listener.url).body())
        listener.trust(made["secret"])
        try:
            yield
        finally:
            with suppress(CommuniqueError):  # it may have been stopped before us
                api.delete(f"{PATH}/{made['id']}")


async def _print_alerts(listener: Listener, *, as_json: bool) -> None:
    screen = console()
    while True:
        alert = await listener.alerts.get()
        if as_json:
            sys.stdout.write(json.dumps(_as_json(alert), ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            screen.print(render_alert(alert))


def _as_json(alert: Alert) -> dict[str, object]:
    return {
        "type": alert.type,
        "webhook_id": alert.webhook_id,
        "timestamp": alert.timestamp,
        "verified": alert.verified,
        "repeated": alert.repeated,
        "received_at": alert.received_at.isoformat(),
        "data": alert.data,
    }
