"""Commands about alerts: subscribing to them, and receiving them here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from communique.commands.options import AsJson, Var
from communique.running import DEFAULT_VAR, find_running

Events = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="TYPE", help="Kind of alert (else statement.published)."),
]
Coalitions = Annotated[
    list[str] | None, typer.Option("--coalition", metavar="ID", help="Only of this coalition.")
]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="CODE", help="Only with this country (ISO 3166-1)."),
]
Languages = Annotated[
    list[str] | None, typer.Option("--language", metavar="CODE", help="Only in ar, fr or en.")
]


Signing = Annotated[
    str | None,
    typer.Option(
        "--signing", metavar="SCHEME", help="v1: a shared secret; v1a: a public key (ed25519)."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (subscribe, rotate, listen):
        app.command()(command)


def subscribe(
    url: Annotated[str, typer.Argument(help="Where alerts are to be sent.")],
    event: Events = None,
    coalition: Coalitions = None,
    country: Countries = None,
    host: Annotated[
        list[str] | None,
        typer.Option("--host", metavar="CODE", help="Only where this country was the host."),
    ] = None,
    participant: Annotated[
        list[str] | None,
        typer.Option(
            "--participant", metavar="CODE", help="Only where this country's officials took part."
        ),
    ] = None,
    donor: Annotated[
        list[str] | None,
        typer.Option("--donor", metavar="CODE", help="Only with a pledge of this country or name."),
    ] = None,
    min_pledge: Annotated[
        list[str] | None,
        typer.Option(
            "--min-pledge", metavar="AMOUNT:CUR", help="Only with such a pledge: 1000000:USD."
        ),
    ] = None,
    body: Annotated[
        list[str] | None,
        typer.Option("--body", metavar="BODY", help="Only of this body: defence_ministers, …"),
    ] = None,
    focus: Annotated[
        list[str] | None,
        typer.Option("--focus", metavar="AREA", help="Only about this: counter_financing, …"),
    ] = None,
    language: Languages = None,
    person: Annotated[
        list[str] | None,
        typer.Option("--person", metavar="NAME", help="Only where this person is named."),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option("--min-confidence", min=0, max=1, metavar="0…1", help="Only what is so sure."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", help="Only meetings of this day or later."
        ),
    ] = None,
    put_as: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="cloudevents, slack, discord, teams or text."
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="CODE", help="The reader's: ar, fr or en.")
    ] = None,
    signing: Signing = None,
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Subscribe a URL to alerts and show the secret that signs them, this once.

    Options given several times are alternatives; different options must all agree.
    """
    from communique.alerts.subscribing import Wish, pledges_of, subscribe_url

    filters = {
        "coalitions": coalition,
        "countries": country,
        "hosts": host,
        "participants": participant,
        "donors": donor,
        "min_pledges": pledges_of(min_pledge or ()),
        "bodies": body,
        "focus_areas": focus,
        "languages": language,
        "people": person,
        "min_confidence": min_confidence,
        "since": since and since.date().isoformat(),
    }
    wish = Wish.of(url, event, filters, format=put_as, lang=lang, signing=signing)
    subscribe_url(find_running(var).need("notify_url"), wish, as_json=as_json)


def rotate(
    subscription: Annotated[str, typer.Argument(help="Id of the subscription.")],
    overlap: Annotated[
        float, typer.Option(min=0, max=720, metavar="HOURS", help="How long the old key signs too.")
    ] = 24.0,
    signing: Signing = None,
    var: Var = DEFAULT_VAR,
) -> None:
    """Give a subscription a new signing key, and show it this once."""
    from communique.alerts.subscribing import rotate as turn_over

    notify = find_running(var).need("notify_url")
    turn_over(notify, subscription, overlap=overlap, signing=signing)


def listen(
    secret: Annotated[
        list[str] | None,
        typer.Option(
            "--secret",
            envvar="COMMUNIQUE_WEBHOOK_SECRET",
            metavar="WHSEC",
            show_envvar=True,
            help="Secret of a subscription to this address.",
        ),
    ] = None,
    subscribe: Annotated[
        bool, typer.Option("--subscribe", help="Subscribe for as long as this listens.")
    ] = False,
    host: Annotated[str, typer.Option(metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="Port to listen on; 0: any.")
    ] = 0,
    event: Events = None,
    coalition: Coalitions = None,
    country: Countries = None,
    language: Languages = None,
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Receive alerts, verify their signatures and print them, until Ctrl-C."""
    import asyncio

    from communique.alerts.listening import listen as run
    from communique.alerts.subscribing import Wish

    notify = find_running(var).need("notify_url") if subscribe else None
    filters = {"coalitions": coalition, "countries": country, "languages": language}
    wish = Wish.of("", event, filters)
    asyncio.run(run(secret or [], host, port, notify, wish, as_json=as_json))
