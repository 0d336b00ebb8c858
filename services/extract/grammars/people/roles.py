"""Roles: who chaired, hosted, spoke, took part, or was only mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from services.extract.grammars.people.cast import Cast, Mention
from services.extract.grammars.people.speakers import speakers_of
from services.extract.grammars.people.words import is_governed, names, words_of
from services.extract.grammars.sentences import prose
from services.extract.matching import Match
from services.extract.reading import Reading
from services.extract.segments import Sentence
from shared.record import Role

_RANK: dict[Role, int] = {"chair": 4, "host": 3, "speaker": 2, "participant": 1, "mentioned": 0}
_FUTURE = (
    "did not",
    "n'a pas",
    "n'ont pas",
    "will ",
    "is due",
    "is to ",
    "would ",
    "doit ",
    "devait ",
)
_DELEGATIONS = ("delegation", " وفد", " وفدا")
_DELEGATION_REACH = 30
_REACH = 70
_LIST_REACH = 160
_OPENING = 5
_NEAR_WORDS = 3
_LIST_MARKS = (",", ", le", ", la", ", l'", ", the")
_NEAR = 12
_ADVERBIAL = 40
_JOINT_REACH = 60


def roles_of(reading: Reading, cast: Cast) -> list[Role]:
    """Return each individual's highest role, in the order of the cast."""
    roles: list[Role] = ["mentioned"] * len(cast.people)
    if not roles:
        return roles  # the texts that name nobody are many, and who says what costs a tenth
    for person, role in _claims(reading, cast):
        if _RANK[role] > _RANK[roles[person]]:
            roles[person] = role
    return roles


def _claims(reading: Reading, cast: Cast) -> Iterator[tuple[int, Role]]:
    for speaker in speakers_of(reading):
        if speaker.person is not None and speaker.spoken:
            yield speaker.person, "speaker"
    for sentence in prose(reading):
        mentions = cast.between(sentence.start, sentence.end)
        triggers = reading.inside("role", sentence)
        if not mentions and not triggers:
            continue
        away = _absent(reading, triggers, mentions)
        for person, role in _parts(reading, cast, sentence, triggers, mentions):
            if person not in away:
                yield person, role


def _parts(
    reading: Reading,
    cast: Cast,
    sentence: Sentence,
    triggers: Sequence[Match],
    mentions: Sequence[Mention],
) -> Iterator[tuple[int, Role]]:
    """Yield the parts that the verbs and nouns of one sentence give its people."""
    for person in _acting(reading, cast, sentence, mentions):
        yield person, "participant"
    for trigger in triggers:
        role: Role = trigger.payload["role"]
        guests = bool(trigger.payload.get("guest"))
        if trigger.payload.get("absent") or (guests and not _is_reception(trigger, mentions)):
            continue
        if role == "chair" and _leads_delegation(reading, sentence, trigger):
            role = "participant"
        players = list(_players(reading, cast, sentence, trigger, mentions))
        yield from ((m.person, role) for m in players)
        if guests:
            yield from _guests(trigger, mentions, players)


def _is_reception(trigger: Match, mentions: Sequence[Mention]) -> bool:
    """Tell whether somebody is received, and not a decision: a person follows the verb."""
    reach = _ADVERBIAL if trigger.lang == "fr" else _NEAR  # "a reçu samedi à Abidjan le …"
    return trigger.lang == "ar" or any(
        0 <= m.start - trigger.end <= reach for m in mentions if m.start >= trigger.end
    )


def _guests(
    trigger: Match, mentions: Sequence[Mention], hosts: Sequence[Mention]
) -> Iterator[tuple[int, Role]]:
    """Yield those whom a host received: named behind the verb, and behind the host."""
    floor = max([trigger.end, *(h.name_end for h in hosts)])
    for mention in [m for m in mentions if m.name_start >= floor][:1]:
        yield mention.person, "participant"


def _absent(
    reading: Reading, triggers: Sequence[Match], mentions: Sequence[Mention]
) -> frozenset[int]:
    """Return those whom a sentence only speaks of: thanked, replaced, written to, dead."""
    away = set()
    for trigger in triggers:
        if trigger.payload.get("absent"):
            after = [m for m in mentions if m.start >= trigger.end - 1][:1]
            if not after or reading.matches("role", trigger.end, after[0].start):
                continue
            if len(words_of(reading, trigger.end, after[0].start)) <= _NEAR_WORDS:
                away.add(after[0].person)
    return frozenset(away)


def _acting(
    reading: Reading, cast: Cast, sentence: Sentence, mentions: Sequence[Mention]
) -> Iterator[int]:
    """Yield the officers with whose acts a sentence of a paragraph deals: they took part."""
    if sentence.segment.kind != "body" or not mentions:
        return
    first = mentions[0]
    if sentence.lang == "ar":
        opens = len(words_of(reading, sentence.start, first.start)) <= 1
        opens = opens and not is_governed(reading, first.start)
    else:
        opens = first.start < sentence.start + _OPENING
    ahead = reading.lower[first.end : first.end + 12].strip(" ,")
    person = cast.people[first.person]
    known = person.titled is not None or person.namings[0].country is not None
    if opens and known and not ahead.startswith(_FUTURE):
        yield from (m.person for m in _coordinated(reading, mentions))


