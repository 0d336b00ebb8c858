"""Who says what: for each verb of saying its subject, also when it is only a pronoun or a title."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from services.extract.grammars.function_words import function_words
from services.extract.grammars.people.cast import Cast, Mention, cast_of
from services.extract.grammars.people.saying import Saying, Scene
from services.extract.grammars.people.verbs import verbs_of
from services.extract.grammars.people.voices import voice_span
from services.extract.grammars.people.words import is_governed, words_of
from services.extract.grammars.quotation import is_quoted
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_SILENT_ACTS = ("adopt", "launch", "review", "agree", "support", "thank")
_LINKS = frozenset(("قد", "فقد", "الذي", "التي"))
_NOUNS = ("subject", "office", "coalition", "voice")
_LATEST = ("ce dernier", "cette derniere", "the latter")
_SOURCES = ("selon", "according to")
_ALL_OF, _ALL_OF_REACH = "كل من", 60
_BREAKS = (" that ", " que ", ";", ":", '"', "»", "”")
_CLAUSE_WORDS = 4
_ADVERBIAL = 7
_OPENING = 12
_ARTICLE = 5  # characters
_HEAD = 90  # characters of a headline before its colon
_HEAD_LEAD = 30
_LONGEST_ADVERBIAL = 9  # words
_HEAD_TAIL = 3  # words between a name and its colon


@lru_cache(maxsize=1)
def speakers_of(reading: Reading) -> tuple[Saying, ...]:
    """Return the sayings of a text by place; one verb may have several speakers.

    The last text's are kept, since roles and quotes both ask for them.
    """
    cast = cast_of(reading)
    found: list[Saying] = []
    last: Saying | None = None
    talker: int | None = None  # the last person who spoke, or of whom the text speaks
    for sentence in prose(reading, tweets=False):
        told = False
        if sentence.lang == "fr" and (source := _source(reading, cast, sentence)):
            found.append(source)
        if head := _headed(reading, cast, sentence):
            found.append(head)
            last, talker, told = head, head.person, True
        for verb in verbs_of(reading, sentence):
            sayings = list(_subjects(Scene(reading, cast, sentence, verb, last, talker)))
            if sayings:
                last, told = sayings[0], True
                talker = talker if last.person is None else last.person
            spoken = _is_spoken(reading, verb)
            for saying in sayings:
                saying.spoken = spoken
            found.extend(sayings)
        mentions = cast.between(sentence.start, sentence.end)
        if mentions and not told:  # for a pronoun to come
            talker = mentions[0].person
            last = Saying(sentence.start, sentence.start, person=talker)
    return tuple(found)


def _headed(reading: Reading, cast: Cast, sentence: Sentence) -> Saying | None:
    """Return the saying of a head before a colon: "General X: we will stay", "الوزراء: «…»"."""
    colon = reading.lower.find(":", sentence.start, min(sentence.start + _HEAD, sentence.end))
    if colon < 0 or colon + 2 >= sentence.end or reading.lower[colon + 1].isdigit():
        return _headed_later(reading, cast, sentence, colon)
    start = sentence.start
    if reading.of_kinds(("speech", "act"), start, colon):
        return None
    row = [m for m in cast.between(start, colon) if m.end <= colon]
    if row:
        opens = len(row) == 1 and row[0].start - start <= _HEAD_LEAD
        near = len(words_of(reading, row[0].end, colon)) <= _HEAD_TAIL
        return Saying(colon, colon + 1, person=row[0].person) if opens and near else None
    if reading.lower[colon + 1 : colon + 4].strip()[:1] not in "\"«“'‹":
        return None
    for match in reading.of_kinds(("subject", "coalition"), start, colon)[:1]:
        if match.start - start <= 2 and match.payload.get("sort") in ("people", "states", None):
            return Saying(colon, colon + 1, group=voice_span(reading, match, sentence))
    return None


def _headed_later(reading: Reading, cast: Cast, sentence: Sentence, colon: int) -> Saying | None:
    """Return the saying of a head behind an hour ("15:30 Estonia's X: …")."""
    second = reading.lower.find(":", colon + 1, min(sentence.start + _HEAD, sentence.end))
    if colon < 0 or second < 0:
        return None
    row = [m for m in cast.between(colon, second) if m.end == second]
    return Saying(second, second + 1, person=row[0].person) if len(row) == 1 else None


def _source(reading: Reading, cast: Cast, sentence: Sentence) -> Saying | None:
    """Return the saying of "Pour le général X, …", which needs no verb."""
    if not reading.lower.startswith("pour ", sentence.start):
        return None
    start = sentence.start
    for mention in cast.between(start, start + _OPENING):
        if reading.lower[mention.end : mention.end + 1] == ",":
            return Saying(start, start + len("pour"), person=mention.person)
    return None


def _is_spoken(reading: Reading, verb: Match) -> bool:
    """Tell whether a verb brings words: acts of deciding alone do not."""
    if verb.kind == "speech" or reading.matches("speech", verb.start, verb.end):
        return True
    act = verb.payload.get("act")
    return act is not None and act not in _SILENT_ACTS


def _subjects(scene: Scene) -> Iterator[Saying]:
    person = scene.verb.payload.get("person", "it")
    arabic = scene.verb.lang == "ar"
    if person == "inverted" or (person == "they" and arabic):
        if (found := scene.pronoun(plural=person == "they")) is not None:
            yield found
    elif arabic and person == "it":
        yield from _arabic(scene)
    elif person in ("it", "they"):
        yield from _latin(scene)


def _arabic(scene: Scene) -> Iterator[Saying]:
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
    elif title := scene.match_next(("office",)):
        yield scene.by_title(title)
    elif voice := scene.voice_next():
        yield scene.by_group(voice_span(scene.reading, voice, scene.sentence))
    elif after and _is_behind_adverbial(scene, after[0]):
        yield scene.by(after[0])
    elif not scene.verb.payload.get("noun") or _brings_clause(scene):
        yield from _left_out(scene)


def _is_behind_adverbial(scene: Scene, mention: Mention) -> bool:
    """Tell whether only an adverbial parts an Arabic verb and its subject (قال في كلمته الوزير)."""
    start, end = scene.verb.end, mention.start
    gap = words_of(scene.reading, start, end)
    text = scene.reading.lower[start:end]
    if not gap or len(gap) > _LONGEST_ADVERBIAL or any(mark in text for mark in ':"«»“”'):
        return False
    words = [w.text for w in gap]
    opens = words[0] in function_words("adverbials_ar")
    that = any(w in ("ان", "بان", "بانه", "انه") for w in words)
    closes = words[-1].startswith("ال") or words[-1].endswith(("ه", "ها", "هم"))
    return opens and not that and (closes or text.rstrip().endswith(","))


def _from_text(scene: Scene) -> Iterator[Saying]:
    """Yield the text that says something, named before the verb ("صدر بيان جاء فيه أن …")."""
    before = scene.reading.matches("subject", scene.sentence.start, scene.verb.end)
    texts = [m for m in before if m.payload.get("sort") == "text"]
    if texts:
        yield scene.by_group((texts[-1].start, texts[-1].end))


def _led_by(scene: Scene) -> Saying | None:
    """Return the subject before an Arabic verb with قد ("وكان الوزير قد أكد")."""
    start = max(scene.sentence.start, scene.verb.outer - 12)
    lead = words_of(scene.reading, start, scene.verb.outer)[-1:]
    if not lead or lead[0].text != "قد":
        return None
    found = _nearest_before(scene)
    return found if found is not None and found.group is None else None


def _brings_clause(scene: Scene) -> bool:
    """Tell whether "that" follows, which makes a verb of a form that is a noun too (ذكر أن)."""
    end = scene.verb.end
    following = words_of(scene.reading, end, min(end + 8, scene.sentence.end))
    return bool(following) and following[0].text == "ان"


def _names_all(scene: Scene, first: Mention) -> bool:
    gap = scene.reading.lower[scene.verb.end : first.start]
    return _ALL_OF in gap and len(gap) < _ALL_OF_REACH


def _left_out(scene: Scene) -> Iterator[Saying]:
    """Yield the subject left out of an Arabic verb: the sentence's person, or the last speaker."""
    before = [m for m in scene.mentions if m.name_end <= scene.verb.outer]
    if before and _is_inverted(scene, before[-1]):
        yield scene.by(before[-1])
    elif before and scene.last is not None and scene.last.start < scene.sentence.start:
        yield scene.by(before[0])
    elif not _has_other_subject(scene) and (found := scene.pronoun()) is not None:
        yield found


