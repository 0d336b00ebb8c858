"""`communique audit` names each document that is nowhere, and nobody else's.

Faults are planted one by one into a running system: into its folder, its databases, its Redis.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis

from communique.auditing.audit import look_once
from communique.machine.redis_server import RedisServer
from communique.running import find_running
from shared.events import DocumentReceived
from tests.cli.conftest import SEEDS, Launched, launched, until

UNKNOWN = "deadbeef" * 8  # a document that nobody has
TEXT = "نص لم يقرأه أحد"
LONG_AGO = datetime.now(UTC) - timedelta(days=2)


@dataclass(frozen=True)
class Audited:
    """What an audit said, and its exit code."""

    code: int
    report: dict[str, Any]

    def found(self) -> set[tuple[str, str]]:
        """Return kinds and documents."""
        return {(one["kind"], one["document_id"]) for one in self.report["findings"]}


def audit(system: Launched, *options: str, **given: str) -> Audited:
    said = system.run("audit", "--json", *options, **given)
    assert said.stdout, said.stderr
    return Audited(said.returncode, json.loads(said.stdout))


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory, redis_server: RedisServer) -> Iterator[Launched]:
    """A system that has done all its work: the five seeds, and an alert that was taken."""
    with launched(tmp_path_factory.mktemp("audited")) as system:
        for seed in SEEDS.iterdir():
            shutil.copy(seed, system.folder / "inbox" / f".{seed.name}")
            (system.folder / "inbox" / f".{seed.name}").rename(system.folder / "inbox" / seed.name)
        at_rest = audit(system, "--wait", "50")
        assert (at_rest.code, at_rest.report["documents"]) == (0, 5), at_rest.report
        yield system


def stored(system: Launched) -> str:
    """The id of a document that went all its way."""
    seed = sorted(SEEDS.iterdir())[0]
    return hashlib.sha256(seed.read_bytes()).hexdigest()


Planted = AbstractContextManager[str]


@contextlib.contextmanager
def a_file(system: Launched, path: str) -> Iterator[str]:
    """Put a file somewhere, take it away afterwards; its document's id."""
    target = system.folder / "inbox" / path
    made = [parent for parent in target.parents if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(TEXT)
    yield hashlib.sha256(TEXT.encode()).hexdigest()
    target.unlink()
    for parent in made:
        parent.rmdir()


@contextlib.contextmanager
def a_row(system: Launched, service: str, table: str, **values: Any) -> Iterator[str]:
    """Put a row into a service's database, take it away afterwards."""
    place = system.folder / "var" / f"{service}.db"
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    with contextlib.closing(sqlite3.connect(place, timeout=30)) as db:
        made = db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
            list(values.values()),
        ).lastrowid
        db.commit()
        yield str(values.get("document_id") or values["id"])
        db.execute(f"DELETE FROM {table} WHERE rowid = ?", [made])  # noqa: S608
        db.commit()


def in_done(system: Launched) -> Planted:
    return a_file(system, "done/2024-02-03/بيان (1).txt")


def in_duplicate(system: Launched) -> Planted:
    return a_file(system, "duplicate/again.txt")


def in_processing(system: Launched) -> Planted:
    return a_file(system, ".processing/left-over/a/forgotten.txt")


def without_reason(system: Launched) -> Planted:
    return a_file(system, "failed/why.txt")


@contextlib.contextmanager
def a_marker(system: Launched) -> Iterator[str]:
    marker = system.folder / "var/ingest/known" / UNKNOWN[:2] / UNKNOWN
    marker.parent.mkdir(exist_ok=True)
    marker.write_text("known.txt")
    yield UNKNOWN
    marker.unlink()


def a_document_without_record(system: Launched) -> Planted:
    row = {"name": "بلا سجل.txt", "text": TEXT, "media_type": "text/plain", "encoding": "utf-8"}
    times = {"received_at": _sqlite(LONG_AGO), "kept_at": _sqlite(LONG_AGO)}
    return a_row(system, "store", "documents", id=UNKNOWN, size=4, **row, **times)


def a_record_without_document(system: Launched) -> Planted:
    row = {"version": 1, "extractor_version": "1", "kind": "statement", "record": "{}"}
    return a_row(
        system, "store", "records", document_id=UNKNOWN, extracted_at=_sqlite(LONG_AGO), **row
    )


def an_event_nobody_confirms(system: Launched) -> Planted:
    with contextlib.closing(sqlite3.connect(system.folder / "var/store.db")) as db:
        event, memory = db.execute("SELECT event, memory FROM outbox").fetchone()
    sent = {"event": event, "memory": memory, "entry": 2**62}  # beyond what any reader reaches
    times = {"created_at": _sqlite(LONG_AGO), "published_at": _sqlite(LONG_AGO)}
    return a_row(system, "store", "outbox", document_id=stored(system), **sent, **times)


@contextlib.contextmanager
def a_stuck_delivery(system: Launched, **times: Any) -> Iterator[str]:
    subscription = {
        **{"id": "sub_1", "url": "http://127.0.0.1:9/", "events": "[]", "filters": "{}"},
        **{"format": "standard", "secret": "whsec_", "status": "active"},
    }
    delivery = {
        **{"id": "msg_1", "subscription_id": "sub_1", "key": "k", "type": "statement.published"},
        **{"host": "127.0.0.1:9", "body": b"{}", "status": "pending", "attempts": 0},
    }
    at = _sqlite(LONG_AGO)
    with (
        a_row(system, "notify", "subscriptions", **subscription, created_at=at),
        a_row(
            system,
            "notify",
            "deliveries",
            document_id=stored(system),
            created_at=at,
            **delivery | times,
        ) as document,
    ):
        yield document


