"""An alert at a glance: who met, as what, when and where; what is new; how sure; where to read on.

Pure: the same alert in the same language gives the same brief. Formats only lay it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.notify.formats.harmless import cut
from services.notify.formats.items import Teller
from services.notify.formats.voice import Voice, read_yaml, voice
from services.notify.payload import Payload
from services.notify.told import certainty
from shared.meeting import Change, MergedMeeting
from shared.record import Commitment, Language

_LONGEST_TITLE = 200
_LIST_FIELDS = ("people", "attendance", "focus_areas", "resolutions")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a label. `left_out` counts those for which there was no room."""

    label: str
    lines: tuple[str, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """What every format shows, in this order: harmless text, in the reader's language.

    `news` are what is new, pledges and decisions first; `facts` the rest, one line each.
    """

    voice: Voice
    type: str
    happened_at: datetime
    kind: str
    title: str
    when_where: str
    news: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]
    link: str
    meeting_id: str | None

    @property
    def subject(self) -> str:
        """One line for a subject or a notification."""
        return self.voice.word("words", "subject", kind=self.kind, title=self.title)

    @property
    def read_on(self) -> str:
        """What the link says."""
        return self.voice.word("words", "read_on")

    def shortened(self, lines: int, characters: int) -> Brief:
        """Return it with at most so many lines a section, and so many characters a line."""
        facts = tuple((label, cut(value, characters)) for label, value in self.facts)
        news = tuple(_shortened(section, lines, characters) for section in self.news)
        return replace(self, news=news, facts=facts, when_where=cut(self.when_where, characters))

    def lines_of(self, section: Section) -> tuple[str, ...]:
        """Return a section's lines, and how many more there are."""
        if not section.left_out:
            return section.lines
        return (*section.lines, self.voice.counted("more", section.left_out))


def brief_of(alert: Payload, lang: Language) -> Brief:
    """Return what an alert tells at a glance."""
    speaking = voice(lang)
    return _Writer(alert, speaking).brief()


def _shortened(section: Section, lines: int, characters: int) -> Section:
    kept = tuple(cut(line, characters) for line in section.lines[:lines])
    left_out = section.left_out + len(section.lines) - len(kept)
    return replace(section, lines=kept, left_out=left_out)


