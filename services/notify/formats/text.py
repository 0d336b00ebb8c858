"""Plain text with its title in a header, as ntfy and its like take it: https://docs.ntfy.sh/publish."""

from __future__ import annotations

from collections.abc import Iterator
from email.header import Header

from services.notify.formats.brief import Brief
from services.notify.formats.fitting import first_that_fits
from services.notify.formats.harmless import cut
from services.notify.formats.message import Message

_LARGEST = 4096  # bytes: ntfy makes a file of what is longer
_LONGEST_TITLE = 120
_RIGHT_TO_LEFT = "\u200f"


def text(brief: Brief) -> Message:
    """Return a notification: its title and its link in headers, the rest as lines."""
    body = first_that_fits(brief, lines, lambda made: len(made) <= _LARGEST)
    headers = (
        ("title", _ascii(cut(brief.subject, _LONGEST_TITLE))),
        ("click", brief.link),
        ("tags", brief.type),
    )
    return Message(body, "text/plain; charset=utf-8", headers)


def lines(brief: Brief) -> bytes:
    """Return a brief as lines of text in UTF-8."""
    mark = _RIGHT_TO_LEFT if brief.voice.is_rtl else ""
    return "\n".join(f"{mark}{line}" if line else line for line in _lines(brief)).encode()


def _lines(brief: Brief) -> Iterator[str]:
    yield brief.title
    if brief.when_where:
        yield brief.when_where
    for section in brief.news:
        yield ""
        yield brief.voice.labelled(section.label, "").rstrip()
        yield from (f"• {line}" for line in brief.lines_of(section))
    yield ""
    yield from (brief.voice.labelled(label, value) for label, value in brief.facts)
    yield brief.voice.labelled(brief.read_on, brief.link)


def _ascii(title: str) -> str:
    """Return a header's value; what is not ASCII encoded as in RFC 2047, on one line."""
    return title if title.isascii() else Header(title, "utf-8").encode(linesep="")
