"""The nearest noun before a verb of saying that can be its subject, in any language."""

from __future__ import annotations

from collections.abc import Sequence

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Mention
from services.extract.grammars.people.company import joined_before
from services.extract.grammars.people.ranks import ranked_before
from services.extract.grammars.people.saying import Saying, Scene
from services.extract.grammars.people.voices import voice_span
from services.extract.grammars.people.words import is_governed, words_of
from services.extract.grammars.quotation import is_quoted
from services.extract.matching import Match
from services.extract.reading import Reading

BREAKS = (" that ", " que ", ";", ":", '"', "»", "”")  # behind them another clause begins
_NOUNS = ("subject", "office", "coalition", "voice")
_CLAUSE_WORDS = 4
_ARTICLE = 5  # characters
_ASIDES = frozenset((",", "-"))  # what parts an aside from its clause
_ASIDE_LEAD = 30  # characters
_LONGEST_ASIDE = 45  # characters
_SINGULAR_ENDS = ("ient", "dement", "consent", "pressent", " ment")  # intervient, dément
_PLURAL_AUXILIARIES = frozenset(("ont", "sont", "avaient", "etaient", "auront", "seront"))
_OPENERS = tuple([word] for word in function_words("aside_openers"))


def nearest_before(scene: Scene) -> Saying | None:
    """Return the subject nearest before a verb: a title, a pronoun, a group, or a person."""
    start = scene.verb.start
    before = [m for m in scene.mentions if m.end <= start]
    floor = before[-1].end if before else scene.sentence.start
    for noun in scene.reading.of_kinds(_NOUNS, floor, start):
        if _is_clause_subject(scene, noun) and not is_quoted(scene.reading, noun.start):
            return _by_match(scene, noun)
    if not before:
        ranked = ranked_before(scene.reading, scene.cast, floor, start)
        return Saying(start, scene.verb.end, person=ranked) if ranked is not None else None
    nearest = _past_aside(scene, before)
    if (
        _is_of_many(scene.verb, scene.reading)
        and len(list(joined_before(scene.reading, before))) < 2
    ):
        return scene.pronoun(plural=True)
    gap = scene.reading.lower[nearest.end if nearest is before[-1] else floor : start]
    return None if any(mark in gap for mark in BREAKS) else scene.by(nearest)


def _is_of_many(verb: Match, reading: Reading) -> bool:
    """Tell whether a French verb is a plural, which one person is no subject of."""
    if verb.lang != "fr":
        return False
    words = reading.lower[verb.start : verb.end].replace("'", " ").split()
    plural = words[-1].endswith("ent") and not words[-1].endswith(_SINGULAR_ENDS)
    return plural or not _PLURAL_AUXILIARIES.isdisjoint(words[:2])


def _past_aside(scene: Scene, before: Sequence[Mention]) -> Mention:
    """Return the last person before a verb, past those in an aside ("X, who met Y, said")."""
    text, last = scene.reading.lower, before[-1]
    closing = text[: scene.verb.start].rstrip()[-1:]
    if len(before) < 2 or closing not in _ASIDES:
        return last
    for mention in before[:-1]:
        behind = text[mention.end : mention.end + _ASIDE_LEAD].lstrip()
        if behind.startswith(closing) and behind[1:].split(None, 1)[:1] in _OPENERS:
            return mention
    return last


def _is_clause_subject(scene: Scene, match: Match) -> bool:
    """Tell whether a noun is the subject of the verb behind it, and of no clause between."""
    reading, start = scene.reading, scene.verb.start
    if is_governed(reading, match.start):
        return False
    if reading.lower.find(",", match.end, start) >= 0:
        return _is_aside(reading.lower[match.end : start])
    plural = match.kind == "subject" and match.payload.get("number") == "plural"
    return plural or len(words_of(reading, match.end, start)) <= _CLAUSE_WORDS


def _is_aside(gap: str) -> bool:
    """Tell whether two commas enclose what parts a subject and its verb (", for his part,").

    The auxiliary of the verb may stand before the first ("il a, pour sa part, souligné").
    """
    lead, _, rest = gap.strip().partition(",")
    inside = rest[:-1]
    apart = rest.endswith(",") and 0 < len(inside) < _LONGEST_ASIDE and "," not in inside
    return apart and (not lead or lead in function_words("auxiliaries"))


def _by_match(scene: Scene, subject: Match) -> Saying | None:
    if subject.kind == "office":
        return scene.by_title((subject.start, subject.end))
    voices = scene.reading.matches("voice", subject.start, subject.end)
    if voices and voices[0].start - subject.start < _ARTICLE:
        return scene.by_group(voice_span(scene.reading, voices[0], scene.sentence))
    if subject.payload.get("sort") not in ("person", "pronoun"):
        return scene.by_group((subject.start, subject.end))
    return scene.pronoun(plural=subject.payload.get("number") == "plural")
