"""One writer for a SQLite file: transactions that wait for it share one commit.

A commit waits for the disk, 2 to 4 ms, whatever is in it. So all pieces of work that have come
together while the last commit waited go into the next one. If one of them fails, all are undone
and done again one by one: each succeeds or fails as if it had been alone.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
_MOST = 64  # pieces of work in one commit: what comes later waits no longer than these take


@dataclass(frozen=True, slots=True)
class _Work:
    do: Callable[[Connection], Any]
    committed: Callable[[Any], None] | None
    durable: bool
    done: asyncio.Future[Any]


class GroupCommit:
    """Runs work in transactions, in a thread of its own, under a lock that others may take too."""

    def __init__(self, turn: asyncio.Lock, open_engine: Callable[[], Engine]) -> None:
        """Open nothing yet; `open_engine` is called in the thread, where its connections stay."""
        self._turn = turn
        self._open_engine = open_engine
        self._engine: Engine | None = None
        self._waiting: deque[_Work] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._emptying: asyncio.Task[None] | None = None

    async def run(
        self,
        do: Callable[[Connection], Result],
        *,
        durable: bool,
        committed: Callable[[Result], None] | None = None,
    ) -> Result:
        """Return what `do` returns, once it is committed; raise what it raises, undone.

        `do` may be run twice, the first time in vain: it must change nothing but the database.
        `committed` is called in the thread with what it returned, before any other work begins.
        """
        work = _Work(do, committed, durable, asyncio.get_running_loop().create_future())
        self._waiting.append(work)
        if self._emptying is None or self._emptying.done():
            self._emptying = asyncio.create_task(self._empty())
        result: Result = await work.done
        return result

    async def close(self) -> None:
        """Close the connection; what was committed stays."""
        if self._engine is not None:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._engine.dispose)
            self._engine = None
        self._thread.shutdown()

    async def _empty(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            async with self._turn:
                group = [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]
                outcomes = await loop.run_in_executor(self._thread, self._commit, group)
            for work, (result, error) in zip(group, outcomes, strict=True):
                if work.done.done():  # whoever asked was cancelled; the work is done all the same
                    continue
                if error is not None:
                    work.done.set_exception(error)
                else:
                    work.done.set_result(result)

    def _commit(self, group: list[_Work]) -> list[tuple[Any, BaseException | None]]:
        try:
            results = self._together(group)
        except BaseException as error:
            if len(group) == 1:
                return [(None, error)]
            return [outcome for work in group for outcome in self._commit([work])]
        for work, result in zip(group, results, strict=True):
            if work.committed is not None:
                work.committed(result)
        return [(result, None) for result in results]

    def _together(self, group: list[_Work]) -> list[Any]:
        if self._engine is None:
            self._engine = self._open_engine()
        durable = any(work.durable for work in group)
        options = self._engine.execution_options(writes=True, durable=durable)
        with options.begin() as connection:
            return [work.do(connection) for work in group]
