"""Whether the file of a database is still the one that was opened."""

from __future__ import annotations

from pathlib import Path

from shared.faults import DatabaseUnavailableError


class FileIdentity:
    """Watches the name of one file; knows it from the first time that it was written to."""

    def __init__(self, path: str | None) -> None:
        """`path` as in a URL of SQLite; one in memory is always the same."""
        self._path = Path(path) if path and path != ":memory:" else None
        self._known: tuple[int, int] | None = None

    def was_replaced(self) -> bool:
        """Tell whether another file bears the name now, which is known from then on.

        DatabaseUnavailableError if no file does that once did.
        """
        if self._known is None:
            return False
        found = self._find()
        if found is None:
            raise DatabaseUnavailableError(f"is gone: {self._path} was moved or removed")
        before, self._known = self._known, found
        return before != found

    def verify(self) -> None:
        """Raise DatabaseUnavailableError if what was just written went into a nameless file."""
        found = self._find()
        if self._known is None:
            self._known = found
        elif found != self._known:
            raise DatabaseUnavailableError(f"is gone: {self._path} was moved or replaced")

    def _find(self) -> tuple[int, int] | None:
        if self._path is None:
            return None
        try:
            status = self._path.stat()  # 2 µs: less than the file itself is waited for
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino
