"""What in `.processing/` somebody has to see to again, told by the folders' times alone.

A held document's folder bears the time of its publication, or none while it is yet to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from services.ingest.claims import Claim, claim_folders, claim_in, is_held, remove_folders

# A claim lasts milliseconds; one of this age (seconds) was left by a worker that died.
LEASE = 10.0
NEVER = 0.0  # the time of publication of what is yet to be published
_LONGEST_REPUBLISH = 3600.0  # seconds


def left_behind(processing: Path, now: float) -> Iterator[Claim]:
    """Yield what workers that died had claimed but neither held nor put away."""
    for folder, age in claim_folders(processing, now):
        if not is_held(folder) and age > LEASE and (claim := _claim_or_clear(folder)):
            yield claim


def unanswered(processing: Path, now: float, republish_after: float) -> Iterator[Claim]:
    """Yield documents whose publication has not been answered, each less often with its age.

    The wait doubles, up to an hour: a document that is merely waiting its turn in the stream,
    or lies among the dead letters, is not published over and over.
    """
    for folder, age in claim_folders(processing, now):
        if is_held(folder) and age > min(LEASE, republish_after):
            claim = _claim_or_clear(folder)
            if claim and _is_due(claim, now, now - age, republish_after):
                yield claim


def published_before(processing: Path, moment: float) -> Iterator[Claim]:
    """Yield the documents whose publication, the last if several, lies before a moment."""
    for folder, before in claim_folders(processing, moment):
        if is_held(folder) and 0 < before < moment and (claim := claim_in(folder)):
            yield claim


def _is_due(claim: Claim, now: float, published: float, republish_after: float) -> bool:
    try:  # the time of the rename out of the inbox; nothing has changed it since
        claimed = claim.path.lstat().st_ctime
    except FileNotFoundError:  # answered this moment
        return False
    if published <= NEVER + 1:  # the worker died before it published, or Redis was away
        return now - claimed > LEASE
    return now - published > min(max(republish_after, published - claimed), _LONGEST_REPUBLISH)


def _claim_or_clear(folder: Path) -> Claim | None:
    claim = claim_in(folder)
    if claim is None:  # a crash between the move out of it and its removal
        remove_folders(folder)
    return claim
