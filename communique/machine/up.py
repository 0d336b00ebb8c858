"""`communique up`: the whole system on this machine, until Ctrl-C."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.machine.logtail import LogTail, in_brief
from communique.machine.plan import Plan
from communique.machine.stopping import stop_signals, unless
from communique.machine.supervise import shorten
from communique.machine.system import System
from communique.running import sole_user, sole_watcher
from communique.showing.console import console, plain

_LOOK_EVERY = 0.25  # seconds between looks at the logs
_STYLES = {"warning": "yellow", "error": "red", "critical": "red", "debug": "dim"}


async def run(plan: Plan) -> None:
    """Run everything until SIGINT, SIGTERM or SIGHUP. CommuniqueError if it cannot start."""
    screen = console()
    with sole_user(plan.var), sole_watcher(plan.inbox):
        system = System(plan, teller(screen))
        stopping = stop_signals()
        try:
            screen.print("starting Redis and four services …", style="dim")
            if await unless(stopping, system.start()):
                screen.print(overview(plan))
                await unless(stopping, serve(system, screen))
        finally:
            with suppress(OSError):  # the terminal may be gone, which is why we stop
                screen.print("stopping: finishing what is in hand …", style="dim")
            await system.stop()
        screen.print("stopped", style="dim")


async def serve(system: System, screen: Console) -> None:
    """Show the services' logs for as long as they live."""
    watching = asyncio.create_task(system.watch())
    logs = {service.name: system.plan.log(service.name) for service in system.services}
    tail = LogTail(logs)
    try:
        while not watching.done():
            for service, line in tail.new_lines():
                _print_line(screen, *in_brief(service, line))
            for log in logs.values():
                shorten(log)
            await asyncio.wait([watching], timeout=_LOOK_EVERY)
        watching.result()
    finally:
        watching.cancel()


def _print_line(screen: Console, level: str, text: str) -> None:
    """Print good news on one line of the terminal, the rest of it in full: the file has all."""
    style = _STYLES.get(level, "")
    if level == "info" and screen.is_terminal:
        screen.print(Text(text, style, no_wrap=True, overflow="ellipsis"))
    else:
        screen.print(Text(text, style), soft_wrap=True)


def teller(screen: Console) -> Callable[[str, str], None]:
    """Return what prints a launcher's own news."""

    def tell(service: str, message: str) -> None:
        screen.print(Text(f"{service} {plain(message)}", "yellow"), soft_wrap=True)

    return tell


def overview(plan: Plan) -> Table:
    """Return the small table of what runs where."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    table.add_row("folder", f"{plan.inbox}/  drop press files here, or: communique drop FILE…")
    table.add_row("meetings", f"{plan.url('store')}/api/meetings")
    table.add_row("alerts", f"{plan.url('notify')}/api/subscriptions")
    table.add_row("logs", f"{plan.var / 'log'}/")
    table.add_row("", "Ctrl-C stops everything")
    return table
