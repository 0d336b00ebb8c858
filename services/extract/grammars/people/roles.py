"""Roles: who chaired, hosted, spoke, took part, or was only mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.extract.grammars.people.absence import absent, own_mentions, own_triggers
from services.extract.grammars.people.cast import Cast, Mention
from services.extract.grammars.people.company import coordinated, followers, joined_before
from services.extract.grammars.people.leaders import leads_delegation, leads_institution
from services.extract.grammars.people.players import players_of
from services.extract.grammars.people.receptions import (
    guests,
    handing,
    has_meeting,
    hosts_persons,
    is_apposed,
    is_reception,
    visited,
)
from services.extract.grammars.people.saying import Saying
from services.extract.grammars.people.speakers import speakers_of
from services.extract.grammars.people.words import is_governed, names, words_of
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Role

_RANK: dict[Role, int] = {"chair": 4, "host": 3, "speaker": 2, "participant": 1, "mentioned": 0}
_OPENING = 5


def roles_of(reading: Reading, cast: Cast) -> list[Role]:
    """Return each individual's highest role, in the order of the cast."""
    roles: list[Role] = ["mentioned"] * len(cast.people)
    if not roles:
        return roles  # the texts that name nobody are many, and who says what costs a tenth
    claims = list(_claims(reading, cast))
    told = any(role == "chair" or (role == "host" and not calls) for _, role, calls in claims)
    for person, role, calls in claims:
        if calls and told:
            continue  # who receives the delegations is no host of a meeting that has its own
        if _RANK[role] > _RANK[roles[person]]:
            roles[person] = role
    return roles


def _claims(reading: Reading, cast: Cast) -> Iterator[tuple[int, Role, bool]]:
    """Yield persons with a part they played, and whether it was in a call on somebody."""
    spoke: set[int] = set()
    for speaker in speakers_of(reading):
        if speaker.person is not None and speaker.spoken:
            for person in _voices(reading, cast, speaker, speaker.person):
                spoke.add(person)
                yield person, "speaker", False
    triggers_in = reading.by_sentence("role")
    for sentence in prose(reading):
        mentions = cast.within(sentence)
        triggers = triggers_in.get(sentence.index, ())
        if not mentions and not triggers:
            continue
        away = absent(reading, triggers, mentions)
        own = own_triggers(sentence, triggers)
        mentions = own_mentions(sentence, triggers, mentions)
        for person, role, calls in _parts(reading, cast, sentence, own, mentions):
            if person not in away:
                if role == "speaker":
                    spoke.add(person)
                yield person, role, calls
        for mention in followers(reading, mentions, spoke):
            yield mention.person, "speaker", False


def _parts(
    reading: Reading,
    cast: Cast,
    sentence: Sentence,
    triggers: Sequence[Match],
    mentions: Sequence[Mention],
) -> Iterator[tuple[int, Role, bool]]:
    """Yield the parts that the verbs and nouns of one sentence give its people."""
    if mentions and _is_acting(reading, cast, sentence, mentions[0]):
        called = any(map(_calls, triggers))
        yield from ((m.person, "participant", called) for m in coordinated(reading, mentions))
    for trigger in triggers:
        if _holds(reading, trigger, mentions):
            calls = _calls(trigger)
            for person, role in _played(reading, cast, sentence, trigger, mentions):
                yield person, role, calls


def _calls(trigger: Match) -> bool:
    """Tell whether a verb brings a call on somebody, or a reception."""
    return bool(trigger.payload.get("guest") or trigger.payload.get("caller"))


def _played(
    reading: Reading,
    cast: Cast,
    sentence: Sentence,
    trigger: Match,
    mentions: Sequence[Mention],
) -> Iterator[tuple[int, Role]]:
    """Yield the parts that one verb or noun gives the people of its sentence."""
    payload = trigger.payload
    role: Role = payload["role"]
    if role == "chair" and leads_delegation(reading, sentence, trigger):
        role = "participant"
    elif role == "chair" and leads_institution(reading, sentence, trigger):
        return
    if payload.get("deputy"):
        yield from ((m.person, role) for m in mentions if m.start >= trigger.end)
    elif payload.get("visited"):
        yield from ((m.person, role) for m in visited(reading, trigger, mentions))
    elif payload.get("handover"):
        yield from ((m.person, role) for m in handing(reading, trigger, mentions))
    else:
        players = list(players_of(reading, cast, sentence, trigger, mentions))
        yield from ((m.person, role) for m in players)
        if payload.get("guest") or hosts_persons(reading, trigger, mentions, players):
            received = guests(reading, trigger, mentions, players)
            yield from ((m.person, "participant") for m in received)
        if payload.get("caller"):
            callers = joined_before(reading, [m for m in mentions if m.end <= trigger.start])
            yield from ((m.person, "participant") for m in callers)


def _holds(reading: Reading, trigger: Match, mentions: Sequence[Mention]) -> bool:
    """Tell whether a trigger has beside it what its entry asks for."""
    payload = trigger.payload
    if payload.get("guest") and not is_reception(trigger, mentions):
        return False
    if payload.get("object") and not has_meeting(reading, trigger, mentions):
        return False
    return not payload.get("apposed") or is_apposed(reading, trigger, mentions)


def _voices(reading: Reading, cast: Cast, saying: Saying, person: int) -> Iterator[int]:
    """Yield the person who says something, and those who share the verb ("X and Y said")."""
    yield person
    sentence = reading.sentence_at(saying.start)
    row = cast.within(sentence) if sentence is not None else ()
    if sentence is None or len(row) < 2:
        return
    before = [m for m in row if m.end <= saying.start] if sentence.lang != "ar" else ()
    after = [m for m in row if m.start >= saying.end]
    if before and before[-1].person == person:
        yield from (m.person for m in joined_before(reading, before))
    elif after and after[0].person == person:
        yield from (m.person for m in coordinated(reading, after))


def _is_acting(reading: Reading, cast: Cast, sentence: Sentence, first: Mention) -> bool:
    """Tell whether a sentence of a paragraph deals with the acts of an officer, who took part."""
    person = cast.people[first.person]
    if sentence.segment.kind != "body":
        return False
    if person.titled is None and person.namings[0].country is None:
        return False
    if sentence.lang != "ar":
        opens = first.start < sentence.start + _OPENING
    else:
        opens = len(words_of(reading, sentence.start, first.start)) <= 1
        opens = opens and not is_governed(reading, first.start)
    ahead = reading.lower[first.end : first.end + 12].strip(" ,")
    return opens and not ahead.startswith(tuple(names("no_acts")))
