"""One person of a text, with every place that names them."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.extract.grammars.people.naming import Naming


@dataclass(slots=True)
class Individual:
    """A person of the text: every place that names them with a title or in full.

    `filled` is the rule by which a country was filled in that no title tells, if any.
    """

    namings: list[Naming] = field(default_factory=list)
    country: str | None = None
    filled: str | None = None

    @property
    def fullest(self) -> Naming:
        """The naming with the most words; of equals the first."""
        namings = self.namings
        return namings[0] if len(namings) == 1 else max(namings, key=_length)

    @property
    def holder(self) -> str | None:
        """The state that a widely known person of this name serves."""
        for naming in self.namings:
            if naming.holder:
                return naming.holder
        return None

    @property
    def titled(self) -> Naming | None:
        """The first naming with an office that is more than "counterpart"."""
        first = None
        for naming in self.namings:
            if naming.title:
                if not naming.counterpart:
                    return naming
                first = first or naming
        return first


def _length(naming: Naming) -> int:
    return len(naming.words)
