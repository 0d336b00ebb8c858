"""Commands that run the system, feed it and look at it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.commands.options import (
    AsJson,
    ExtractPort,
    Inbox,
    IngestPort,
    NotifyPort,
    StorePort,
    Var,
)
from communique.machine.plan import DEFAULT_PORTS, Plan
from communique.running import DEFAULT_INBOX, DEFAULT_VAR, find_running


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (up, demo, drop, status):
        app.command()(command)


def up(
    inbox: Inbox = DEFAULT_INBOX,
    var: Var = DEFAULT_VAR,
    store_port: StorePort = DEFAULT_PORTS["store"],
    notify_port: NotifyPort = DEFAULT_PORTS["notify"],
    ingest_port: IngestPort = DEFAULT_PORTS["ingest"],
    extract_port: ExtractPort = DEFAULT_PORTS["extract"],
) -> None:
    """Run everything on this machine, until Ctrl-C."""
    import asyncio

    from communique.machine.up import run

    ports = _ports(store_port, notify_port, ingest_port, extract_port)
    asyncio.run(run(Plan(inbox, var, ports)))


def demo(
    inbox: Inbox = DEFAULT_INBOX,
    var: Var = DEFAULT_VAR,
    once: Annotated[
        bool, typer.Option("--once", help="End by itself: 0 if all came as due, else 1.")
    ] = False,
    store_port: StorePort = DEFAULT_PORTS["store"],
    notify_port: NotifyPort = DEFAULT_PORTS["notify"],
    ingest_port: IngestPort = DEFAULT_PORTS["ingest"],
    extract_port: ExtractPort = DEFAULT_PORTS["extract"],
) -> None:
    """Show the system at work on five documents, then stay up until Ctrl-C."""
    import asyncio

    from communique.demo.show import run

    ports = _ports(store_port, notify_port, ingest_port, extract_port)
    raise typer.Exit(asyncio.run(run(Plan(inbox, var, ports), once=once)))


def drop(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, or folders of them.")],
    wait: Annotated[bool, typer.Option("--wait", help="Show each document's way.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait, with --wait.")] = 60.0,
    inbox: Annotated[
        Path | None,
        typer.Option(
            "--inbox", metavar="DIR", help="Folder that is watched, if not the running one."
        ),
    ] = None,
    var: Var = DEFAULT_VAR,
) -> None:
    """Copy files into the watched folder, each whole or not at all."""
    from communique.documents.drop import drop_all

    drop_all(paths, find_running(var), inbox, wait_for=timeout if wait else None)


def status(as_json: AsJson = False, var: Var = DEFAULT_VAR) -> None:
    """Show services, streams, dead letters and the watched folder."""
    from communique.operating.status import show

    show(find_running(var), as_json=as_json)


def _ports(store: int, notify: int, ingest: int, extract: int) -> dict[str, int]:
    return {"store": store, "notify": notify, "ingest": ingest, "extract": extract}