def a_delivery_never_due(system: Launched) -> Planted:
    return a_stuck_delivery(system)


def a_delivery_leased_for_days(system: Launched) -> Planted:
    until_then = _sqlite(datetime.now(UTC) + timedelta(days=2))
    return a_stuck_delivery(system, due_at=_sqlite(LONG_AGO), leased_until=until_then)


def a_delivery_given_up(system: Launched) -> Planted:
    return a_stuck_delivery(system, status="failed", attempts=10)


@contextlib.contextmanager
def a_dead_letter(system: Launched) -> Iterator[str]:
    body = json.dumps({"document_id": stored(system)})
    letter = {"__data__": body, "group": "extract", "reason": "no idea", "attempts": "5"}
    stream = f"{DocumentReceived.stream}.dead"
    with redis.Redis.from_url(system.facts["redis_url"]) as client:
        entry = client.xadd(stream, {**letter, "died_at": LONG_AGO.isoformat()})
        yield stored(system)
        client.xdel(stream, entry)  # type: ignore[arg-type]


FAULTS: dict[str, Callable[[Launched], Planted]] = {
    "put away but not stored": in_done,
    "put away but not stored ": in_duplicate,
    "known but not stored": a_marker,
    "without record": a_document_without_record,
    "record without document": a_record_without_document,
    "not confirmed": an_event_nobody_confirms,
    "forgotten in .processing/": in_processing,
    "failed without a reason": without_reason,
    "dead letter": a_dead_letter,
    "alert overdue": a_delivery_never_due,
    "alert overdue ": a_delivery_leased_for_days,
    "alert given up": a_delivery_given_up,
}


def found(system: Launched) -> set[tuple[str, str | None]]:
    """Look once, with little patience, without the second of a program's start."""
    look = look_once(find_running(system.folder / "var"), patience=0.5)
    assert look.could_not_ask == ()
    assert all(finding.seen and finding.to_do for finding in look.findings)
    return {(finding.kind, finding.document_id) for finding in look.findings}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_named_and_nothing_else(calm: Launched, kind: str) -> None:
    """Its kind and its document; and when it is gone nothing is found."""
    until(lambda: found(calm) == set())
    with FAULTS[kind](calm) as document:
        until(lambda: found(calm) == {(kind.strip(), document)}, within=40)
    assert found(calm) == set()


def test_a_document_that_failed_with_its_reason_is_finished(calm: Launched) -> None:
    """Its file lies whole in failed/: that store never got a record of it is no finding then."""
    report = calm.folder / "inbox/failed/why.txt.error.json"
    report.write_text("{}")
    with without_reason(calm) as document:
        row = {"name": "why.txt", "text": TEXT, "media_type": "text/plain", "encoding": "utf-8"}
        times = {"received_at": _sqlite(LONG_AGO), "kept_at": _sqlite(LONG_AGO)}
        with a_row(calm, "store", "documents", id=document, size=4, **row, **times):
            look = look_once(find_running(calm.folder / "var"), patience=0.5)
            assert (look.findings, look.on_their_way) == ((), 0)
    report.unlink()


def test_what_is_found_is_told_with_what_to_do(calm: Launched) -> None:
    """To people with the name set right, to scripts by the exit code and as JSON."""
    with in_done(calm) as document:
        said = audit(calm)
        assert (said.code, said.found()) == (1, {("put away but not stored", document)})
        shown = calm.run("audit")
        assert shown.returncode == 1
        assert document[:16] in shown.stdout
        assert "done/2024-02-03/\u2068بيان\u2069 (1).txt" in shown.stdout
        assert "to do: move the file back into the inbox" in shown.stdout
    clean = calm.run("audit")
    assert clean.returncode == 0
    assert "nothing is lost" in clean.stdout


def test_a_service_that_stands_still_is_named_with_its_documents(calm: Launched) -> None:
    """What waits for it is found once patience is over, and is on its way again with it."""
    extract = calm.family()["extract"]
    extract.suspend()
    try:
        path = calm.folder / "inbox" / "متأخر.txt"
        path.write_text("a document that waits for a reader")
        document = hashlib.sha256(path.read_bytes()).hexdigest()
        early = audit(calm)
        assert early.code == 0, early.report

        def named() -> Audited | None:
            found = audit(calm, "--patience", "1")
            kinds = {kind for kind, each in found.found() if each == document}
            wanted = {"nobody reads its message", "without record", "forgotten in .processing/"}
            return found if wanted <= kinds else None

        said = until(named, within=40)
        waits = [one for one in said.report["findings"] if "nobody" in one["kind"]]
        assert "for extract" in waits[0]["seen"]
        assert said.found() <= {(kind, document) for kind, _ in said.found()}
    finally:
        extract.resume()
    assert audit(calm, "--wait", "50").code == 0


def test_who_cannot_be_asked_is_named_and_the_rest_is_judged(calm: Launched) -> None:
    """Exit code 2, for what that one knows is missing; what can be judged without it is."""
    gone = {"COMMUNIQUE_NOTIFY_URL": "http://127.0.0.1:9"}
    said = audit(calm, **gone)
    assert said.code == 2
    assert said.report["clean"] is False
    assert [line.partition(":")[0] for line in said.report["could_not_ask"]] == ["notify"]
    with in_done(calm) as document:
        said = audit(calm, "--patience", "0.5", **gone)
        assert said.found() == {("put away but not stored", document)}
        assert said.code == 2
    without_store = audit(calm, COMMUNIQUE_STORE_URL="http://127.0.0.1:9")
    assert (without_store.code, without_store.report["findings"]) == (2, [])


def _sqlite(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
