"""When what a service stands on is away - Redis, a database, the disk - no message is to blame.

Such a failure is not counted as an attempt: the message waits in hand, and is handled again when
its surroundings answer. An adapter says so with a TransientError. Of other errors, that all fail
alike is what tells an outage from a message that fails: once another one succeeds, they count.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from shared.errors import TransientError

log = structlog.get_logger()

Result = TypeVar("Result")

_FIRST_PAUSE = 0.2  # seconds
_LONGEST_PAUSE = 2.0
_GONE: Final = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENOMEM),
        *(errno.EMFILE, errno.ENFILE, errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH),
    }
)
# How Redis begins its answer when it is full, a replica, loading, or cannot write to its disk.
_REFUSALS: Final = (
    *("OOM", "READONLY", "LOADING", "MISCONF", "NOREPLICAS", "MASTERDOWN", "CLUSTERDOWN"),
    *("TRYAGAIN", "BUSY ", "command not allowed when used memory"),
    *("You can't write against a read only", "Redis is loading"),
)
# redis-py's classes for some of these, which drop the first word of the answer.
_REFUSING: Final = frozenset({"OutOfMemoryError", "ReadOnlyError", "BusyLoadingError"})


def is_outage(error: BaseException) -> bool:
    """Tell whether an error says that Redis, a database, a disk or the network is away or full."""
    if isinstance(error, ResponseError):
        return str(error).startswith(_REFUSALS) or type(error).__name__ in _REFUSING
    if isinstance(error, RedisError):
        return isinstance(error, RedisConnectionError | RedisTimeoutError)
    if isinstance(error, OSError):
        return isinstance(error, ConnectionError | TimeoutError) or error.errno in _GONE
    return isinstance(error, TransientError)


class Circuit:
    """Holds messages back while everything fails, with growing pauses."""

    def __init__(self) -> None:
        """All is well until something fails."""
        self.trouble: str | None = None  # what failed last, None if nothing has since a success
        self._pause = _FIRST_PAUSE
        self._opens = 0.0
        self._succeeded = float("-inf")
        self._ending = asyncio.Event()

    def begin(self) -> None:
        """Wait where that is needed: the service starts."""
        self._ending.clear()

    def end(self) -> None:
        """Wake all who wait, and wait no more: the service stops."""
        self._ending.set()

    async def wait(self) -> None:
        """Return at once when all is well, else after the pause."""
        if self.trouble is None or self._ending.is_set():
            return
        left = self._opens - _now()
        if left > 0:
            try:
                async with asyncio.timeout(left):
                    await self._ending.wait()
            except TimeoutError:
                return

    async def through(
        self,
        action: Callable[[], Awaitable[Result]],
        outlast: Callable[[], Awaitable[None]],
    ) -> Result:
        """Return what `action` returns, repeated until an outage has ended.

        `outlast` is called once, when the first outage is met. Raises what `action` raised if it
        is no outage, if others succeeded meanwhile, or if the service stops.
        """
        met = False
        while True:
            await self.wait()
            began = _now()
            try:
                result = await action()
            except Exception as error:
                if self._ending.is_set() or not self._is_to_wait_out(error, began):
                    raise
                self._note(error)
            else:
                self.note_success()
                return result
            if not met:
                met = True
                await outlast()

    def _is_to_wait_out(self, error: Exception, began: float) -> bool:
        if isinstance(error, TransientError):
            return True
        return is_outage(error) and self._succeeded < began

    def note_success(self) -> None:
        """A message was handled: nothing is away."""
        self._succeeded = _now()
        if self.trouble is not None:
            log.info("outage.ended", was=self.trouble)
            self.trouble, self._pause = None, _FIRST_PAUSE

    def _note(self, error: Exception) -> None:
        now, told = _now(), " ".join(f"{type(error).__name__}: {error}".split())[:200]
        if self.trouble is None:
            log.warning("outage.began", error=told)
        if now >= self._opens:  # one of the many that fail together makes the pause longer
            self._opens = now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        self.trouble = told


def _now() -> float:
    return asyncio.get_running_loop().time()
