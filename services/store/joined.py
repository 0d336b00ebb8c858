"""One list of the record over all documents: equal items counted, alike ones joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from services.store.backing import Backing, Backings, Entry, Standing, together
from services.store.likeness import Likeness

Item = TypeVar("Item")
Maker: TypeAlias = Callable[[Backing, list[Entry]], Item]


@dataclass(slots=True)
class Alike:
    """Items that are one. `item` is what was made of them, until a better word for it comes."""

    keys: dict[Hashable, Backing]
    item: Any = None

    def order(self) -> tuple[Any, ...]:
        """Return where it stands: as in the fullest document; the keys are the last word."""
        backings = self.keys.values()
        place = min(backing.place for backing in backings if backing.place is not None)
        return place, min(backing.best.order for backing in backings), min(map(repr, self.keys))

    def together(self) -> tuple[Backing, list[Entry]]:
        """Return the backing of all, and every word for it, the one that counts most first."""
        backings = list(self.keys.values())
        entries = sorted((e for b in backings for e in b.entries), key=lambda e: e.order)
        return together(backings), entries


@dataclass(slots=True)
class Joined:
    """A list of the record as a meeting's documents together give it."""

    likeness: Likeness
    backings: Backings = field(default_factory=dict)
    home: dict[Hashable, Alike] = field(default_factory=dict)
    blocks: dict[Hashable, list[Alike]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry, standing: Standing) -> None:
        """Count one document's item."""
        key = self.likeness.key(entry.value)
        if key not in self.backings:
            self._join(key, entry.value)
        if self.backings[key].add(entry, standing):
            self.home[key].item = None

    def items(self, make: Maker[Item]) -> tuple[Item, ...]:
        """Return the list, each item made of its backing and all words for it."""
        found = sorted(
            (alike for block in self.blocks.values() for alike in block), key=Alike.order
        )
        for alike in found:
            if alike.item is None:
                alike.item = make(*alike.together())
        return tuple(alike.item for alike in found)

    def supports(self) -> list[Backing]:
        """Return the backing of each item."""
        return [alike.together()[0] for block in self.blocks.values() for alike in block]

    def _join(self, key: Hashable, item: Any) -> None:
        """Put a new key with whatever it is like, joining those among each other if it must."""
        backing = self.backings[key] = Backing()
        block = self.blocks[self.likeness.block(item)]
        joined = Alike({key: backing})
        for alike in [alike for alike in block if self._is_like(item, alike)]:
            block.remove(alike)
            joined.keys |= alike.keys
        block.append(joined)
        self.home |= dict.fromkeys(joined.keys, joined)

    def _is_like(self, item: Any, alike: Alike) -> bool:
        return any(self.likeness.alike(item, b.best.value) for b in alike.keys.values())
