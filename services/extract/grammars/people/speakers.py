"""Who says what: for each verb of saying its subject, also when it is only a pronoun or a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.people.absence import absent, own_mentions
from services.extract.grammars.people.arabic_subjects import arabic_subjects
from services.extract.grammars.people.cast import Mention, cast_of
from services.extract.grammars.people.heads import headed, source
from services.extract.grammars.people.latin_subjects import latin_subject
from services.extract.grammars.people.saying import Saying, Scene
from services.extract.grammars.people.verbs import VERBS, verbs_of
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence

_SILENT_ACTS = ("adopt", "launch", "review", "agree", "support", "thank")


def speakers_of(reading: Reading) -> tuple[Saying, ...]:
    """Return the sayings of a text by place; one verb may have several speakers.

    They are kept with the reading, since roles and quotes both ask for them.
    """
    kept: tuple[Saying, ...] | None = reading.kept.get("sayings")
    if kept is None:
        kept = reading.kept["sayings"] = tuple(_sayings(reading))
    return kept


def _sayings(reading: Reading) -> list[Saying]:
    cast = cast_of(reading)
    found: list[Saying] = []
    last: Saying | None = None
    talker: int | None = None  # the last person who spoke, or of whom the text speaks
    verbs_in = reading.by_sentence(VERBS)
    for sentence in prose(reading, tweets=False):
        told = False
        mentions = cast.within(sentence)
        if mentions and sentence.lang == "fr" and (opened := source(reading, cast, sentence)):
            found.append(opened)
        if head := headed(reading, cast, sentence):
            found.append(head)
            last, talker, told = head, head.person, True
        for verb in verbs_of(reading, sentence) if sentence.index in verbs_in else ():
            scene = Scene(reading, cast, sentence, verb, mentions, last, talker)
            sayings = list(_subjects(scene))
            if not sayings:
                continue
            last, told = sayings[0], True
            talker = talker if last.person is None else last.person
            spoken = _is_spoken(reading, verb)
            for saying in sayings:
                saying.spoken = spoken
            found += sayings
        first = None if told else _spoken_of(reading, sentence, mentions)
        if first is not None:  # for a pronoun to come
            talker = first.person
            last = Saying(sentence.start, sentence.start, person=talker)
    return found


def _spoken_of(reading: Reading, sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    """Return the person of whom a sentence speaks: its first, if they are there."""
    triggers = reading.by_sentence("role").get(sentence.index, ())
    if not mentions or not triggers:
        return mentions[0] if mentions else None
    away = absent(reading, triggers, mentions)
    own = own_mentions(sentence, triggers, mentions[:1])
    return own[0] if own and own[0].person not in away else None


def _is_spoken(reading: Reading, verb: Match) -> bool:
    """Tell whether a verb brings words: acts of deciding alone do not."""
    if verb.kind == "speech" or reading.matches("speech", verb.start, verb.end):
        return True
    act = verb.payload.get("act")
    return act is not None and act not in _SILENT_ACTS


def _subjects(scene: Scene) -> Iterator[Saying]:
    verb = scene.verb
    person = verb.payload.get("person", "it")
    arabic = verb.lang == "ar"
    if person == "inverted" or (person == "they" and arabic):
        if (found := scene.pronoun(plural=person == "they")) is not None:
            yield found
    elif arabic and person == "it":
        yield from arabic_subjects(scene)
    elif person in ("it", "they") and (found := latin_subject(scene)) is not None:
        yield found
