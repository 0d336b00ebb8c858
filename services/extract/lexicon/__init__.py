"""The lexicons: what words mean, as data, and the loader that makes patterns of them.

Every `*.yaml` here and in `coalitions/` has this form:

    # Head comment: what belongs in this file, what does not, and where it comes from.
    kind: office                  # of all matches of this file; the file's name without it
    clitics: [و, ف, ب, ل]         # Arabic clitics allowed before an entry (this is the default)
    any_language: true            # match in paragraphs of other languages too (names)
    capitalised: true             # Latin spellings count only with a capital; or `[en]`
    entries:
      minister_of_defence:        # id of the matches
        ar: [وزير الدفاع, وزيرة الدفاع]
        fr: [ministre(s|) de la défense]
        en: [defence minister, minister of (defence|defense)]
        body: defence_ministers   # every other key is payload: `match.payload["body"]`

- Surfaces are folded as texts are (`shared.text.fold_text`): case, accents, hamza seats, tatweel
  and ta marbuta need no variants of their own. `_` and line breaks in a text count as spaces.
- `(a|b|)` in a surface stands for each of its alternatives, also the empty one.
- A match begins and ends at word boundaries; before an Arabic one the clitics of its file may
  stand: at most one of و ف, then one of ب ل ك س, then ال, as far as the list has them. A surface
  that begins with ال is found as لل… too. The match's span starts behind the clitics (of لل… with
  its first ل) and `match.clitics` holds them, folded; `match.outer` is where the word begins.
- A spelling all in capitals (US, AES) counts only with a capital in the text too; where it must
  have one, three letters or fewer must all be capitals.
- Within one kind the longest match wins; equal spans of several entries are all kept.
- A surface in `fr` or `en` matches only in paragraphs of that language unless `any_language`; one
  that stands in both matches in both. Arabic is not restricted.
- `id: x` in an entry is the id of its matches (so that two entries can share one).
- An entry may also be a plain list of surfaces, or have `xx: [..]`: those match in all languages.
- A file with `table: true` is not searched for; `read_lexicon(name)` returns it as plain data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from shared.text import fold_text

_HERE = Path(__file__).parent
_LANGUAGES = ("ar", "fr", "en", "xx")
_DEFAULT_CLITICS = ("و", "ف", "ب", "ل")
_Spellings: TypeAlias = list[tuple[str, bool]]  # folded, and if it is written all in capitals
_SHORTEST_DOTTED = 3  # letters of an abbreviation that may be written with dots
_FIRST_ARABIC = "\u0600"
_ALTERNATIVES = re.compile(r"\(([^()]*\|[^()]*)\)")

# The C loader reads all lexicons in a tenth of the time; it is there in every wheel of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Surface:
    """One folded spelling of one entry; `lang` is `ar`, `fr`, `en`, or `xx` for any.

    Nothing changes it once it is made; there are tens of thousands, and a frozen class would take
    a tenth of a second more to make them.
    """

    text: str
    kind: str
    id: str
    lang: str
    clitics: tuple[str, ...] = ()
    capitalised: bool = False
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a file says of all its entries."""

    kind: str
    clitics: tuple[str, ...]
    anywhere: bool
    capitalised: frozenset[str]


