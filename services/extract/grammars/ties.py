"""Whether a text's lead ties the coalition to a meeting, or tells of something else."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.coalition_names import named_in
from services.extract.grammars.events import Stretch
from services.extract.matching import Match
from services.extract.reading import Reading

# What else a lead may tell of: a guest, a career, an opinion, a course.
FRAMES = frozenset({"visit", "profile", "opinion", "training"})
_RESULTS = ("communique", "outcome", "result")
_OFFICE = 0.2  # what the names of its places and officers weigh
_JOINT = 12  # characters between "member of" and the coalition: an article, a quotation mark
_LONGEST = 2000  # characters of a sentence that are read
_BESIDE = 120  # characters between a coalition and the word of meeting that is its own


def first_tie(reading: Reading, stretches: Sequence[Stretch], acts: Sequence[int]) -> int | None:
    """Return the index of the first sentence that ties the coalition to a meeting or a decision.

    Where one has only its name, the next sentence of a meeting will do. `acts` are folded places.
    """
    headed = False
    for stretch in stretches:
        names = _names(reading, stretch) if stretch.names else []
        if names and (_decides(reading, stretch, acts) or _is_tied(reading, stretch, names)):
            return stretch.sentence.index
        if headed and (stretch.meets or stretch.bodies):
            return stretch.sentence.index
        headed |= bool(names)
    return None


def first_frame(reading: Reading, end: int) -> int | None:
    """Return the index of the first sentence before `end` that tells of another sort of event."""
    for word in reading.matches("kind_trigger", 0, end):
        if word.id in FRAMES:
            sentence = reading.sentence_at(word.start)
            if sentence is not None and sentence.segment.kind != "boilerplate":
                return sentence.index
    return None


def _names(reading: Reading, stretch: Stretch) -> list[Match]:
    """Return the namings of coalitions in a stretch, but those in passing ("a member of …")."""
    names = [
        name
        for name in _all_names(reading, stretch.start, _end(stretch))
        if float(name.payload.get("weight", 1)) > _OFFICE
    ]
    whole = [name for name in names if name.kind == "coalition"]
    names = [n for n in names if n.kind == "coalition" or not _inside(n, whole)]
    if not names:
        return names
    ends = [word.end for word in stretch.signs if word.id == "passing"]
    return [n for n in names if not any(0 <= n.outer - end < _JOINT for end in ends)]


def _all_names(reading: Reading, start: int, end: int) -> list[Match]:
    return [*named_in(reading, start, end), *reading.matches("the_coalition", start, end)]


def _end(stretch: Stretch) -> int:
    """Return where to stop: words are compared with names, so what is too long is cut."""
    return min(stretch.end, stretch.start + _LONGEST)


def _decides(reading: Reading, stretch: Stretch, acts: Sequence[int]) -> bool:
    """Tell whether a stretch has a decision, which is not that of a guest or of a career."""
    words = stretch.signs
    decided = any(stretch.start <= place < stretch.end for place in acts)
    return decided and all(m.id not in ("visit", "profile") for m in words)


def _is_tied(reading: Reading, stretch: Stretch, names: Sequence[Match]) -> bool:
    """Tell whether the coalition stands beside a word of meeting or its ministers."""
    words = reading.of_kinds(("meeting", "body"), stretch.start, _end(stretch))
    covers = reading.matches("kind_trigger", stretch.start, _end(stretch))
    frames = [m for m in covers if m.id in FRAMES]
    if not frames and any(m.id in _RESULTS for m in covers):
        return True
    if not frames and any(_is_meeting(reading, name) for name in names):
        return True
    return any(
        _near(word, name)
        for word in words
        if not _inside(word, (*names, *frames)) and not (frames and word.payload.get("verb"))
        for name in names
    )


def _is_meeting(reading: Reading, name: Match) -> bool:
    """Tell whether a coalition is called a meeting itself: the ASEAN Defence Ministers' Meeting."""
    return name.kind == "coalition" and any(
        not word.payload.get("verb") for word in reading.matches("meeting", name.start, name.end)
    )


def _near(word: Match, name: Match) -> bool:
    return -_BESIDE < word.start - name.end < _BESIDE or -_BESIDE < name.start - word.end < _BESIDE


def _inside(word: Match, others: Sequence[Match]) -> bool:
    return any(o.start <= word.start and word.end <= o.end for o in others)
