"""A short chaos run on every machine; CI does a longer one instead (COMMUNIQUE_CHAOS_SECONDS)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.console import Console

from communique.machine.redis_server import RedisServer
from tests.chaos.report import show
from tests.chaos.run import KILL_EVERY, Plan, run

_SHORT, _BEFORE_AND_AFTER = 50.0, 32.0  # seconds in all; of these without faults
_DOCUMENTS_A_KILL = 8


@pytest.mark.timeout(600)
async def test_nothing_is_lost_and_nothing_comes_twice(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    """Whatever is killed, emptied, paused or locked meanwhile, all is as from a calm run."""
    seconds = float(os.environ.get("COMMUNIQUE_CHAOS_SECONDS") or _SHORT)
    kills = round((seconds - _BEFORE_AND_AFTER) / KILL_EVERY)
    flushes = max(1, kills // 100)
    plan = Plan.mixed(5, kills * _DOCUMENTS_A_KILL, kills, flushes)
    outcome = await run(plan, tmp_path, lambda *_: None, lambda _: None)
    console = Console(width=160)
    show(outcome, console)  # shown by pytest where the test fails
    assert not outcome.verdict.findings
    assert sum(n for what, n in outcome.faults.items() if what.startswith("kill")) >= kills // 2
