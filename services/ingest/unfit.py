"""Why a file cannot be read, said so that whoever dropped it can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shared.errors import CommuniqueError


class UnfitError(CommuniqueError):
    """A file that is no readable document: `what` is a word, the others a sentence each."""

    def __init__(
        self, what: str, why: str, what_to_do: str, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{what}: {why} {what_to_do}")
        self.what = what
        self.why = why
        self.what_to_do = what_to_do
        self.more = more or {}

    def report(
        self, *, name: str, size: int | None, sha256: str | None, when: datetime
    ) -> dict[str, Any]:
        """Return what `NAME.error.json` says; `size` in bytes, `when` in UTC."""
        return {
            "what": self.what,
            "why": self.why,
            "when": when.isoformat(timespec="milliseconds"),
            "what_to_do": self.what_to_do,
            "name": name,
            "size": size,
            "sha256": sha256,
            **self.more,
        }


def empty(why: str = "The file has no content.") -> UnfitError:
    """A file of no bytes, or of white space alone."""
    return UnfitError("empty", why, "Drop the file again once it has its text.")


def binary(why: str) -> UnfitError:
    """A file whose bytes are no text."""
    return UnfitError("binary", why, "Save it as plain text and drop that.")


def oversized(size: int, limit: int) -> UnfitError:
    """A file larger than the setting allows; sizes in bytes."""
    return UnfitError(
        "oversized",
        f"The file has {size:,} bytes; the limit is {limit:,}.",
        "Split it, or raise COMMUNIQUE_MAX_DOCUMENT_SIZE and drop it again.",
    )


def unreadable(reason: str) -> UnfitError:
    """A file that the operating system does not let us read."""
    return UnfitError(
        "unreadable",
        f"The file cannot be opened: {reason}.",
        "Let the user that ingest runs as read it, then drop it again.",
    )


def undecodable(why: str) -> UnfitError:
    """A text in no encoding that we can tell."""
    return UnfitError("undecodable", why, "Save it as UTF-8 and drop it again.")


def died(*, stage: str, reason: str, attempts: int, stream: str, letter: str) -> UnfitError:
    """A document that a later service gave up; `letter` is its dead letter's id in `stream`."""
    tried = "at once" if attempts <= 1 else f"after {attempts} attempts"
    return UnfitError(
        "dead letter",
        f"The service {stage} gave it up {tried}: {reason}",
        f"See `communique dead show {letter}`, mend the cause, then `communique dead replay "
        f"{letter}`: once it is stored, the file moves to done/. Or drop it again.",
        {"stage": stage, "attempts": attempts, "stream": stream, "letter": letter},
    )


def not_a_file(kind: str) -> UnfitError:
    """A link, pipe, socket or device; it was moved without being opened."""
    return UnfitError(
        "not a file", f"This is a {kind}, which is not followed.", "Drop the file itself."
    )
