"""Commands for messages that no attempt could handle."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.commands.options import AsJson, Var
from communique.running import DEFAULT_VAR, find_running

app = typer.Typer(
    help="Look at dead letters, send them again, or drop them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="As `dead list` shows.")]
All = Annotated[bool, typer.Option("--all", help="All there are.")]


@app.command("list")
def list_letters(as_json: AsJson = False, var: Var = DEFAULT_VAR) -> None:
    """List dead letters: which message, whose, how often tried, and why it died."""
    from communique.operating import dead

    dead.show_list(find_running(var), as_json=as_json)


@app.command()
def show(
    letter: Annotated[str, typer.Argument(metavar="ID", help="As `dead list` shows.")],
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Show one dead letter with the message it holds."""
    from communique.operating import dead

    dead.show_one(find_running(var), letter, as_json=as_json)


@app.command()
def replay(ids: Ids = None, everything: All = False, var: Var = DEFAULT_VAR) -> None:
    """Send dead letters again on the stream they came from."""
    from communique.operating import dead

    dead.replay(find_running(var), ids or [], everything=everything)


@app.command()
def drop(ids: Ids = None, everything: All = False, var: Var = DEFAULT_VAR) -> None:
    """Remove dead letters for good."""
    from communique.operating import dead

    dead.drop(find_running(var), ids or [], everything=everything)
