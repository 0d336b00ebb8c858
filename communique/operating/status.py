"""`communique status`: services, streams, dead letters and the folder, at a glance or as JSON."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import httpx
from rich.table import Table
from rich.text import Text

from communique.api import Api, key_header
from communique.machine.plan import SERVICES
from communique.operating.gauges import connect, count_dead, read_gauges
from communique.running import Running
from communique.showing.console import console, plain, readable
from communique.showing.rendering import table
from shared.errors import CommuniqueError
from shared.gauges import GroupGauge

_WELL = {"ok": "green", "attention": "yellow"}  # of a service that can do its work, and its colour
_COMPARTMENTS = ("waiting", "processing", "done", "duplicate", "failed")


class NotWellError(CommuniqueError):
    """Something that should run does not."""


def show(running: Running, *, as_json: bool) -> None:
    """Print how the system stands. NotWellError if a service or Redis is not well."""
    running.need("redis_url" if running.redis_url else "store_url")
    report = look(running)
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        _print(report)
    unwell = [name for name, health in report["services"].items() if health["status"] not in _WELL]
    if unwell or "error" in report["redis"]:
        raise NotWellError(f"not well: {', '.join([*unwell, *_redis_error(report)])}")


def look(running: Running) -> dict[str, Any]:
    """Return all that can be seen: `services`, `redis` with `streams`, `dead` and `inbox`."""
    report: dict[str, Any] = {
        "services": _services(running),
        "redis": {},
        "streams": [],
        "dead": {},
    }
    if running.redis_url:
        try:
            with connect(running.redis_url) as client:
                report["streams"] = [asdict(gauge) for gauge in read_gauges(client)]
                report["dead"] = count_dead(client)
        except CommuniqueError as error:
            report["redis"] = {"error": str(error)}
    if running.ingest_url:
        with suppress(CommuniqueError), Api(running.ingest_url, timeout=3) as ingest:
            report["inbox"] = ingest.get("/api/inbox")
    return report


def _services(running: Running) -> dict[str, dict[str, Any]]:
    found = {}
    with httpx.Client(timeout=3, trust_env=False, headers=key_header()) as client:
        for name in SERVICES:
            if url := getattr(running, f"{name}_url"):
                found[name] = {"url": url, **_health(client, url)}
    return found


def _health(client: httpx.Client, url: str) -> dict[str, Any]:
    try:
        report: dict[str, Any] = client.get(f"{url}/readyz").json()
    except (httpx.HTTPError, ValueError) as error:
        return {"status": "down", "why": plain(error) or type(error).__name__}
    return report


def _redis_error(report: dict[str, Any]) -> list[str]:
    return ["redis"] if "error" in report["redis"] else []


def _print(report: dict[str, Any]) -> None:
    screen = console()
    screen.print(_service_table(report["services"]))
    if "error" in report["redis"]:
        screen.print(plain(report["redis"]["error"]), style="red")
    elif report["streams"]:
        screen.print(_stream_table([GroupGauge(**gauge) for gauge in report["streams"]]))
        dead = {stream: count for stream, count in report["dead"].items() if count}
        told = ", ".join(f"{count} of {stream}" for stream, count in dead.items())
        advice = "; see `communique dead list`" if dead else ""
        screen.print(f"dead letters: {told or 'none'}{advice}", style="red" if dead else "")
    if "inbox" in report:
        told = ", ".join(f"{report['inbox'][name]} {name}" for name in _COMPARTMENTS)
        screen.print(f"{plain(report['inbox']['inbox'])}: {told}", soft_wrap=True)


def _service_table(services: dict[str, dict[str, Any]]) -> Table:
    shown = table("service", "", "address", "")
    for name, health in services.items():
        style = _WELL.get(health["status"], "red")
        state = Text(plain(health["status"]), style)
        shown.add_row(name, state, health["url"], Text(readable(health.get("why", ""))))
    return shown


def _stream_table(gauges: list[GroupGauge]) -> Table:
    shown = table("stream", "group", "kept", "unread", "oldest", "pending", "oldest")
    for column in shown.columns[2:]:
        column.justify = "right"
    for gauge in gauges:
        counts = [gauge.length, gauge.unread, gauge.pending]
        kept, unread, pending = map(str, counts)
        since = _age(gauge.oldest_unread), _age(gauge.oldest_pending)
        shown.add_row(gauge.stream, gauge.group, kept, unread, since[0], pending, since[1])
    return shown


def _age(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