class _Writer:
    def __init__(self, alert: Payload, voice: Voice) -> None:
        self._alert, self._data, self._voice = alert, alert.data, voice
        self._meeting = alert.data.meeting
        self._tell = Teller(voice)

    def brief(self) -> Brief:
        links = self._data.links
        return Brief(
            voice=self._voice,
            type=self._alert.type,
            happened_at=self._alert.timestamp,
            kind=self._voice.word("types", self._alert.type),
            title=self._title(),
            when_where=self._when_where(),
            news=tuple(section for section in self._news() if section.lines),
            facts=tuple((label, value) for label, value in self._facts() if value),
            link=links.meeting or links.document,
            meeting_id=self._meeting.id if self._meeting else None,
        )

    def _title(self) -> str:
        if self._meeting is None:
            return self._tell.said(self._data.document.title or self._data.document.name)
        name = self._meeting.coalition_name or self._meeting.coalition_id
        coalition = self._tell.said(cut(name, _LONGEST_TITLE // 2))
        return self._voice.labelled(coalition, self._occasion(self._meeting))

    def _occasion(self, meeting: MergedMeeting) -> str:
        voice, body, number = self._voice, meeting.body, meeting.ordinal
        given: dict[str, object] = {}
        if number:
            given["ordinal"] = voice.ordinal(number)
        if body and voice.has("bodies_of", body):
            given["body"] = voice.word("bodies_of", body)
        if given:
            return voice.word("meeting", "both" if len(given) > 1 else next(iter(given)), **given)
        is_meeting = meeting.start_date or meeting.city or meeting.virtual
        return voice.word("meeting", "none" if is_meeting else "statement")

    def _when_where(self) -> str:
        meeting = self._meeting
        if meeting is None:
            return ""
        return self._voice.listed(
            [
                self._tell.said(self._voice.days(meeting.start_date, meeting.end_date)),
                self._tell.said(meeting.city or ""),
                self._tell.said(self._voice.country(meeting.country)) if meeting.country else "",
                self._voice.word("labels", "virtual") if meeting.virtual else "",
            ]
        )

    def _news(self) -> Iterator[Section]:
        """Yield what changed, where that is known, else all that the meeting brought."""
        if self._data.changes:
            lines = (self._change(change) for change in _by_importance(self._data.changes))
            yield Section(self._label("changes"), tuple(lines))
        elif self._meeting is not None and self._alert.type != "meeting.closed":
            pledges = tuple(self._tell.pledge(dict(one)) for one in self._meeting.pledges)
            yield Section(self._label("pledges"), pledges)
            yield Section(self._label("commitments"), self._decisions(self._meeting))

    def _decisions(self, meeting: MergedMeeting) -> tuple[str, ...]:
        first = read_yaml("importance.yaml")["acts"]
        ordered = sorted(meeting.commitments, key=lambda one: first.index(one.act))
        lines = (
            self._tell.commitment({"act": one.act, "text": self._words(one, meeting)})
            for one in ordered
        )
        return tuple(dict.fromkeys(lines))

    def _words(self, commitment: Commitment, meeting: MergedMeeting) -> str:
        """Return the sentence as a document in the reader's language has it, else any."""
        languages = {source.document_id: source.language for source in meeting.sources}
        documents = [piece.document_id for piece in commitment.evidence]
        own = [one for one in documents if one and languages.get(one) == self._voice.lang]
        chosen = (own or documents)[0]
        return " ".join(one.text for one in commitment.evidence if one.document_id == chosen)

    def _change(self, change: Change) -> str:
        voice, label = self._voice, self._label(change.field)
        old, new = (self._tell.value(change.field, value) for value in (change.old, change.new))
        if change.old is None:
            told = voice.word("words", "added", value=new)
        elif change.new is None:
            told = voice.word("words", "gone", value=old)
        else:
            told = voice.word("words", "became", old=old, new=new)
        return voice.labelled(label, told)

    def _facts(self) -> Iterator[tuple[str, str]]:
        meeting = self._meeting
        if meeting is not None:
            theme = self._tell.said(meeting.theme) if meeting.theme else ""
            yield self._label("theme"), theme
            for field in _LIST_FIELDS:
                yield self._label(field), self._listed(field, getattr(meeting, field))
            yield self._label("sources"), self._sources(meeting)
            yield self._label("certainty"), self._certainty(meeting)
        yield self._label("cause"), self._cause()

    def _listed(self, field: str, items: Iterable[Any]) -> str:
        told: list[Mapping[str, Any]] = [dict(item) for item in items]
        if field == "people":
            first = read_yaml("importance.yaml")["roles"]
            there = [person for person in told if person["role"] != "mentioned"]
            told = sorted(there, key=lambda person: first.index(person["role"]))
        joint = self._voice.word("words", "semicolon" if field == "people" else "comma")
        return joint.join(self._tell.value(field, item) for item in told)

    def _sources(self, meeting: MergedMeeting) -> str:
        counted = Counter(source.language for source in meeting.sources).most_common()
        named = (f"{self._voice.language(code)} {number}" for code, number in counted)
        told = self._voice.counted("sources", len(meeting.sources))
        return f"{told} ({self._voice.listed(named)})"

    def _certainty(self, meeting: MergedMeeting) -> str:
        sure = certainty(meeting)
        differing = [self._label(field) for field in meeting.claims if self._names(field)]
        differ = self._voice.listed(differing)
        told = self._voice.word("words", "differ", fields=differ) if differ else ""
        return self._voice.listed([self._voice.percent(sure) if sure is not None else "", told])

    def _names(self, field: str) -> bool:
        return self._voice.has("labels", field)

    def _cause(self) -> str:
        cause = self._data.cause
        if cause is None:
            return ""
        what = self._voice.word("causes", cause.act)
        if not cause.who:
            return what
        who, why = self._tell.said(cause.who), self._tell.said(cause.why or "")
        return self._voice.word("words", "by", what=what, who=who, why=why)

    def _label(self, field: str) -> str:
        return self._voice.word("labels", field)


def _by_importance(changes: Iterable[Change]) -> list[Change]:
    first = read_yaml("importance.yaml")["changes"]
    return sorted(changes, key=lambda c: first.index(c.field) if c.field in first else len(first))
