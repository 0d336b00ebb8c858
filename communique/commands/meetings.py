"""Commands about records and meetings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from communique.commands.options import AsJson, Var
from communique.running import DEFAULT_VAR, find_running

Limit = Annotated[int, typer.Option(min=1, metavar="N", help="How many at most.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (extract, evaluate, meetings, documents, reextract):
        app.command()(command)


def extract(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files, or folders of *.txt files.")
    ],
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Tell which documents are of one meeting.")
    ] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON record a line.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the text with each value marked in place.")
    ] = False,
) -> None:
    """Print the records of files; needs no running system."""
    from communique.documents import extract as reading

    if explain and (resolve or jsonl):
        raise typer.BadParameter("--explain prints a text for people: leave out the other options")
    if explain:
        reading.explain(paths)
    else:
        reading.extract(paths, resolve=resolve, jsonl=jsonl)


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="Folder of NAME.txt and NAME.gold.json.")
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="List every value that is missed or wrong.")
    ] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="Tell how often each rule of the extractor is right.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure the extractor against gold records; needs no running system."""
    from communique.evaluating.evaluate import as_json as in_json
    from communique.evaluating.evaluate import evaluate as run
    from communique.showing import figures
    from communique.showing.console import console

    evaluation = run(gold)
    if as_json:
        typer.echo(in_json(evaluation))
        return
    if errors:
        console().print(*figures.render_errors(evaluation), sep="\n")
    if rules:
        console().print(figures.render_rules(evaluation), "")
    console().print(figures.render_evaluation(evaluation))


def meetings(
    meeting: Annotated[str | None, typer.Argument(metavar="[ID]", show_default=False)] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """List the meetings, or show one."""
    from communique.documents import browsing

    store = find_running(var).need("store_url")
    if meeting:
        browsing.show_meeting(store, meeting, as_json=as_json)
    else:
        browsing.list_meetings(store, limit, as_json=as_json)


def documents(
    document: Annotated[str | None, typer.Argument(metavar="[ID]", show_default=False)] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    var: Var = DEFAULT_VAR,
) -> None:
    """List the documents, or show one with its record."""
    from communique.documents import browsing

    store = find_running(var).need("store_url")
    if document:
        browsing.show_document(store, document, as_json=as_json)
    else:
        browsing.list_documents(store, limit, as_json=as_json)


def reextract(
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
            metavar="DAY",
            help="Only what came since then (UTC).",
        ),
    ] = None,
    coalition: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what was read to tell of this one.")
    ] = None,
    var: Var = DEFAULT_VAR,
) -> None:
    """Read stored texts anew, with the extractor that runs now; nobody is alerted twice."""
    from communique.documents import reextract as rereading

    moment = since.isoformat() if since else None
    rereading.reextract(find_running(var), moment, coalition)
