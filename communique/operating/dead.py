"""`communique dead`: looking at dead letters, sending them again, dropping them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import redis
from rich.table import Table
from rich.text import Text

from communique.operating.gauges import connect
from communique.operating.letters import (
    Choice,
    Letter,
    drop_letter,
    find_letters,
    read_letters,
    replay_letter,
)
from communique.running import Running
from communique.showing.console import console, plain, readable
from communique.showing.rendering import table
from shared.errors import CommuniqueError

ALL = Choice()


def show_list(running: Running, chosen: Choice, *, as_json: bool) -> None:
    """Print the chosen dead letters, one a line."""
    with connect(running.need("redis_url")) as client:
        letters = _choose(client, chosen)
    if as_json:
        _print_json([letter.about() for letter in letters])
    elif letters:
        console().print(_table(letters))
    else:
        console().print("no dead letters")


def show_one(running: Running, wanted: str, *, as_json: bool) -> None:
    """Print one letter and the message in it."""
    with connect(running.need("redis_url")) as client:
        [letter] = find_letters(client, [wanted])
    if as_json:
        _print_json({**letter.about(), "message": letter.body()})
        return
    screen = console()
    for name, value in letter.about().items():
        screen.print(Text.assemble((f"{name:12}", "bold"), readable(value)), soft_wrap=True)
    screen.print(Text("message", "bold"))
    shown = json.dumps(letter.body(), ensure_ascii=False, indent=2)
    screen.print(Text("\n".join(_visible(line) for line in shown.split("\n"))), soft_wrap=True)


def replay(running: Running, ids: list[str], chosen: Choice, *, everything: bool) -> None:
    """Send letters again, each to the group where it died."""
    _for_each(running, _Meant(ids, chosen, everything), replay_letter, "sent again")


def drop(running: Running, ids: list[str], chosen: Choice, *, everything: bool) -> None:
    """Remove letters."""
    _for_each(running, _Meant(ids, chosen, everything), drop_letter, "dropped")


class _Meant(NamedTuple):
    """What a command was given to choose letters by: one of the three."""

    ids: list[str]
    chosen: Choice
    everything: bool


def _for_each(
    running: Running, meant: _Meant, act: Callable[[redis.Redis, Letter], None], done: str
) -> None:
    if [bool(meant.ids), meant.chosen != ALL, meant.everything].count(True) != 1:
        raise CommuniqueError(
            "name the letters by their ids, or choose them by --stream, --group, --reason and "
            "--older-than, or take all of them with --all"
        )
    with connect(running.need("redis_url")) as client:
        letters = find_letters(client, meant.ids) if meant.ids else _choose(client, meant.chosen)
        for letter in letters:
            act(client, letter)
    console().print(f"{len(letters)} {done}")


def _choose(client: redis.Redis, chosen: Choice) -> list[Letter]:
    now = datetime.now(UTC)
    return [letter for letter in read_letters(client) if chosen.fits(letter, now)]


def _table(letters: list[Letter]) -> Table:
    shown = table("id", "stream", "group", "tries", "document", "reason")
    for letter in letters:
        shown.add_row(
            letter.id,
            letter.stream,
            Text(plain(letter.group)),
            str(letter.attempts),
            Text(plain(letter.document_id() or "")[:8]),
            Text(readable(letter.reason)),
        )
    return shown


def _visible(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + plain(line)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
