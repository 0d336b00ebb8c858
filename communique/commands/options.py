"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

Var = Annotated[
    Path,
    typer.Option(
        "--var", metavar="DIR", envvar="COMMUNIQUE_VAR", help="Folder of the system's own data."
    ),
]
Inbox = Annotated[
    Path,
    typer.Option(
        "--inbox", metavar="DIR", envvar="COMMUNIQUE_INBOX", help="Folder that is watched."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def _port(service: str, what: str) -> Any:
    return typer.Option(
        f"--{service}-port",
        envvar=f"COMMUNIQUE_{service.upper()}_PORT",
        metavar="PORT",
        min=1,
        max=65535,
        help=f"Port of {what}.",
    )


StorePort = Annotated[int, _port("store", "meetings and documents")]
NotifyPort = Annotated[int, _port("notify", "subscriptions")]
IngestPort = Annotated[int, _port("ingest", "ingest's health")]
ExtractPort = Annotated[int, _port("extract", "extract's health")]