def _players(
    reading: Reading,
    cast: Cast,
    sentence: Sentence,
    trigger: Match,
    mentions: Sequence[Mention],
) -> Iterator[Mention]:
    """Yield those whom a trigger gives its role."""
    after = [m for m in mentions if m.name_start >= trigger.end]
    before = [m for m in mentions if m.name_end <= trigger.start]
    side = trigger.payload.get("side", "after")
    if side == "either":
        side = _side(reading, sentence, trigger, before, after)
    if side == "before" and (before or not after):
        yield from _subjects(reading, before)
        if trigger.payload["role"] == "chair":
            yield from _fellows(reading, trigger.end, after)
    elif trigger.payload["role"] == "participant":
        near = after and after[0].start - trigger.end <= _LIST_REACH
        listed = after if near else list(_listed(reading, cast, sentence))
        yield from listed or (() if after else _subjects(reading, before))
    elif after and after[0].start - trigger.end <= _reach(trigger):
        players = list(_coordinated(reading, after))
        yield from players
        if trigger.payload["role"] == "chair":
            yield from _fellows(reading, players[-1].end, after[len(players) :])


def _side(
    reading: Reading,
    sentence: Sentence,
    trigger: Match,
    before: Sequence[Mention],
    after: Sequence[Mention],
) -> str:
    """Tell on which side of a verb its subject stands."""
    lead = words_of(reading, max(sentence.start, trigger.outer - 12), trigger.outer)[-1:]
    word = lead[0].text if lead else ""
    if before and (word in names("subject_relatives") or trigger.lang == "en"):
        return "before"
    if not after or after[0].start - trigger.end > _reach(trigger):
        return "before"
    if before and not reading.lower[before[-1].end : trigger.outer].strip(" ,"):
        return "before"
    if word in names("object_relatives"):
        return "after"
    others = reading.matches("role", trigger.end, after[0].start)
    return "before" if before and (others or trigger.lang != "ar") else "after"


def _leads_delegation(reading: Reading, sentence: Sentence, trigger: Match) -> bool:
    """Tell whether a delegation is led and not the meeting ("ترأس وفد", "delegation led by")."""
    before = reading.lower[max(sentence.start, trigger.start - _DELEGATION_REACH) : trigger.start]
    meetings = reading.matches("meeting", trigger.start, sentence.end)
    end = meetings[0].start if meetings else sentence.end
    after = reading.lower[trigger.end : end]
    return any(word in before or word in after for word in _DELEGATIONS)


def _reach(trigger: Match) -> int:
    return _NEAR if trigger.payload.get("near") else _REACH


def _subjects(reading: Reading, before: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the last person before a verb, and those joined to it by "and"."""
    if not before:
        return
    if len(before) > 1 and _is_in_aside(reading, before[-2], before[-1]):
        before = before[:-1]
    yield before[-1]
    joined = False
    for left, right in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        if _joined(reading, left, right):
            yield left
            joined = True
        elif joined and _is_listed(reading, left, right):
            yield left
        else:
            return


def _is_in_aside(reading: Reading, main: Mention, last: Mention) -> bool:
    """Tell whether a person stands in a relative clause about the one before (", who met X,")."""
    lead = [w.text for w in words_of(reading, main.end, last.start)[:1]]
    opens = reading.lower[main.end : main.end + 1] == ","
    closes = reading.lower[last.end : last.end + 1] == ","
    return opens and closes and bool(lead) and lead[0] in names("subject_relatives")


def _fellows(reading: Reading, place: int, after: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the counterpart with whom somebody chaired ("ترأس الاجتماع مع نظيره الألماني …")."""
    for mention in after[:1]:
        words = words_of(reading, place, mention.name_start)
        gap = reading.lower[place : mention.start]
        near = len(gap) <= _REACH and "," not in gap
        if near and any(w.text in names("fellows") for w in words):
            yield mention


def _coordinated(reading: Reading, after: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the first person behind a trigger, and those joined to it by "and"."""
    yield after[0]
    listed: list[Mention] = []
    for left, right in pairwise(after):
        if _joined(reading, left, right):
            yield from (*listed, right)
            listed = []
        elif _is_listed(reading, left, right):
            listed.append(right)
        else:
            return


def _is_listed(reading: Reading, left: Mention, right: Mention) -> bool:
    """Tell whether only a comma parts two persons, and a state in brackets."""
    gap = reading.lower[left.end : right.start]
    if len(gap) > _JOINT_REACH:
        return False
    opening, closing = gap.find("("), gap.find(")")
    if 0 <= opening < closing:
        gap = gap[:opening] + gap[closing + 1 :]
    for state in reading.of_kinds(("country",), left.end, right.start):
        gap = gap.replace(reading.lower[state.start : state.end], "").removeprefix(" of")
    return gap.strip() in _LIST_MARKS


def _joined(reading: Reading, left: Mention, right: Mention) -> bool:
    """Tell whether two persons share a verb: "and" between them, and no verb or end of clause."""
    gap = reading.lower[left.end : right.start]
    if len(gap) > _JOINT_REACH or any(mark in gap for mark in ';:."«»'):
        return False
    if reading.of_kinds(("act", "speech", "role"), left.end, right.start):
        return False
    words = gap.replace(",", " ").split()
    joints = names("joints")
    return any(word in joints for word in words)


def _listed(reading: Reading, cast: Cast, sentence: Sentence) -> Iterator[Mention]:
    """Yield those in the list that a sentence ending in a colon opens."""
    if not reading.lower[sentence.start : sentence.end].rstrip().endswith(":"):
        return
    for following in reading.sentences[sentence.index + 1 :]:
        if following.segment.kind != "bullet" or following.segment is sentence.segment:
            return
        yield from cast.between(following.start, following.end)
