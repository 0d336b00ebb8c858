"""What came of it, compared with what must have come: every difference is a finding."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.chaos.expected import Expected, digest_of_meeting, digest_of_record
from tests.chaos.receiver import Post
from tests.chaos.system import ROOT, UnderTest

_AT_ONCE = 8  # requests
_MOST = 5  # examples told of each kind of finding


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be; `words` find it in the logs."""

    what: str
    detail: str
    words: tuple[str, ...] = ()


@dataclass
class Verdict:
    """The findings, and the counts that the table shows."""

    findings: list[Finding] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    repeated: int = 0
    skipped: list[str] = field(default_factory=list)

    def add(self, what: str, details: Iterable[tuple[str, str]]) -> int:
        """Add a finding for each of `(detail, word to look for)`; return how many."""
        found = [Finding(what, detail, (word,) if word else ()) for detail, word in details]
        self.findings += found
        return len(found)


async def judge(
    system: UnderTest,
    expected: Expected,
    posts: list[Post],
    subscriptions: dict[str, tuple[str, ...]],
    advance: Callable[[], None],
) -> Verdict:
    """Compare everything; `subscriptions` are names with the coalitions that each wants."""
    verdict = Verdict()
    _judge_files(system, expected, verdict)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as http:
        store = system.run["store_url"]
        stored = [each async for each in _items(http, f"{store}/api/documents")]
        _judge_documents(expected, stored, verdict)
        await _judge_records(http, store, expected, stored, verdict, advance)
        meetings = [each async for each in _items(http, f"{store}/api/meetings")]
        _judge_meetings(expected, meetings, verdict)
    for name, coalitions in subscriptions.items():
        mine = [post for post in posts if post.subscription == name]
        _judge_alerts(name, expected.published(coalitions), mine, verdict)
    unread = await system.unread()
    verdict.add("stream not done", ((f"{k}: {v}", "") for k, v in unread.items()))
    verdict.add("dead letter", ((line, "") for line in await system.dead()))
    _audit(system, verdict)
    return verdict


def _judge_files(system: UnderTest, expected: Expected, verdict: Verdict) -> None:
    for compartment in ("", ".processing"):
        left = [str(path.relative_to(system.inbox)) for path in system.files(compartment)]
        verdict.add(f"left in the inbox {compartment}".strip(), ((one, one[-70:]) for one in left))
    done = Counter(_content(path) for path in system.files("done"))
    twice = Counter(_content(path) for path in system.files("duplicate"))
    failed = [path for path in system.files("failed") if not path.name.endswith(".error.json")]
    names = Counter(path.name for path in failed)
    due = Counter(Path(path).name for path in expected.failed)
    verdict.add("in failed/, and ought not to be", ((str(n), n) for n in names - due))
    verdict.lost += verdict.add(
        "not in failed/, where it ought to be", ((n, n) for n in due - names)
    )
    reports = {path.name for path in system.files("failed")} - names.keys()
    if len(reports) != sum(names.values()):
        verdict.add("failed/ without its report", [(str(sorted(names)[:_MOST]), "")])
    for each, document in expected.documents.items():
        ends = (done[each], twice[each])
        if ends != (1, document.files - 1):
            told = f"{each} {sorted(document.sources)}: {ends[0]} in done/, {ends[1]} in duplicate/"
            verdict.add("file not in done/ once", [(told, each)])
    verdict.add(
        "unknown in done/", ((each, each) for each in done if each not in expected.documents)
    )


