"""Roles: who chaired, hosted, spoke, took part, or was only mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from services.extract.grammars.people.cast import Cast, Mention
from services.extract.grammars.people.speakers import speakers_of
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
_NEAR = 12
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
        yield from _opening_subjects(reading, cast, sentence)
        mentions = cast.between(sentence.start, sentence.end)
        triggers = reading.matches("role", sentence.start, sentence.end)
        for trigger in triggers:
            role: Role = trigger.payload["role"]
            if role == "chair" and _leads_delegation(reading, sentence, trigger):
                role = "participant"
            for mention in _players(reading, cast, sentence, trigger, mentions):
                yield mention.person, role


def _opening_subjects(
    reading: Reading, cast: Cast, sentence: Sentence
) -> Iterator[tuple[int, Role]]:
    """Yield the officers of states with whom a sentence of a paragraph opens: they took part."""
    if sentence.lang == "ar" or sentence.segment.kind != "body":
        return
    for mention in cast.between(sentence.start, sentence.start + 5)[:1]:
        ahead = reading.lower[mention.end : mention.end + 12].strip(" ,")
        titled = cast.people[mention.person].titled
        if titled is not None and titled.national and not ahead.startswith(_FUTURE):
            yield mention.person, "participant"


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
        side = "after" if after and after[0].start - trigger.end <= _reach(trigger) else "before"
    if side == "before":
        yield from _subjects(reading, before)
    elif trigger.payload["role"] == "participant":
        listed = after or list(_listed(reading, cast, sentence))
        yield from listed or _subjects(reading, before)
    elif after and after[0].start - trigger.end <= _reach(trigger):
        yield from _coordinated(reading, after)


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
    yield before[-1]
    for left, right in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        if not _joined(reading, left, right):
            return
        yield left


def _coordinated(reading: Reading, after: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the first person behind a trigger, and those joined to it by "and"."""
    yield after[0]
    for left, right in pairwise(after):
        if not _joined(reading, left, right):
            return
        yield right


def _joined(reading: Reading, left: Mention, right: Mention) -> bool:
    """Tell whether two persons share a verb: "and" between them, and no verb or end of clause."""
    gap = reading.lower[left.end : right.start]
    if len(gap) > _JOINT_REACH or any(mark in gap for mark in ';:."«»'):
        return False
    if reading.of_kinds(("act", "speech", "role"), left.end, right.start):
        return False
    words = gap.replace(",", " ").split()
    return any(word in ("and", "et", "و", "ainsi") for word in words)


def _listed(reading: Reading, cast: Cast, sentence: Sentence) -> Iterator[Mention]:
    """Yield those in the list that a sentence ending in a colon opens."""
    if not reading.lower[sentence.start : sentence.end].rstrip().endswith(":"):
        return
    for following in reading.sentences[sentence.index + 1 :]:
        if following.segment.kind != "bullet" or following.segment is sentence.segment:
            return
        yield from cast.between(following.start, following.end)
