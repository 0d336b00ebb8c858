"""Codes that exist: a filter for one that does not would be silent for ever, so it is refused.

The lists are those of Unicode's locale data, which names every country and currency there is.
"""

from __future__ import annotations

from collections.abc import Iterator

from services.notify.filters import Filters, is_code

_MEANT = {"UK": "GB", "EN": "GB", "KO": "KR", "EL": "GR"}  # written for what they are not
_COUNTRY_FILTERS = ("countries", "hosts", "participants", "donors")


def unknown_codes(filters: Filters) -> Iterator[str]:
    """Yield one line for each code that no country or currency has, naming the field."""
    from babel import Locale  # 2 MB and 20 ms, which only a new subscription needs

    english = Locale("en")
    for field in _COUNTRY_FILTERS:
        for code in filter(is_code, getattr(filters, field)):
            if code not in english.territories:
                meant = _MEANT.get(code)
                hint = f": {meant} is {english.territories[meant]}" if meant else ""
                yield f"filters.{field}: {code} is no country of ISO 3166-1{hint}"
    for least in filters.min_pledges:
        if least.currency not in english.currencies:
            yield f"filters.min_pledges: {least.currency} is no currency of ISO 4217"
