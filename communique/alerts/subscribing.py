"""Subscriptions, made and ended through notify's API."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import quote

from communique.api import Api
from communique.showing.console import console
from shared.errors import CommuniqueError

PATH = "/api/subscriptions"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a subscriber wants to be told of, where and how; `filters` as the API has them.

    `put` holds format and language, where they are not the usual ones.
    """

    url: str
    events: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    put: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, url: str, events: list[str] | None, filters: Mapping[str, Any], **put: str | None
    ) -> Self:
        """Make one of what the command line gives; what is left out stays open."""
        given = {name: value for name, value in filters.items() if value not in (None, [])}
        how = {name: value for name, value in put.items() if value is not None}
        return cls(url, tuple(events or ()), given, how)

    def at(self, url: str) -> Wish:
        """Return the same for another address."""
        return replace(self, url=url)

    def body(self) -> dict[str, Any]:
        """Return what notify is asked."""
        events = {"events": list(self.events)} if self.events else {}
        return {"url": self.url, "filters": dict(self.filters), **events, **self.put}


def pledges_of(written: Iterable[str]) -> list[dict[str, Any]]:
    """Read `1000000:USD` and `1,000,000 USD`; CommuniqueError, in one line, if it is neither."""
    pledges = []
    for one in written:
        amount, currency = (*one.replace(":", " ").split(), "", "")[:2]
        try:
            pledges.append({"amount": float(amount.replace(",", "")), "currency": currency})
        except ValueError:
            raise CommuniqueError(
                f"--min-pledge {one} is no amount with its currency, such as 1000000:USD"
            ) from None
    return pledges


def subscribe_url(notify: str, wish: Wish, *, as_json: bool) -> None:
    """Subscribe, and print the id and the secret, which is never shown again."""
    with Api(notify) as api:
        made = api.post(PATH, wish.body())
    if as_json:
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        return
    screen = console()
    screen.print(f"subscription  {made['id']}  to {', '.join(made['events'])}", soft_wrap=True)
    _show_key(made)


def rotate(notify: str, subscription_id: str, *, overlap: float, signing: str | None) -> None:
    """Turn a subscription's key over, and print the new one."""
    how = {"signing": signing} if signing else {}
    with Api(notify) as api:
        made = api.post(
            f"{PATH}/{quote(subscription_id, safe='')}/rotate-secret",
            {"overlap_hours": overlap, **how},
        )
    _show_key(made)
    console().print(f"The old one signs too for {overlap:g} hours.", style="dim")


def _show_key(made: Mapping[str, Any]) -> None:
    screen = console()
    if made["secret"] is None:
        screen.print(f"public key    {made['public_key']}", soft_wrap=True)
        return
    screen.print(f"secret        {made['secret']}", soft_wrap=True)
    screen.print("Keep the secret: it verifies the alerts and is not shown again.", style="dim")
