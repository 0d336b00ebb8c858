"""How long to wait before something that died is started again. Pure."""

from __future__ import annotations

import signal
from dataclasses import dataclass

_SHORTEST, _LONGEST = 0.1, 10.0  # seconds
_LONGEST_WHEN_KILLED = 2.0  # seconds
_SETTLED = 5.0  # seconds after its first answer from which on a death of its own is no crash loop


@dataclass
class BackOff:
    """The pauses of one service: short after a life that went well, longer with each that did not.

    Killed from outside when it had answered, it goes on at once, however often: whoever kills is
    to blame. What dies of itself soon after its first answer, or before it, waits twice as long
    each time; not so long where it is killed before it answers, on a busy machine again and again.
    """

    _next: float = _SHORTEST

    def pause(self, code: int, up_for: float | None) -> float:
        """Return the seconds to wait after a death.

        `code` is the exit code, a negative one a signal; `up_for` the seconds since it answered,
        None if it never did.
        """
        killed = code == -signal.SIGKILL
        if up_for is not None and (killed or up_for >= _SETTLED):
            self._next = _SHORTEST
        longest = _LONGEST_WHEN_KILLED if killed else _LONGEST
        pause, self._next = min(self._next, longest), min(self._next * 2, _LONGEST)
        return pause
