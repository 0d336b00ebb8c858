"""The subject of an Arabic verb of saying: behind it, before it, or left out."""

from __future__ import annotations

from collections.abc import Iterator

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Mention
from services.extract.grammars.people.saying import Saying, Scene
from services.extract.grammars.people.subjects import nearest_before
from services.extract.grammars.people.voices import voice_span
from services.extract.grammars.people.words import word_before, words_of

_LINKS = frozenset(("قد", "فقد", "الذي", "التي"))
_THAT = frozenset(("ان", "بان", "بانه", "انه"))
_ALL_OF, _ALL_OF_REACH = "كل من", 60
_LONGEST_ADVERBIAL = 9  # words
_LEAD = 12


def arabic_subjects(scene: Scene) -> Iterator[Saying]:
    """Yield the subjects of an Arabic verb: behind it, or before it with قد, الذي or ف."""
    after = scene.after
    if scene.verb.payload.get("text"):
        yield from _from_text(scene)
    elif led := _led_by(scene):
        yield led
    elif after and scene.is_next(scene.verb.end, after[0].start):
        yield scene.by(after[0])
    elif after and _names_all(scene, after[0]):
        yield from map(scene.by, after)
    elif group := scene.group_next():
        yield scene.by_group(group)
    elif title := scene.match_next("office"):
        yield scene.by_title(title)
    elif voice := scene.voice_next():
        yield scene.by_group(voice_span(scene.reading, voice, scene.sentence))
    elif after and _is_behind_adverbial(scene, after[0]):
        yield scene.by(after[0])
    elif (found := scene.ranked_next() or _omitted(scene)) is not None:
        yield found


def _omitted(scene: Scene) -> Saying | None:
    """Return the subject left out of a verb; of one that is a noun too only if a clause follows."""
    if scene.verb.payload.get("noun") and not _brings_clause(scene):
        return None
    return _left_out(scene)


def _is_behind_adverbial(scene: Scene, mention: Mention) -> bool:
    """Tell whether only an adverbial parts an Arabic verb and its subject (قال في كلمته الوزير)."""
    start, end = scene.verb.end, mention.start
    gap = words_of(scene.reading, start, end)
    text = scene.reading.lower[start:end]
    if not gap or len(gap) > _LONGEST_ADVERBIAL or any(mark in text for mark in ':"«»“”'):
        return False
    words = [w.text for w in gap]
    if words[0] not in function_words("adverbials_ar") or not _THAT.isdisjoint(words):
        return False
    closes = words[-1].startswith("ال") or words[-1].endswith(("ه", "ها", "هم"))
    return closes or text.rstrip().endswith(",")


def _from_text(scene: Scene) -> Iterator[Saying]:
    """Yield the text that says something, named before the verb ("صدر بيان جاء فيه أن …")."""
    before = scene.reading.matches("subject", scene.sentence.start, scene.verb.end)
    texts = [m for m in before if m.payload.get("sort") == "text"]
    if texts:
        yield scene.by_group((texts[-1].start, texts[-1].end))


def _led_by(scene: Scene) -> Saying | None:
    """Return the subject before an Arabic verb with قد ("وكان الوزير قد أكد")."""
    place = scene.verb.outer
    if word_before(scene.reading, place, max(scene.sentence.start, place - _LEAD)) != "قد":
        return None
    found = nearest_before(scene)
    return found if found is not None and found.group is None else None


def _brings_clause(scene: Scene) -> bool:
    """Tell whether "that" follows, which makes a verb of a form that is a noun too (ذكر أن)."""
    end = scene.verb.end
    following = words_of(scene.reading, end, min(end + 8, scene.sentence.end))
    return bool(following) and following[0].text == "ان"


def _names_all(scene: Scene, first: Mention) -> bool:
    gap = scene.reading.lower[scene.verb.end : first.start]
    return _ALL_OF in gap and len(gap) < _ALL_OF_REACH


def _left_out(scene: Scene) -> Saying | None:
    """Return the subject left out of an Arabic verb: the sentence's person, or the last speaker."""
    before = [m for m in scene.mentions if m.name_end <= scene.verb.outer]
    if before and _is_inverted(scene, before[-1]):
        return scene.by(before[-1])
    if before and (scene.last is None or scene.last.start < scene.sentence.start):
        return scene.by(before[0])
    return None if _has_other_subject(scene) else scene.pronoun()


def _is_inverted(scene: Scene, mention: Mention) -> bool:
    if scene.verb.clitics.startswith("ف"):
        return True
    words = words_of(scene.reading, mention.name_end, scene.verb.start)
    return not words or words[-1].text in _LINKS


def _has_other_subject(scene: Scene) -> bool:
    """Tell whether a word that can only be another subject follows the verb."""
    end = scene.verb.end
    following = words_of(scene.reading, end, min(end + 30, scene.sentence.end))
    return bool(following) and following[0].text.startswith("ال") and len(following[0].text) > 4
