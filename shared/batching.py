"""Doing together what was asked for one by one: each round takes all that came during the last."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from shared.errors import TransientError

Item = TypeVar("Item")
Result = TypeVar("Result")
_MOST = 64  # items in one round: what comes later waits no longer than these take


class Together(Generic[Item, Result]):
    """Hands items to `work` in rounds, one round at a time.

    No item is in a round that began before it came. An idle one works at once: nothing waits for
    company.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]],
        *,
        apart_on_failure: bool = True,
    ) -> None:
        """`work` returns one result for each item, in order.

        A round that failed is done again item by item, unless all would only fail alike: so it is
        said, or the surroundings fail.
        """
        self._work = work
        self._apart_on_failure = apart_on_failure
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._rounds: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        """Return what `work` made of the item; raise what it raised."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.create_task(self._empty())
        return await done

    async def _empty(self) -> None:
        while self._waiting:
            round_ = [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]
            await self._settle(round_)

    async def _settle(self, round_: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._work([item for item, _ in round_])
        except Exception as error:
            alike = not self._apart_on_failure or isinstance(error, TransientError)
            if len(round_) > 1 and not alike:
                for one in round_:
                    await self._settle([one])
                return
            for _, done in round_:
                if not done.done():  # else whoever asked was cancelled
                    done.set_exception(error)
            return
        for (_, done), result in zip(round_, results, strict=True):
            if not done.done():
                done.set_result(result)
