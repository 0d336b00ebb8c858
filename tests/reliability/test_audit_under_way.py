"""A system that works is never accused: audits while documents stream through are clean."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from communique.machine.redis_server import RedisServer
from tests.cli.conftest import SEEDS, Launched, launched
from tests.reliability.test_audit_findings import audit

DOCUMENTS = 240


class Taking(BaseHTTPRequestHandler):
    """Takes every alert."""

    def do_POST(self) -> None:
        """Answer 204."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def receiver() -> Iterator[str]:
    """Give the address of somebody who takes alerts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def dropping(system: Launched, count: int) -> Iterator[None]:
    """Drop documents one after the other, beside what is done meanwhile."""
    seeds = [seed.read_text("utf-8") for seed in sorted(SEEDS.iterdir())]
    done = threading.Event()

    def drop() -> None:
        for number in range(count):
            half = system.folder / f"half-{number}"
            half.write_text(f"{seeds[number % len(seeds)]}\nرقم {number}", "utf-8")
            half.rename(system.folder / "inbox" / f"{number}.txt")
            if done.wait(0.05):
                return

    thread = threading.Thread(target=drop)
    thread.start()
    try:
        yield
        thread.join()
    finally:
        done.set()
        thread.join()


def test_documents_on_their_way_are_no_findings(tmp_path: Path, redis_server: RedisServer) -> None:
    """Whatever changes hands while an audit looks; at rest all are finished, and counted once."""
    with receiver() as url, launched(tmp_path) as system:
        assert system.run("subscribe", url, "--event", "source.added").returncode == 0
        seen_under_way = 0
        with dropping(system, DOCUMENTS):
            for patience in (300, 30, 300, 20, 30):
                said = audit(system, "--patience", str(patience))
                assert (said.code, said.report["findings"]) == (0, []), said.report
                seen_under_way += said.report["on_their_way"]
        at_rest = audit(system, "--wait", "90")
        assert at_rest.code == 0, json.dumps(at_rest.report, ensure_ascii=False)
        assert at_rest.report["documents"] == DOCUMENTS
        assert seen_under_way > 0  # else nothing was tried here
