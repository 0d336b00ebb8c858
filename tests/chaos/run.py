"""One chaos run: documents and faults side by side, then rest, then the oracle's verdict."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from standardwebhooks import Webhook

from tests.chaos.documents import Drop, drops
from tests.chaos.dropping import Dropper
from tests.chaos.expected import Expected, expect
from tests.chaos.faults import Fault, schedule
from tests.chaos.injecting import Injector
from tests.chaos.oracle import Verdict, judge
from tests.chaos.receiver import Receiver
from tests.chaos.system import UnderTest

KILL_EVERY = 0.9  # seconds, on the average: 1,000 kills take a quarter of an hour
_DROPS_A_SECOND = 12  # at most: half of what two cores take on while nothing is killed
# Who is told of what: every statement, and those of one coalition alone.
SUBSCRIPTIONS: dict[str, tuple[str, ...]] = {"all": (), "imctc": ("imctc",)}
_QUIET = 3.0  # seconds without a POST at the end
_LOOK_EVERY = 0.5  # seconds
_ENDS = ("done", "duplicate", "failed")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does: all that happens is drawn from the seed."""

    seed: int
    documents: int
    kills: int
    flushes: int
    others: int  # of each other fault
    kill_every: float = KILL_EVERY  # seconds, on the average
    patience: float = 120.0  # seconds at the end without any progress, then there is no rest

    @classmethod
    def mixed(cls, seed: int, documents: int, kills: int, flushes: int | None = None) -> Plan:
        """Return a run with all kinds of faults, as many of each as is fitting."""
        flushed = kills // 200 if flushes is None else flushes
        return cls(seed, documents, kills, flushed, others=-(-kills // 50))

    @property
    def seconds(self) -> float:
        """How long documents come and faults happen."""
        return max(self.kills * self.kill_every, self.documents / _DROPS_A_SECOND)

    def drops(self) -> list[Drop]:
        """Return the files of the run, in their order."""
        return drops(self.documents, random.Random(f"{self.seed} documents"))  # noqa: S311

    def faults(self) -> list[Fault]:
        """Return the faults of the run, in their order."""
        chance = random.Random(f"{self.seed} faults")  # noqa: S311
        return schedule(self.seconds, self.kills, self.flushes, self.others, chance)


@dataclass
class Outcome:
    """All that the report tells of a run."""

    plan: Plan
    folder: Path
    verdict: Verdict = field(default_factory=Verdict)
    files: int = 0
    documents: int = 0
    meetings: int = 0
    posts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    ready_after: list[tuple[str, float]] = field(default_factory=list)
    through_after: list[float] = field(default_factory=list)
    ways: list[float] = field(default_factory=list)
    rest_after: float = 0.0
    seconds: float = 0.0
    exit_code: int = 0


async def run(plan: Plan, folder: Path, progress: Progress, told: Callable[[str], None]) -> Outcome:
    """Do it all in `folder`, which stays."""
    began = time.monotonic()
    files = plan.drops()
    progress("reading what is due", 0, 1)
    expected = await asyncio.to_thread(expect, files, folder / "expected")
    outcome = Outcome(plan, folder, files=len(files))
    outcome.documents, outcome.meetings = len(expected.documents), len(expected.meetings)
    system = UnderTest(folder)
    dropper = Dropper(files, system.inbox, folder, plan.seconds)
    try:
        async with Receiver(plan.seed) as receiver:
            await system.start()
            await _subscribe(system, receiver)
            injector = Injector(system, told)
            await _disturb(plan, system, dropper, injector, progress)
            outcome.rest_after = await _rest(plan, system, receiver, outcome.verdict, progress)
            outcome.faults, outcome.missed = injector.done, len(injector.missed)
            outcome.ready_after = injector.ready_after
            _measure(outcome, system, dropper, injector)
            outcome.posts = len(receiver.posts)
            await _judge(outcome, system, expected, receiver, progress)
    finally:
        dropper.end()
        outcome.exit_code = await asyncio.to_thread(system.end)
    if outcome.exit_code:
        outcome.verdict.add("communique up", [(f"ended with {outcome.exit_code}", "")])
    outcome.seconds = time.monotonic() - began
    return outcome


async def _subscribe(system: UnderTest, receiver: Receiver) -> None:
    async with aiohttp.ClientSession() as http:
        for name, coalitions in SUBSCRIPTIONS.items():
            wanted = {"url": receiver.url(name), "filters": {"coalitions": list(coalitions)}}
            url = f"{system.run['notify_url']}/api/subscriptions"
            async with http.post(url, json=wanted) as answer:
                made = await answer.json()
                if answer.status != 201:
                    raise RuntimeError(f"cannot subscribe: {made}")
            receiver.secrets[name] = Webhook(made["secret"])


async def _disturb(
    plan: Plan, system: UnderTest, dropper: Dropper, injector: Injector, progress: Progress
) -> None:
    dropper.start()
    faults = asyncio.create_task(injector.run(plan.faults()))
    started = time.monotonic()
    while not (dropper.is_done and faults.done()):
        passed = time.monotonic() - started
        progress("documents and faults", int(passed), int(plan.seconds))
        await asyncio.sleep(_LOOK_EVERY)
        if system.process is None or system.process.poll() is not None:
            faults.cancel()
            raise RuntimeError(f"communique up has ended: see {system.folder / 'up.log'}")
    await faults


async def _rest(
    plan: Plan, system: UnderTest, receiver: Receiver, verdict: Verdict, progress: Progress
) -> float:
    """Wait until nothing is under way any more; return the seconds it took."""
    started = moved = time.monotonic()
    ended = -1
    left = ["not yet looked"]
    while time.monotonic() - moved < plan.patience:
        left = await _under_way(system, receiver)
        if not left:
            return time.monotonic() - started
        before, ended = ended, sum(len(system.files(name)) for name in _ENDS) + len(receiver.posts)
        if ended > before:
            moved = time.monotonic()
        progress(f"rest: {left[0]}", int(time.monotonic() - moved), int(plan.patience))
        await asyncio.sleep(_LOOK_EVERY)
    verdict.add("no rest", ((one, "") for one in left))
    return time.monotonic() - started


async def _under_way(system: UnderTest, receiver: Receiver) -> list[str]:
    """Return in words what is still under way."""
    found = []
    if waiting := system.files():
        found.append(f"{len(waiting)} files in the inbox")
    if held := system.files(".processing"):
        found.append(f"{len(held)} files in .processing/")
    try:
        found += [f"{name}: {wrong}" for name, wrong in (await system.unread()).items()]
    except Exception as error:
        found.append(f"Redis: {error}")
    [[unsent]] = system.rows("store", "SELECT count(*) FROM outbox WHERE published_at IS NULL")
    [[due]] = system.rows("notify", "SELECT count(*) FROM deliveries WHERE status = 'pending'")
    found += [f"{unsent} events in the outbox"] if unsent else []
    found += [f"{due} alerts due"] if due else []
    if not found and time.time() - receiver.last_at < _QUIET:
        found.append("alerts still come")
    return found


def _measure(outcome: Outcome, system: UnderTest, dropper: Dropper, injector: Injector) -> None:
    """Tell how long documents took, and after each kill the next document dropped after it."""
    dropped = dropper.times()
    done = {path.name: path.lstat().st_ctime for path in system.files("done")}
    ways = sorted(
        (at, done[name]) for path, at in dropped.items() if (name := Path(path).name) in done
    )
    outcome.ways = [max(end - at, 0.0) for at, end in ways]
    soonest = float("inf")
    first_end_after: list[tuple[float, float]] = []
    for at, end in reversed(ways):
        soonest = min(soonest, end)
        first_end_after.append((at, soonest))
    first_end_after.reverse()
    for moment, _ in injector.kills:
        later = [end for at, end in first_end_after if at > moment][:1]
        outcome.through_after += [end - moment for end in later]


async def _judge(
    outcome: Outcome,
    system: UnderTest,
    expected: Expected,
    receiver: Receiver,
    progress: Progress,
) -> None:
    looked = 0

    def advance() -> None:
        nonlocal looked
        looked += 1
        progress("looking at every record", looked, len(expected.documents))

    verdict = await judge(system, expected, receiver.posts, SUBSCRIPTIONS, advance)
    verdict.findings = outcome.verdict.findings + verdict.findings
    outcome.verdict = verdict
