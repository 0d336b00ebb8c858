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
        return max(self.namings, key=lambda n: len(n.words))

    @property
    def holder(self) -> str | None:
        """The state that a widely known person of this name serves."""
        return next((n.holder for n in self.namings if n.holder), None)

    @property
    def titled(self) -> Naming | None:
        """The first naming with an office that is more than "counterpart"."""
        with_office = [n for n in self.namings if n.title]
        own = [n for n in with_office if not n.counterpart]
        return next(iter(own or with_office), None)
