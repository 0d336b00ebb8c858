"""The subject of a French or English verb of saying: before it, or behind it after a quotation."""

from __future__ import annotations

from services.extract.grammars.people.cast import Mention
from services.extract.grammars.people.saying import Saying, Scene
from services.extract.grammars.people.subjects import BREAKS, nearest_before
from services.extract.grammars.people.voices import voice_span
from services.extract.matching import Match

_LATEST = ("ce dernier", "cette derniere", "the latter")
_SOURCES = ("selon", "according to", "d'apres", "a en croire")
_ADVERBIAL = 7
_CLOSINGS = ("»", "”", '"', "' ", "',")  # no apostrophe of a word


def latin_subject(scene: Scene) -> Saying | None:
    """Return the subject of a verb, or None where the text does not tell."""
    before = scene.reading.lower[scene.sentence.start : scene.verb.start].rstrip()
    if _hangs_on(scene, before) and scene.last is not None:
        return scene.like(scene.last)  # ", stressing that …" goes on with the verb before
    if scene.verb.payload.get("text"):
        return _text_before(scene)
    found = _behind(scene) if _may_invert(scene, before) else None
    return found or nearest_before(scene)


def _text_before(scene: Scene) -> Saying | None:
    """Return the saying of the text nearest before a verb of which only texts are subjects."""
    before = scene.reading.matches("subject", scene.sentence.start, scene.verb.start)
    texts = [m for m in before if m.payload.get("sort") == "text"]
    return scene.by_group((texts[-1].start, texts[-1].end)) if texts else None


def _hangs_on(scene: Scene, before: str) -> bool:
    """Tell whether an English participle behind a comma follows a saying of its sentence."""
    last = scene.last
    if last is None or last.start <= scene.sentence.start or not before.endswith(","):
        return False
    return _text(scene, scene.verb).endswith("ing")


def _may_invert(scene: Scene, before: str) -> bool:
    """Tell whether a quotation ends right before the verb, or a clause that names its speaker last.

    "We are ready, said X." inverts; "X, the minister, told Y" does not.
    """
    verb = scene.verb
    if verb.payload.get("transitive"):
        return False
    if not before or before[-1] in "\"»”'?!" or _text(scene, verb) in _SOURCES:
        return True
    if before[-1] != ",":
        return False
    after = scene.after if verb.kind == "speech" else ()
    named = any(m.end <= verb.start for m in scene.mentions)
    return not named or (bool(after) and scene.reading.lower[after[0].end :][:1] in ",.;")


def _text(scene: Scene, match: Match) -> str:
    return scene.reading.lower[match.start : match.end]


def _behind(scene: Scene) -> Saying | None:
    after, end = scene.after, scene.verb.end
    if after and scene.is_next(end, after[0].start):
        return scene.by(after[0])
    if title := scene.match_next("office"):
        return scene.by_title(title)
    if voice := scene.voice_next():
        return scene.by_group(voice_span(scene.reading, voice, scene.sentence))
    if after and _closes_quotation(scene) and _is_near(scene, after[0]):
        return scene.by(after[0])
    if ranked := scene.ranked_next():
        return ranked
    quoted = _closes_quotation(scene) and _text(scene, scene.verb) not in _SOURCES
    if quoted and (group := scene.group_next()):
        return scene.by_group(group)
    latest = scene.cast.before(scene.verb.start, 1)
    if latest and scene.reading.lower[end : end + 20].strip().startswith(_LATEST):
        return scene.by(latest[0])
    return None


def _closes_quotation(scene: Scene) -> bool:
    """Tell whether a quotation ends right before the verb, with a comma or without."""
    gap = scene.reading.lower[max(scene.sentence.start, scene.verb.start - 4) : scene.verb.start]
    return any(mark in gap for mark in _CLOSINGS)


def _is_near(scene: Scene, mention: Mention) -> bool:
    """Tell whether only an adverbial stands between ("a lancé à l'ouverture le général …")."""
    gap = scene.reading.lower[scene.verb.end : mention.start]
    words = gap.replace("'", " ").split()
    return len(words) <= _ADVERBIAL and not any(b in gap for b in (*BREAKS, "«", "“"))
