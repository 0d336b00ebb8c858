"""A clock that nobody sets, beside that of the day."""

from __future__ import annotations

import time
from datetime import datetime

_BOOT_TIME = getattr(time, "CLOCK_BOOTTIME", None)  # Linux's, which goes on while a laptop sleeps
_SET = 1.0  # seconds of difference that are no mere adjustment


def steady() -> float:
    """Return seconds that only ever grow, also while this process or its machine is stopped."""
    return time.monotonic() if _BOOT_TIME is None else time.clock_gettime(_BOOT_TIME)


class ClockWatch:
    """Notices that the clock of the day was set back."""

    def __init__(self) -> None:
        self._ahead: float | None = None

    def was_set_back(self, now: datetime) -> bool:
        """Tell whether it was since the last call; the first call cannot know and says yes."""
        ahead = now.timestamp() - steady()
        before, self._ahead = self._ahead, ahead
        return before is None or ahead < before - _SET
