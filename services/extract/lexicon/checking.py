"""Checks of a coalition file before it is read, so that its author is told what to mend and where.

Our own files are held to the same rules by a test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from services.extract.lexicon import Surface, expand, read_lexicon, read_surfaces
from shared.errors import SettingsError
from shared.text import fold_text

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEAD = ("kind", "any_language", "clitics", "capitalised", "entries")
_LANGUAGES = ("ar", "fr", "en", "xx")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_BOOL = "tag:yaml.org,2002:bool"
_AS_OF = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_SHORTEST = 3  # letters of a name, two of an abbreviation; fewer would be found in any text

Fault = tuple[yaml.Node, str]
Checker = Callable[[yaml.Node], Iterator[Fault]]


def read_own_coalitions(folder: Path) -> tuple[Surface, ...]:
    """Return the names of the coalitions that a user's folder of `*.yaml` files adds.

    SettingsError, in one line: the file, the line, what is wrong and what belongs there.
    """
    if not folder.is_dir():
        raise SettingsError(f"COMMUNIQUE_COALITIONS {folder} is no folder: mend or unset it")
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise SettingsError(f"COMMUNIQUE_COALITIONS {folder} holds no *.yaml file")
    for path in paths:
        check_coalitions(path)
    known = _known_names()
    return tuple(_named(surface, known) for surface in read_surfaces(folder))


def _known_names() -> Mapping[str, Any]:
    """Return how the coalitions are called that need no file of a user's."""
    ours = read_surfaces(Path(__file__).parent / "coalitions")
    return {surface.id: surface.payload.get("name") for surface in ours}


def _named(surface: Surface, known: Mapping[str, Any]) -> Surface:
    """Return a surface of a known coalition with its name, which a user need not repeat."""
    if "name" in surface.payload or surface.id not in known:
        return surface
    return replace(surface, payload={**surface.payload, "name": known[surface.id]})


def check_coalitions(path: Path) -> None:
    """Raise SettingsError with file, line and reason where a file is no coalition file."""
    try:
        root = yaml.compose(path.read_text("utf-8"), _LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise SettingsError(f"{path}, line {line}: no YAML: {error.problem}") from None
    except (UnicodeDecodeError, OSError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: cannot be read: {' '.join(str(error).split())}") from None
    if root is None:
        raise SettingsError(f"{path}, line 1: the file is empty; it needs kind and entries")
    for node, reason in _file(root):
        raise SettingsError(f"{path}, line {node.start_mark.line + 1}: {reason}")


def _file(root: yaml.Node) -> Iterator[Fault]:
    """Yield what is wrong with a file, in the order of its lines."""
    head = _mapping(root)
    if head is None:
        yield root, "a coalition file is a mapping with kind and entries"
        return
    for key, (node, _) in head.items():
        if key not in _HEAD:
            yield node, f"{key}: unknown; a file has {', '.join(_HEAD)}"
    if "kind" not in head or head["kind"][1].value != "coalition":
        yield head["kind"][1] if "kind" in head else root, "kind must be coalition"
    entries = _mapping(head["entries"][1]) if "entries" in head else None
    if not entries:
        yield head["entries"][1] if "entries" in head else root, "entries must name a coalition"
        return
    for key, (node, value) in entries.items():
        yield from _entry(key, node, value)


def _entry(key: str, node: yaml.Node, value: yaml.Node) -> Iterator[Fault]:
    keys = _mapping(value)
    if keys is None:
        yield value, f"{key}: must be a mapping with name and the spellings in ar, fr, en"
        return
    identity = keys["id"][1].value if "id" in keys else key
    if not _SLUG.fullmatch(str(identity)):
        yield node, f"{identity}: an id has small letters, digits and hyphens only"
    if not any(lang in keys for lang in _LANGUAGES):
        yield node, f"{key}: no spelling to look for; give it in ar, fr, en or xx"
    for name, (at, given) in keys.items():
        if name not in _CHECKS:
            yield at, f"{name}: unknown; an entry has {', '.join(_CHECKS)}"
        else:
            for spot, reason in _CHECKS[name](given):
                yield spot, f"{name}: {reason}"


def _spellings(node: yaml.Node) -> Iterator[Fault]:
    items = _sequence(node)
    if items is None:
        yield node, "must be a list of spellings"
        return
    for item in items:
        if not isinstance(item, yaml.ScalarNode):
            yield item, "a spelling is a text; put it into quotes"
            continue
        for spelling in expand(item.value):
            if "|" in spelling:
                yield item, f"{item.value}: alternatives (a|b) cannot be nested"
            elif len(fold_text(spelling).replace(" ", "")) < _SHORTEST - spelling.isupper():
                yield item, f"{spelling!r} is too short; it would be found in any text"


def _countries(node: yaml.Node) -> Iterator[Fault]:
    items = _sequence(node)
    if items is None:
        yield node, "must be a list of ISO 3166-1 codes, as in [SA, TD]"
        return
    for item in items:
        if item.tag == _BOOL:  # YAML 1.1 reads NO as "no"
            yield item, f'{item.value} must be written "{item.value}", with quotes'
        elif item.value not in read_lexicon("countries")["entries"]:
            yield item, f"{item.value!r} is no ISO 3166-1 code of a state"


def _number(node: yaml.Node) -> Iterator[Fault]:
    try:
        fits = 0 < float(str(node.value)) <= 1
    except ValueError:
        fits = False
    if not fits:
        yield node, "must be a number above 0 and not above 1"


def _text(node: yaml.Node) -> Iterator[Fault]:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        yield node, "must be a text"


def _pattern(pattern: re.Pattern[str], wanted: str) -> Checker:
    def check(node: yaml.Node) -> Iterator[Fault]:
        if not pattern.fullmatch(str(node.value)):
            yield node, f"must be {wanted}"

    return check


def _flag(node: yaml.Node) -> Iterator[Fault]:
    if node.tag != _BOOL:
        yield node, "must be true or false"


def _mapping(node: yaml.Node) -> Mapping[str, tuple[yaml.Node, yaml.Node]] | None:
    """Return the keys of a mapping with the nodes of key and value; None if it is none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return {str(key.value): (key, value) for key, value in node.value}


def _sequence(node: yaml.Node) -> list[yaml.Node] | None:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else None


_CHECKS: Mapping[str, Checker] = {
    "id": _pattern(_SLUG, "small letters, digits and hyphens"),
    "name": _text,
    "ar": _spellings,
    "fr": _spellings,
    "en": _spellings,
    "xx": _spellings,
    "members": _countries,
    "members_as_of": _pattern(_AS_OF, "a date, as in 2025-06 or 2025"),
    "wikidata": _pattern(_WIKIDATA, "a Wikidata id, as in Q7184"),
    "weight": _number,
    "common": _flag,
    "part_of": _pattern(_SLUG, "the id of a coalition"),
    "needs_name": _flag,
    "needs_country": _countries,
    "needs_adversary": _text,
    "needs_defence": _flag,
    "wide": _flag,
}
