"""The nearest noun before a verb of saying that can be its subject, in any language."""

from __future__ import annotations

from services.extract.grammars.people.saying import Saying, Scene
from services.extract.grammars.people.voices import voice_span
from services.extract.grammars.people.words import is_governed, words_of
from services.extract.grammars.quotation import is_quoted
from services.extract.matching import Match

BREAKS = (" that ", " que ", ";", ":", '"', "»", "”")  # behind them another clause begins
_NOUNS = ("subject", "office", "coalition", "voice")
_CLAUSE_WORDS = 4
_ARTICLE = 5  # characters


def nearest_before(scene: Scene) -> Saying | None:
    """Return the subject nearest before a verb: a title, a pronoun, a group, or a person."""
    start = scene.verb.start
    before = [m for m in scene.mentions if m.end <= start]
    floor = before[-1].end if before else scene.sentence.start
    for noun in scene.reading.of_kinds(_NOUNS, floor, start):
        if _is_clause_subject(scene, noun) and not is_quoted(scene.reading, noun.start):
            return _by_match(scene, noun)
    if not before:
        return None
    gap = scene.reading.lower[floor:start]
    return None if any(mark in gap for mark in BREAKS) else scene.by(before[-1])


def _is_clause_subject(scene: Scene, match: Match) -> bool:
    """Tell whether a noun is the subject of the verb behind it, and of no clause between."""
    reading, start = scene.reading, scene.verb.start
    if reading.lower.find(",", match.end, start) >= 0 or is_governed(reading, match.start):
        return False
    plural = match.kind == "subject" and match.payload.get("number") == "plural"
    return plural or len(words_of(reading, match.end, start)) <= _CLAUSE_WORDS


def _by_match(scene: Scene, subject: Match) -> Saying | None:
    if subject.kind == "office":
        return scene.by_title((subject.start, subject.end))
    voices = scene.reading.matches("voice", subject.start, subject.end)
    if voices and voices[0].start - subject.start < _ARTICLE:
        return scene.by_group(voice_span(scene.reading, voices[0], scene.sentence))
    if subject.payload.get("sort") not in ("person", "pronoun"):
        return scene.by_group((subject.start, subject.end))
    return scene.pronoun(plural=subject.payload.get("number") == "plural")
