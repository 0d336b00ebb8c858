"""The words of alerts in one language: ours from `wording/`, the world's from Unicode's data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shared.record import Language

if TYPE_CHECKING:
    from babel import Locale

_HERE = Path(__file__).parent
_MILLION, _TRILLION = 1e6, 1e12


@cache
def voice(lang: Language) -> Voice:
    """Return the voice of a language, read once: an installation without readers needs none."""
    from babel import Locale  # with its data 3 MB a language

    return Voice(lang, read_yaml(f"wording/{lang}.yaml"), Locale(lang))


@cache
def read_yaml(name: str) -> Mapping[str, Any]:
    """Return a file of this folder as plain data."""
    import yaml  # 2 MB that a notify without readers has no use for

    content: Mapping[str, Any] = yaml.safe_load((_HERE / name).read_text("utf-8"))
    return content


class Voice:
    """One language: its words, and how it writes days, places, sums and counts."""

    def __init__(self, lang: Language, words: Mapping[str, Any], locale: Locale) -> None:
        self.lang = lang
        self.is_rtl = lang == "ar"
        self._words = words
        self._locale = locale

    def word(self, group: str, key: str, /, **given: object) -> str:
        """Return words of `wording/`, filled in; a key that is not there comes back as words."""
        written = str(self._words[group].get(key, key.replace("_", " ")))
        return written.format(**given) if given else written

    def has(self, group: str, key: str) -> bool:
        """Tell whether there are words of their own for a key."""
        return key in self._words[group]

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts one after the other, as lists are written."""
        return self.word("words", "comma").join(part for part in parts if part)

    def labelled(self, label: str, value: str) -> str:
        """Return a value behind what it is."""
        return self.word("words", "label", label=label, value=value)

    def counted(self, what: str, number: int) -> str:
        """Return a number of things in the plural form that it takes."""
        forms = self._words["plurals"][what]
        form = forms.get(self._locale.plural_form(number), forms["other"])
        return str(form).format(n=self.number(number))

    def ordinal(self, number: int) -> str:
        """Return "2nd", "2e", "الثاني"."""
        exact, endings = self._words["ordinals"], self._words["ordinal_endings"]
        pattern = exact.get(number) or endings.get(number % 100) or self._words["ordinal"]
        return str(pattern).format(n=number)

    def number(self, value: float) -> str:
        """Return a number as it is written."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def percent(self, share: float) -> str:
        """Return a share of one in hundredths, never rounded up to certainty."""
        from babel.numbers import format_percent

        return format_percent(int(share * 100 + 1e-9) / 100, locale=self._locale)

    def amount(self, value: float, currency: str | None) -> str:
        """Return a sum with its currency, in millions where nothing is lost by it."""
        from babel.numbers import format_compact_decimal

        written = self.number(value)
        if _MILLION <= value < _TRILLION and round(value / _MILLION, 3) * _MILLION == value:
            digits: Any = {"fraction_digits": 6, "locale": self._locale}
            written = format_compact_decimal(value, format_type="long", **digits)
        return f"{written} {currency or ''}".strip()

    def country(self, code: str) -> str:
        """Return the name of a country; whatever is no code stays as it is."""
        return str(self._locale.territories.get(code, code))

    def language(self, code: str) -> str:
        """Return the name of a language."""
        return str(self._locale.languages.get(code, code))

    def day(self, told: str) -> str:
        """Return `YYYY-MM-DD`, `YYYY-MM` or `YYYY` as it is written; else what it is."""
        from babel.dates import format_date, format_skeleton

        try:
            if len(told) == len("2024-02-03"):
                return format_date(date.fromisoformat(told), "long", self._locale)
            if len(told) == len("2024-02"):
                first = date.fromisoformat(f"{told}-01")
                return format_skeleton("yMMMM", first, locale=self._locale)
        except ValueError:
            pass
        return told

    def days(self, start: str | None, end: str | None) -> str:
        """Return from when to when."""
        from babel.dates import format_interval

        if start and end and start != end:
            try:
                whole = date.fromisoformat(start), date.fromisoformat(end)
            except ValueError:
                return f"{self.day(start)} – {self.day(end)}"
            return format_interval(*whole, "yMMMMd", locale=self._locale)
        told = start or end
        return self.day(told) if told else ""