def _is_inverted(scene: Scene, mention: Mention) -> bool:
    words = [w.text for w in words_of(scene.reading, mention.name_end, scene.verb.start)]
    return scene.verb.clitics.startswith("ف") or not words or words[-1] in _LINKS


def _has_other_subject(scene: Scene) -> bool:
    """Tell whether a word that can only be another subject follows the verb."""
    end = scene.verb.end
    following = words_of(scene.reading, end, min(end + 30, scene.sentence.end))
    return bool(following) and following[0].text.startswith("ال") and len(following[0].text) > 4


def _latin(scene: Scene) -> Iterator[Saying]:
    """Yield the subject of a French or English verb: before it, or behind it after a quotation."""
    if _hangs_on(scene) and scene.last is not None:
        yield scene.like(scene.last)  # ", stressing that …" goes on with the verb before
        return
    found = _behind(scene) if _may_invert(scene) else None
    found = found or _nearest_before(scene)
    if found is not None:
        yield found


def _hangs_on(scene: Scene) -> bool:
    """Tell whether an English participle behind a comma follows a saying of its sentence."""
    before = scene.reading.lower[scene.sentence.start : scene.verb.start].rstrip()
    if not before.endswith(",") or not _text(scene, scene.verb).endswith("ing"):
        return False
    return scene.last is not None and scene.last.start > scene.sentence.start


