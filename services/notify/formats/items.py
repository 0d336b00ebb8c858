"""One line for each thing that a meeting tells: a person, a pledge, a decision, a value changed.

Things come as dictionaries, so that what a meeting has and what changed in it are told alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from services.notify.formats.harmless import harmless, isolated
from services.notify.formats.voice import Voice

Thing: TypeAlias = Mapping[str, Any]
_LONGEST = 600  # characters of one value; formats cut further where they have less room


class Teller:
    """Tells things in one voice; whatever comes from documents is harmless behind it."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._items: dict[str, Callable[[Thing], str]] = {
            "people": self.person,
            "attendance": self.attendance,
            "focus_areas": lambda area: voice.word("focus_areas", str(area["id"])),
            "commitments": self.commitment,
            "pledges": self.pledge,
            "resolutions": lambda one: f"{self.said(one['body'])} {one['number']}",
            "quotes": self.quote,
        }
        self._values: dict[str, Callable[[Any], str]] = {
            "status": lambda status: voice.word("statuses", str(status)),
            "body": lambda body: voice.word("bodies", str(body)),
            "ordinal": lambda number: str(number),
            "start_date": lambda day: self.said(voice.day(str(day))),
            "end_date": lambda day: self.said(voice.day(str(day))),
            "country": lambda code: self.said(voice.country(str(code))),
            "virtual": lambda is_so: voice.word("words", "yes" if is_so else "no"),
        }

    def said(self, text: object) -> str:
        """Return words of a document."""
        return isolated(harmless(str(text), _LONGEST), rtl=self._voice.is_rtl)

    def value(self, field: str, value: Any) -> str:
        """Return what a field of a meeting says, of a list one item."""
        if value is None:
            return self._voice.word("words", "nothing")
        if field in self._items and isinstance(value, Mapping):
            return self._items[field](value)
        return self._values.get(field, self.said)(value)

    def person(self, person: Thing) -> str:
        """Return name, title, country and role."""
        own = person["name"] if self._voice.is_rtl else person.get("name_en") or person["name"]
        country = person.get("country")
        return self._voice.listed(
            [
                self.said(own),
                self.said(person["title"]) if person.get("title") else "",
                self.said(self._voice.country(country)) if country else "",
                self._voice.word("roles", str(person["role"])),
            ]
        )

    def attendance(self, count: Thing) -> str:
        """Return how many of what."""
        counted = self._voice.counted(str(count["unit"]), int(count["value"]))
        return self._voice.word("bounds", str(count.get("bound", "exactly")), count=counted)

    def commitment(self, commitment: Thing) -> str:
        """Return what kind of decision, and its sentence."""
        act = self._voice.word("acts", str(commitment["act"]))
        text = commitment.get("text")
        return self._voice.labelled(act, self.said(text)) if text else act

    def pledge(self, pledge: Thing) -> str:
        """Return who pledged how much, and for what."""
        voice, donor = self._voice, pledge.get("donor")
        named = self.said(voice.country(donor)) if donor else voice.word("words", "unnamed")
        sum_ = self.said(voice.amount(float(pledge["amount"]), pledge.get("currency")))
        told = voice.word("words", "pledge", donor=named, amount=sum_)
        if not pledge.get("purpose"):
            return told
        purpose = self.said(pledge["purpose"])
        return voice.word("words", "purpose", pledge=told, purpose=purpose)

    def quote(self, quote: Thing) -> str:
        """Return what somebody said."""
        text, speaker = self.said(quote["text"]), quote.get("speaker")
        if not speaker:
            return text
        return self._voice.word("words", "said", speaker=self.said(speaker), text=text)
