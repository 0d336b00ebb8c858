"""Commands that tell where documents are."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.commands.options import AsJson, Var
from communique.running import DEFAULT_VAR, find_running


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (trace, audit):
        app.command()(command)


def trace(
    document: Annotated[
        str,
        typer.Argument(
            metavar="FILE|ID",
            help="A file, its name in the inbox, or an id (its start will do).",
        ),
    ],
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Show one document's journey: each hop with its time, and where it waits or died."""
    from communique.tracing.trace import trace as run

    run(document, find_running(var), as_json=as_json)


def audit(
    patience: Annotated[
        float,
        typer.Option(
            min=0, metavar="SECONDS", help="How long something may stand still on its way."
        ),
    ] = 300.0,
    wait: Annotated[
        float | None,
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="Look for so long until all has come to rest; what moves then is a finding.",
        ),
    ] = None,
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Compare inbox, streams, store and alerts, and name every document that is nowhere.

    Exit code 0: none is; 1: some are; 2: not all could be asked.
    """
    from communique.auditing.audit import audit as run

    found = run(find_running(var), patience=patience, wait=wait, as_json=as_json)
    raise typer.Exit(found)
