"""`communique demo`: the system at work on the five documents of `seeds/`."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from communique.documents.inbox import files_of, id_of
from communique.machine.plan import Plan, evade
from communique.machine.stopping import stop_signals, unless
from communique.machine.system import System
from communique.machine.up import overview, serve, teller
from communique.running import sole_user, sole_watcher
from communique.showing.console import console
from shared.errors import CommuniqueError

SEEDS = Path(__file__).parent.parent.parent / "seeds"
_DUE = 3  # meetings that the seeds tell of, and statements to be alerted of


async def run(plan: Plan, *, once: bool) -> int:
    """Show the demonstration; stay until asked to stop, or with `once` end by itself.

    Returns 0 if the three meetings and the three verified alerts came, else 1.
    """
    if not SEEDS.is_dir():
        raise CommuniqueError(f"{SEEDS}: the five documents are not there: run this in a checkout")
    screen, stopping = console(), stop_signals()
    came: list[bool] = []
    with sole_user(plan.var), sole_watcher(plan.inbox):
        system = System(evade(plan), teller(screen))  # a demonstration must not fail for a port
        try:
            await unless(stopping, _play(system, screen, came, once=once))
        finally:
            with suppress(OSError):  # the terminal may be gone, which is why we stop
                screen.print("stopping …", style="dim")
            await system.stop()
    return 0 if came and came[0] else 1


async def _play(system: System, screen: Console, came: list[bool], *, once: bool) -> None:
    """Start everything, show what becomes of the seeds, note whether all came, and stay."""
    began = time.monotonic()
    screen.print("starting Redis and four services …", style="dim")
    await system.launch()
    from communique.api import Api  # while the services load: each of these takes its time, too
    from communique.demo.stage import Stage
    from communique.demo.standing import standing_listener
    from communique.operating.gauges import connect

    await system.ready()
    screen.print(f"all up after {time.monotonic() - began:.1f} s", style="dim")
    plan = system.plan
    with (
        Api(plan.url("notify")) as notify,
        Api(plan.url("store")) as store,
        connect(system.redis_url or "") as redis,
    ):
        async with standing_listener(plan.var / "demo.json", notify) as (listener, standing):
            seeds = {id_of(path): path for path in files_of([SEEDS])}
            stage = Stage(screen, plan.inbox, redis, store, seeds)
            await stage.follow(listener)
            meetings = stage.show_meetings()
            alerts = stage.show_alerts(notify, standing.id)
            came.append((meetings, alerts) == (_DUE, _DUE))
            if not came[0]:
                screen.print(f"{_DUE} meetings and {_DUE} alerts were due", style="red")
            if not once:
                screen.print(overview(plan))
                await serve(system, screen)