def read_surfaces(folder: Path = _HERE) -> tuple[Surface, ...]:
    """Read every lexicon file below `folder`, in a fixed order. ValueError names a bad file."""
    surfaces: list[Surface] = []
    for path in sorted(folder.rglob("*.yaml")):
        surfaces.extend(_surfaces_of(path))
    return tuple(surfaces)


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """Return one lexicon file as plain data, for tables that are looked up and not searched for."""
    data: Mapping[str, Any] = yaml.load((_HERE / f"{name}.yaml").read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader
    return data


def expand(pattern: str) -> Iterator[str]:
    """Yield each spelling that a surface with `(a|b)` alternatives stands for."""
    if "|" not in pattern:
        yield " ".join(pattern.split())
        return
    pieces = _ALTERNATIVES.split(pattern)  # every second one is what stood in brackets
    choices = [piece.split("|") if at % 2 else (piece,) for at, piece in enumerate(pieces)]
    for spelling in map("".join, product(*choices)):
        if len(pieces) > 1 and "|" in spelling:  # brackets around those that are now gone
            yield from expand(spelling)
        else:
            yield " ".join(spelling.split())


def _surfaces_of(path: Path) -> Iterator[Surface]:
    written = path.read_text("utf-8")
    if "\ntable: true\n" in written:
        return
    data = yaml.load(written, _Loader)  # noqa: S506 - a safe loader
    if not isinstance(data, dict) or not isinstance(data.get("entries"), dict):
        raise ValueError(f"{path.name}: a lexicon needs a mapping named entries")  # noqa: TRY004
    rules = _Rules(
        kind=str(data.get("kind", path.stem)),
        clitics=tuple(fold_text(c) for c in data.get("clitics", _DEFAULT_CLITICS)),
        anywhere=bool(data.get("any_language", False)),
        capitalised=_languages(data.get("capitalised", False)),
    )
    entries = {str(key): _body(entry) for key, entry in data["entries"].items()}
    spellings = _spellings(chain.from_iterable(map(_patterns, entries.values())))
    if rules.kind == "coalition":
        spellings = {pattern: _with_dots(texts) for pattern, texts in spellings.items()}
    for entry_id, body in entries.items():
        yield from _entry(entry_id, body, rules, spellings)


def _languages(value: Any) -> frozenset[str]:
    if isinstance(value, list):
        return frozenset(map(str, value))
    return frozenset(_LANGUAGES if value else ())


def _body(entry: Any) -> dict[str, Any]:
    return {"xx": entry} if isinstance(entry, list) else dict(entry or {})


def _patterns(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an entry says is written for it, in any language."""
    for lang in _LANGUAGES:
        yield from map(str, body.get(lang) or ())


def _entry(
    key: str, body: Mapping[str, Any], rules: _Rules, spellings: Mapping[str, _Spellings]
) -> Iterator[Surface]:
    payload = {k: v for k, v in body.items() if k not in _LANGUAGES}
    entry_id = str(payload.pop("id", key))
    languages: dict[str, str] = {}
    capitals: dict[str, bool] = {}
    for lang in _LANGUAGES:
        for text, is_acronym in chain.from_iterable(
            spellings[str(pattern)] for pattern in body.get(lang) or ()
        ):
            known = languages.setdefault(text, lang)
            if known != lang or (rules.anywhere and lang != "ar"):
                languages[text] = "xx"
            capital = is_acronym or lang in rules.capitalised
            capitals[text] = capitals.get(text, True) and capital
    for text, lang in languages.items():
        clitics = rules.clitics if text[0] >= _FIRST_ARABIC else ()
        yield Surface(text, rules.kind, entry_id, lang, clitics, capitals[text], payload)


def _spellings(patterns: Iterable[str]) -> dict[str, _Spellings]:
    """Return for each pattern its spellings, folded, each with whether it is all in capitals.

    Those of a file are folded together, as lines of one text: one by one it would take half of the
    start.
    """
    expanded = {pattern: list(expand(pattern)) for pattern in patterns}
    every = list(chain.from_iterable(expanded.values()))
    lines = iter(fold_text("\n".join(every)).split("\n"))
    if wrong := next((spelling for spelling in every if "|" in spelling), None):
        raise ValueError(f"{wrong!r}: a | stands outside of brackets")
    found: dict[str, _Spellings] = {}
    for pattern, spellings in expanded.items():
        folded = [(" ".join(next(lines).replace("_", " ").split()), s) for s in spellings]
        found[pattern] = [(text, s.isupper() and len(s) > 1) for text, s in folded if text]
    return found


def _with_dots(spellings: _Spellings) -> _Spellings:
    """Return spellings, and abbreviations among them with dots between their letters (O.T.S.C.)."""
    short = [t for t, capital in spellings if capital and t.isalpha() and t[0] < _FIRST_ARABIC]
    return [*spellings, *((".".join(t), True) for t in short if len(t) >= _SHORTEST_DOTTED)]
