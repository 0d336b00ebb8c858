"""Filing what store has. An answer that a full disk keeps from being filed is not given back."""

from __future__ import annotations

import threading

from services.ingest.intake import Intake
from services.ingest.trouble import is_of_the_machine

_MOST = 10_000  # answers remembered


class Finisher:
    """Files documents as done, now or when the disk allows.

    An answer that waits is kept in memory alone: its file stays in `.processing/`, so a crash has
    it published again, and store answers again. Left in the stream, it would die of its attempts.
    """

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._owed: dict[str, str] = {}  # document -> name
        self._lock = threading.Lock()  # answers come in several threads

    @property
    def owes(self) -> bool:
        """Tell whether answers wait."""
        return bool(self._owed)

    def finish(self, document_id: str, name: str) -> bool:
        """File a document as done; False if that must wait.

        Raises OSError if the disk fails and too much waits already.
        """
        trouble = self._intake.inbox.filing
        if trouble.waits:
            self._owe(document_id, name)
            return False
        try:
            self._intake.settle(document_id, name)
        except OSError as error:
            if not is_of_the_machine(error):
                raise
            trouble.begin(error)
            self._owe(document_id, name)
            return False
        return True

    def catch_up(self) -> None:
        """File what waits, as long as that works."""
        while self._owed and not self._intake.inbox.filing.waits:
            with self._lock:
                document_id, name = self._owed.popitem()
            if self.finish(document_id, name):
                self._intake.inbox.filing.over()

    def _owe(self, document_id: str, name: str) -> None:
        with self._lock:
            if len(self._owed) >= _MOST:
                raise OSError("too many answers wait for the disk")
            self._owed[document_id] = name
