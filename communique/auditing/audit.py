"""`communique audit`: looks at everything, twice where something is found; names what is lost."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from communique.auditing.findings import Finding, find, note_movement
from communique.auditing.gathering import gather
from communique.auditing.scratch import Scratch
from communique.auditing.screen import render_audit
from communique.running import Running
from communique.showing.console import console

_LOOK_AGAIN = 1.0  # seconds: what was only changing hands has done so by then
_UNASKED = 2  # exit code


@dataclass(frozen=True, slots=True)
class Look:
    """What one look saw: documents, how many of them are on their way, and what is nowhere."""

    documents: int
    on_their_way: int
    findings: tuple[Finding, ...]
    could_not_ask: tuple[str, ...]

    @property
    def at_rest(self) -> bool:
        """Whether nothing is found and nothing moves."""
        return not self.findings and not self.on_their_way and not self.could_not_ask

    def as_json(self) -> dict[str, Any]:
        """Return what is printed for scripts."""
        return {
            "clean": not self.findings and not self.could_not_ask,
            "documents": self.documents,
            "on_their_way": self.on_their_way,
            "findings": [asdict(finding) for finding in self.findings],
            "could_not_ask": list(self.could_not_ask),
        }


def audit(running: Running, *, patience: float, wait: float | None, as_json: bool) -> int:
    """Print what is nowhere; return 0 if nothing is, 1 if something is, 2 if not all answered.

    `patience` is how many seconds something may stand still. With `wait` it looks for up to so
    many seconds until everything has come to rest, and what still moves then is a finding.
    """
    if not any((running.redis_url, running.store_url, running.inbox)):
        running.need("store_url")
    look = _look_twice(running, patience) if wait is None else _until_rest(running, patience, wait)
    if as_json:
        sys.stdout.write(json.dumps(look.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        console().print(render_audit(look))
    if look.could_not_ask:
        return _UNASKED
    return 1 if look.findings or (wait is not None and look.on_their_way) else 0


def look_once(running: Running, patience: float) -> Look:
    """Look at everything once."""
    with Scratch() as scratch:
        old = time.time() - patience
        silent, before, after = gather(running, scratch)
        note_movement(scratch, before, after, old)
        findings = tuple(find(scratch, silent, old))
        lost = {finding.document_id for finding in findings}
        moving = {row["document_id"] for row in scratch.rows(_ON_THEIR_WAY)} - lost
        return Look(scratch.count(_DOCUMENTS), len(moving), findings, tuple(silent))


def _look_twice(running: Running, patience: float) -> Look:
    """Look again where something is found: only what is found both times is no change of hands."""
    first = look_once(running, patience)
    if not first.findings:
        return first
    time.sleep(_LOOK_AGAIN)
    second = look_once(running, patience)
    known = {(finding.kind, finding.subject) for finding in first.findings}
    both = tuple(one for one in second.findings if (one.kind, one.subject) in known)
    return Look(second.documents, second.on_their_way, both, second.could_not_ask)


def _until_rest(running: Running, patience: float, wait: float) -> Look:
    deadline = time.monotonic() + wait
    while True:
        look = _look_twice(running, patience)
        if look.at_rest or time.monotonic() > deadline:
            return look
        time.sleep(_LOOK_AGAIN)


_ON_THEIR_WAY = """
SELECT document_id FROM in_hand UNION SELECT document_id FROM moving
UNION SELECT document_id FROM stored WHERE NOT finished
  AND document_id NOT IN (SELECT document_id FROM died UNION SELECT document_id FROM refused)
UNION SELECT document_id FROM alerts WHERE status = 'pending'
"""
_DOCUMENTS = """
SELECT count(*) FROM (SELECT document_id FROM stored UNION SELECT document_id FROM known
  UNION SELECT document_id FROM files WHERE document_id IS NOT NULL AND shelf != 'failed')
"""