def _content(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def _judge_documents(expected: Expected, stored: list[dict[str, Any]], verdict: Verdict) -> None:
    times = Counter(document["id"] for document in stored)
    missing = [each for each in expected.documents if each not in times]
    verdict.lost += verdict.add("document lost", ((_named(expected, e), e) for e in missing))
    verdict.doubled += verdict.add(
        "document doubled", ((each, each) for each, count in times.items() if count > 1)
    )
    verdict.add(
        "document that nobody dropped",
        ((f"{d['id']} {d['name']}", d["id"]) for d in stored if d["id"] not in expected.documents),
    )
    for document in stored:
        known = expected.documents.get(document["id"])
        if known is None:
            continue
        if document["name"] not in known.names or document["source"] not in known.sources:
            verdict.add("document under a wrong name", [(str(document), document["id"])])
        if document["kind"] is None:
            verdict.lost += verdict.add("record lost", [(_named(expected, known.id), known.id)])


async def _judge_records(
    http: aiohttp.ClientSession,
    store: str,
    expected: Expected,
    stored: list[dict[str, Any]],
    verdict: Verdict,
    advance: Callable[[], None],
) -> None:
    turn = asyncio.Semaphore(_AT_ONCE)

    async def look(each: str) -> None:
        async with turn, http.get(f"{store}/api/documents/{each}") as answer:
            shown = await answer.json()
        advance()
        record = shown["record"]
        if record is not None and digest_of_record(record) != expected.documents[each].digest:
            verdict.add("record differs", [(_named(expected, each), each)])

    ids = {document["id"] for document in stored} & expected.documents.keys()
    await asyncio.gather(*map(look, ids))


def _judge_meetings(expected: Expected, meetings: list[dict[str, Any]], verdict: Verdict) -> None:
    found = {
        frozenset(source["document_id"] for source in meeting["sources"]): meeting
        for meeting in meetings
    }
    if len(found) != len(meetings):
        verdict.doubled += verdict.add("meeting doubled", [(f"{len(meetings)} meetings", "")])
    for documents, due in expected.meetings.items():
        meeting = found.pop(documents, None)
        if meeting is None:
            verdict.add("meeting not as from a calm run", [_documents_of(expected, documents)])
        elif digest_of_meeting(meeting) != due.digest:
            told, word = _documents_of(expected, documents)
            verdict.add("merged record differs", [(f"{meeting['id']}: {told}", word)])
    for documents, meeting in found.items():
        told, word = _documents_of(expected, documents)
        verdict.add("meeting that ought not to be", [(f"{meeting['id']}: {told}", word)])


def _judge_alerts(name: str, due: set[frozenset[str]], posts: list[Post], verdict: Verdict) -> None:
    meeting_of = {each: documents for documents in due for each in documents}
    told: dict[frozenset[str], set[str]] = defaultdict(set)
    answered: set[str] = set()
    for post in posts:
        if not post.verified:
            verdict.add("alert not verified", [(str(post), post.webhook_id)])
        elif post.type != "statement.published" or post.document_id not in meeting_of:
            verdict.add(f"alert to {name} that ought not to be", [(str(post), post.webhook_id)])
        else:
            told[meeting_of[post.document_id]].add(post.webhook_id)
            if 200 <= post.status < 300:
                answered.add(post.webhook_id)
    seen = Counter(post.webhook_id for post in posts if post.verified)
    failed = Counter(post.webhook_id for post in posts if not 200 <= post.status < 300)
    verdict.repeated += sum(count - failed[each] > 1 for each, count in seen.items())
    for documents in due:
        ids = told[documents]
        some = min(documents)
        if len(ids) > 1:
            detail = f"{name}: {sorted(ids)} for {sorted(documents)}"
            verdict.doubled += verdict.add("alert doubled", [(detail, some)])
        elif not ids & answered:
            detail = f"{name}: {'never answered well ' if ids else ''}{sorted(documents)}"
            verdict.lost += verdict.add("alert lost", [(detail, some)])


def _audit(system: UnderTest, verdict: Verdict) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("COMMUNIQUE_")}
    said = subprocess.run(
        [sys.executable, "-m", "communique", "audit"],
        cwd=system.folder,
        env=kept | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if "No such command" in said.stderr:
        verdict.skipped.append("audit (there is no such command yet)")
    elif said.returncode != 0:
        verdict.add("audit finds", [(f"{said.stdout[-2000:]}{said.stderr[-500:]}", "")])


async def _items(http: aiohttp.ClientSession, url: str) -> AsyncIterator[dict[str, Any]]:
    after: str | None = None
    while True:
        parameters = {"limit": "200", **({"after": after} if after else {})}
        async with http.get(url, params=parameters) as answer:
            page = await answer.json()
        for item in page["items"]:
            yield item
        after = page["next"]
        if not after:
            return


def _named(expected: Expected, document_id: str) -> str:
    document = expected.documents[document_id]
    return f"{document_id} {sorted(document.sources)} ({document.kind})"


def _documents_of(expected: Expected, documents: frozenset[str]) -> tuple[str, str]:
    known = expected.documents
    named = [_named(expected, each) if each in known else each for each in sorted(documents)]
    return "; ".join(named), min(documents)
