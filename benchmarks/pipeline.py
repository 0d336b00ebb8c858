"""The whole way of a document: latency of single drops, throughput of a backfill, memory.

    python -m benchmarks.pipeline [--drops 200] [--backfill 2000] [--write]

Starts `communique up` in a folder of its own. `--write` remakes the table in docs/performance.md.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from statistics import quantiles

import psutil
from rich.progress import track

from benchmarks import raw_redis
from benchmarks.documents import variants
from benchmarks.report import Row, machine, show, write_section
from benchmarks.stack import Stack, running

_PAUSE = 0.05  # seconds between single drops: the system is idle again
SERVICES = ("ingest", "extract", "store", "notify")


async def latency(stack: Stack, drops: int, seed: int) -> list[Row]:
    """Drop documents one at a time on an idle system: milliseconds to the record, to the alert."""
    to_record, to_alert = [], []
    for document in track(list(variants(drops, seed=seed, only="004")), "single drops"):
        [document_id], started = stack.drop([document])
        await stack.until([document_id], stack.stored_at, within=20)
        await stack.until([document_id], stack.alerted_at, within=20)
        to_record.append((stack.stored_at[document_id] - started) * 1000)
        to_alert.append((stack.alerted_at[document_id] - started) * 1000)
        await asyncio.sleep(_PAUSE)
    return [
        *_percentiles("drop → record stored", to_record),
        *_percentiles("drop → webhook received", to_alert),
    ]


async def backfill(stack: Stack, count: int) -> list[Row]:
    """Drop all documents at once, nobody subscribed: documents a second until all are stored."""
    before = _processor_time(stack)
    ids, started = stack.drop((f"b{name}", text) for name, text in variants(count, seed=11))
    await stack.until(ids, stack.stored_at, within=600)
    rate = count / (max(stack.stored_at[i] for i in ids) - started)
    spent = {name: (now - before[name]) * 1000 for name, now in _processor_time(stack).items()}
    shares = ", ".join(f"{name} {spent[name] / count:.1f}" for name in SERVICES)
    return [
        Row(f"backfill of {count:,}", f"{rate:,.0f} documents/s", "150", rate >= 150),
        Row("… processor time a document", f"{sum(spent.values()) / count:.1f} ms: {shares}"),
    ]


async def alerted_backfill(stack: Stack, count: int) -> list[Row]:
    """The same with a subscriber who wants everything, until the last alert has arrived."""
    ids, started = stack.drop((f"c{name}", text) for name, text in variants(count, seed=17))
    await stack.until(ids, stack.stored_at, within=600)
    wanted = [i for i in ids if stack.outcomes[i] != "none"]
    await stack.until(wanted, stack.alerted_at, within=600)
    rate = count / (max(stack.alerted_at[i] for i in wanted) - started)
    what = f"backfill of {count:,} more, {len(wanted):,} of them alerted"
    return [Row(what, f"{rate:,.0f} documents/s")]


def memory(stack: Stack) -> list[Row]:
    """Return the peak resident memory of every process of the system, in MB."""
    peaks = {child.name(): peak_megabytes(child) for child in stack.processes()}
    rows = []
    for name in (*SERVICES, "redis-server"):
        bar = "130 MB" if name in SERVICES else ""
        met = peaks[name] < 130 if name in SERVICES else None
        rows.append(Row(f"peak memory of {name}", f"{peaks[name]:.0f} MB", bar, met))
    return rows


async def limit(stack: Stack) -> list[Row]:
    """Measure bare Redis on the same server with bodies of the same size."""
    bodies = [text.encode() for _, text in variants(2000, seed=13)]
    rate = await raw_redis.messages_per_second(stack.redis, bodies)
    hop = await raw_redis.hop_milliseconds(stack.redis, bodies[:500])
    return [
        Row("bare Redis: publish, read, acknowledge by the hundred", f"{rate:,.0f} messages/s"),
        Row("bare Redis: one hop, p50 (a document takes four)", f"{hop:.2f} ms"),
    ]


async def measure(drops: int, count: int) -> list[Row]:
    """Run everything on one fresh system."""
    async with running() as stack:
        async with stack.subscribed():
            await latency(stack, 3, seed=5)  # the first documents load what is loaded on first use
            rows = await latency(stack, drops, seed=7)
        rows += await backfill(stack, count)
        async with stack.subscribed():
            rows += await alerted_backfill(stack, count)
        rows += memory(stack)
        return rows + await limit(stack)


def _processor_time(stack: Stack) -> dict[str, float]:
    """Return the seconds of a processor that each process has used."""
    return {child.name(): sum(child.cpu_times()[:2]) for child in stack.processes()}


def _percentiles(what: str, milliseconds: list[float]) -> list[Row]:
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return [
        Row(f"{what}, p50 of {len(milliseconds)}", f"{cuts[49]:.0f} ms", "400 ms", cuts[49] < 400),
        Row(f"{what}, p99", f"{cuts[98]:.0f} ms", "1,500 ms", cuts[98] < 1500),
    ]


def peak_megabytes(process: psutil.Process) -> float:
    """Return the most resident memory that a process ever had (now, where that is not told)."""
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1000
    return float(process.memory_info().rss / 1_000_000)


def main() -> None:
    """Measure, print the table, and write it into docs/performance.md if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drops", type=int, default=200)
    parser.add_argument("--backfill", type=int, default=2000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = asyncio.run(measure(options.drops, options.backfill))
    show("The way of a document", rows)
    if options.write:
        cells = [(row.what, row.value, row.bar) for row in rows]
        write_section("pipeline", machine(), ("figure", "measured", "bar"), cells)


if __name__ == "__main__":
    main()