def _may_invert(scene: Scene) -> bool:
    """Tell whether a quotation ends right before the verb, or a clause that names its speaker last.

    "We are ready, said X." inverts; "X, the minister, told Y" does not.
    """
    verb = scene.verb
    if verb.payload.get("transitive"):
        return False
    before = scene.reading.lower[scene.sentence.start : verb.start].rstrip()
    if not before or before[-1] in "\"»”'?!" or _text(scene, verb) in _SOURCES:
        return True
    if before[-1] != ",":
        return False
    after = scene.after if verb.kind == "speech" else []
    named = any(m.end <= verb.start for m in scene.mentions)
    return not named or (bool(after) and scene.reading.lower[after[0].end :][:1] in ",.;")


def _text(scene: Scene, match: Match) -> str:
    return scene.reading.lower[match.start : match.end]


def _behind(scene: Scene) -> Saying | None:
    after, end = scene.after, scene.verb.end
    if after and scene.is_next(end, after[0].start):
        return scene.by(after[0])
    if title := scene.match_next(("office",)):
        return scene.by_title(title)
    if voice := scene.voice_next():
        return scene.by_group(voice_span(scene.reading, voice, scene.sentence))
    if after and _closes_quotation(scene) and _is_near(scene, after[0]):
        return scene.by(after[0])
    latest = scene.cast.before(scene.verb.start, 1)
    if latest and scene.reading.lower[end : end + 20].strip().startswith(_LATEST):
        return scene.by(latest[0])
    return None


def _closes_quotation(scene: Scene) -> bool:
    """Tell whether a quotation ends right before the verb, with a comma or without."""
    start = max(scene.sentence.start, scene.verb.start - 4)
    return any(mark in scene.reading.lower[start : scene.verb.start] for mark in "»”\"'")


def _is_near(scene: Scene, mention: Mention) -> bool:
    """Tell whether only an adverbial stands between ("a lancé à l'ouverture le général …")."""
    gap = scene.reading.lower[scene.verb.end : mention.start]
    words = gap.replace("'", " ").split()
    return len(words) <= _ADVERBIAL and not any(b in gap for b in (*_BREAKS, "«", "“"))


def _nearest_before(scene: Scene) -> Saying | None:
    """Return the subject nearest before a verb: a title, a pronoun, a group, or a person."""
    verb = scene.verb
    before = [m for m in scene.mentions if m.end <= verb.start]
    floor = before[-1].end if before else scene.sentence.start
    between = scene.reading.of_kinds(_NOUNS, floor, verb.start)
    near = [
        m for m in between if _is_clause_subject(scene, m) and not is_quoted(scene.reading, m.start)
    ]
    if near:
        return _by_match(scene, near[0])
    gap = scene.reading.lower[floor : verb.start]
    return scene.by(before[-1]) if before and not any(b in gap for b in _BREAKS) else None


def _is_clause_subject(scene: Scene, match: Match) -> bool:
    """Tell whether a noun is the subject of the verb behind it, and of no clause between."""
    gap = scene.reading.lower[match.end : scene.verb.start]
    if "," in gap or is_governed(scene.reading, match.start):
        return False
    plural = match.kind == "subject" and match.payload.get("number") == "plural"
    return plural or len(words_of(scene.reading, match.end, scene.verb.start)) <= _CLAUSE_WORDS


def _by_match(scene: Scene, subject: Match) -> Saying | None:
    if subject.kind == "office":
        return scene.by_title((subject.start, subject.end))
    voices = scene.reading.matches("voice", subject.start, subject.end)
    if voices and voices[0].start - subject.start < _ARTICLE:
        return scene.by_group(voice_span(scene.reading, voices[0], scene.sentence))
    if subject.payload.get("sort") not in ("person", "pronoun"):
        return scene.by_group((subject.start, subject.end))
    return scene.pronoun(plural=subject.payload.get("number") == "plural")
