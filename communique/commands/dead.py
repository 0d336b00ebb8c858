"""Commands for messages that no attempt could handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from communique.commands.options import AsJson, Var
from communique.running import DEFAULT_VAR, find_running

if TYPE_CHECKING:
    from communique.operating.letters import Choice

app = typer.Typer(
    help="Look at dead letters, send them again, or drop them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="As `dead list` shows.")]
All = Annotated[bool, typer.Option("--all", help="All there are.")]
Stream = Annotated[str | None, typer.Option(help="Those of this stream.", metavar="NAME")]
Group = Annotated[str | None, typer.Option(help="Those that died at this service.", metavar="NAME")]
Reason = Annotated[str | None, typer.Option(help="Those whose reason has these words.")]
OlderThan = Annotated[
    str | None, typer.Option(help="Those that died longer ago, such as 90s, 15m, 2h, 7d.")
]


@app.command("list")
def list_letters(
    stream: Stream = None,
    group: Group = None,
    reason: Reason = None,
    older_than: OlderThan = None,
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """List dead letters: which message, whose, how often tried, and why it died."""
    from communique.operating import dead

    chosen = _choice(stream, group, reason, older_than)
    dead.show_list(find_running(var), chosen, as_json=as_json)


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
def replay(
    ids: Ids = None,
    stream: Stream = None,
    group: Group = None,
    reason: Reason = None,
    older_than: OlderThan = None,
    everything: All = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Send dead letters again, each to the service where it died and to no other."""
    from communique.operating import dead

    chosen = _choice(stream, group, reason, older_than)
    dead.replay(find_running(var), ids or [], chosen, everything=everything)


@app.command()
def drop(
    ids: Ids = None,
    stream: Stream = None,
    group: Group = None,
    reason: Reason = None,
    older_than: OlderThan = None,
    everything: All = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """Remove dead letters for good."""
    from communique.operating import dead

    chosen = _choice(stream, group, reason, older_than)
    dead.drop(find_running(var), ids or [], chosen, everything=everything)


def _choice(
    stream: str | None, group: str | None, reason: str | None, older_than: str | None
) -> Choice:
    from communique.operating.letters import Choice, age_of

    return Choice(stream, group, reason, age_of(older_than))
