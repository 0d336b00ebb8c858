"""How long to wait before something that died is started again. Pure."""

from __future__ import annotations

import signal
from dataclasses import dataclass

_SHORTEST, _LONGEST = 0.1, 10.0  # seconds
_SETTLED = 5.0  # seconds of being ready after which a death of its own is no crash loop


@dataclass
class BackOff:
    """The pauses of one service: short after a life that went well, longer with each that did not.

    Killed from outside when it was ready, it goes on at once, however often: whoever kills is to
    blame. What dies of itself soon after it was ready, or was never ready, waits twice as long
    each time.
    """

    _next: float = _SHORTEST

    def pause(self, code: int, ready_for: float | None) -> float:
        """Return the seconds to wait after a death.

        `code` is the exit code, a negative one a signal; `ready_for` the seconds since it was
        ready, None if it never was.
        """
        killed = code == -signal.SIGKILL
        if ready_for is not None and (killed or ready_for >= _SETTLED):
            self._next = _SHORTEST
        pause, self._next = self._next, min(self._next * 2, _LONGEST)
        return pause
