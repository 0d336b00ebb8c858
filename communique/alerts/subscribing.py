"""Subscriptions, made and ended through notify's API."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import Any, Self

from communique.api import Api
from communique.showing.console import console

PATH = "/api/subscriptions"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a subscriber wants to be told of, and where; what is empty is open."""

    url: str
    events: tuple[str, ...] = ()
    coalitions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, url: str, *values: list[str] | None) -> Self:
        """Make one of what the command line gives."""
        return cls(url, *(tuple(value or ()) for value in values))

    def at(self, url: str) -> Wish:
        """Return the same for another address."""
        return replace(self, url=url)

    def body(self) -> dict[str, Any]:
        """Return what notify is asked."""
        filters = {
            "coalitions": list(self.coalitions),
            "countries": list(self.countries),
            "languages": list(self.languages),
        }
        given = {name: values for name, values in filters.items() if values}
        events = {"events": list(self.events)} if self.events else {}
        return {"url": self.url, "filters": given, **events}


def subscribe_url(notify: str, wish: Wish, *, as_json: bool) -> None:
    """Subscribe, and print the id and the secret, which is never shown again."""
    with Api(notify) as api:
        made = api.post(PATH, wish.body())
    if as_json:
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        return
    screen = console()
    screen.print(f"subscription  {made['id']}  to {', '.join(made['events'])}", soft_wrap=True)
    screen.print(f"secret        {made['secret']}", soft_wrap=True)
    screen.print("Keep the secret: it verifies the alerts and is not shown again.", style="dim")
