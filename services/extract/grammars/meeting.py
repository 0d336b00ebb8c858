"""The meeting: who met, for which time, when, where, under which slogan."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.certainty import confidence_of
from services.extract.grammars.bodies import read_body
from services.extract.grammars.dates import DateMention
from services.extract.grammars.events import Stretch
from services.extract.grammars.meeting_days import When
from services.extract.grammars.ordinals import read_ordinal
from services.extract.grammars.published import Head
from services.extract.grammars.themes import read_theme
from services.extract.grammars.when import read_when
from services.extract.grammars.where import Where, is_virtual, read_where
from services.extract.reading import Reading
from shared.record import Evidence, Kind, Meeting

Span = tuple[int, int]
_COMMUNIQUE_LINES = 5
_HOW = {"told": "told", "host": "of its host", "head": "at the head"}
_TITLE_OPENS = 40  # characters: a long title says at once what it is (Joint statement on …)


def read_meeting(
    reading: Reading,
    stretches: Sequence[Stretch],
    dates: Sequence[DateMention],
    head: Head,
    kind: Kind,
) -> Meeting | None:
    """Return the meeting that a statement or preview reports, or None where it reports none."""
    telling = [s for s in stretches if s.tells]
    if not any(s.meets or (s.names and s.bodies and s.acts) for s in telling):
        return None
    communique = is_communique(reading)
    preview = kind == "preview"
    body = read_body(reading, telling, stretches)
    ordinal = read_ordinal(reading, stretches)
    theme = read_theme(reading, stretches)
    when = read_when(reading, stretches, dates, head, preview=preview, communique=communique)
    virtual = is_virtual(reading, stretches)
    where = read_where(
        reading, stretches, head, communique=communique, virtual=virtual, preview=preview
    )
    spans = [x[1] for x in (body, ordinal, theme) if x]
    rule = _rule(when, where)
    spans += [*(when.spans if when else ()), *([where.span] if where else ())]
    return Meeting(
        body=body[0] if body else None,
        ordinal=ordinal[0] if ordinal else None,
        start_date=when.start if when else None,
        end_date=when.end if when else None,
        city=where.city if where else None,
        country=where.country if where else None,
        virtual=virtual,
        theme=theme[0] if theme else None,
        evidence=_evidence(reading, spans or [(telling[0].start, telling[0].end)]),
        basis="inferred" if _inferred(when, where) else "explicit",
        confidence=confidence_of(rule),
        rule=rule,
    )


def is_communique(reading: Reading) -> bool:
    """Tell whether a text is a communique itself: its first lines are titles that say so."""
    for segment in reading.segments[:_COMMUNIQUE_LINES]:
        if segment.end - segment.start > 250 or (segment.kind == "body" and segment.index > 2):
            return False
        if reading.matches("act", segment.start, segment.end):
            continue
        high = segment.end if segment.kind == "heading" else segment.start + _TITLE_OPENS
        for trigger in reading.matches("kind_trigger", segment.start, high):
            if trigger.id == "communique":
                return True
    return False


def _inferred(when: When | None, where: Where | None) -> bool:
    return bool((when and when.basis == "inferred") or (where and where.is_guess))


def _rule(when: When | None, where: Where | None) -> str:
    """Return the name of how the meeting was read, by what tells its day and its place."""
    if when and when.how == "tweet":
        return "meeting: time stamp of a tweet"
    if where and where.is_guess:
        return "meeting: place of the dateline" + (", day told" if when else "")
    if when and where:
        return f"meeting: day {_HOW[when.how]}, place {_HOW[where.how]}"
    if when:
        return f"meeting: day {_HOW[when.how]}"
    return f"meeting: place {_HOW[where.how]}" if where else "meeting: who met"


def _evidence(reading: Reading, spans: Sequence[Span]) -> tuple[Evidence, ...]:
    """Return each span once, by place."""
    unique = sorted(set(spans))
    return tuple(reading.evidence(start, end) for start, end in unique)
