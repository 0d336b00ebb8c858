"""One writer for a SQLite file: transactions that wait for it share one commit.

A commit waits for the disk, 2 to 4 ms, whatever is in it. So all pieces of work that have come
together while the last commit waited go into the next one. If one of them fails, all are undone
and done again one by one: each succeeds or fails as if it had been alone. Where it is the database
that fails, all fail alike, and each is left to be tried again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from shared.batching import Together
from shared.faults import told_apart

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Work:
    do: Callable[[Connection], Any]
    committed: Callable[[Any], None] | None
    durable: bool


class GroupCommit:
    """Runs work in transactions, in a thread of its own, under a lock that others may take too."""

    def __init__(self, turn: asyncio.Lock, open_engine: Callable[[], Engine]) -> None:
        """Open nothing yet; `open_engine` is called in the thread, where its connections stay."""
        self._turn = turn
        self._open_engine = open_engine
        self._engine: Engine | None = None
        self._is_stale = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._together: Together[_Work, Any] = Together(self._in_turn)

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
        result: Result = await self._together(_Work(do, committed, durable))
        return result

    def reopen(self) -> None:
        """Have the next transaction open the database anew."""
        self._is_stale = True

    async def close(self) -> None:
        """Close the connection; what was committed stays."""
        if self._engine is not None:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._engine.dispose)
            self._engine = None
        self._thread.shutdown()

    async def _in_turn(self, group: Sequence[_Work]) -> list[Any]:
        loop = asyncio.get_running_loop()
        async with self._turn:
            return await loop.run_in_executor(self._thread, self._commit, group)

    def _commit(self, group: Sequence[_Work]) -> list[Any]:
        if self._engine is not None and self._is_stale:
            self._engine.dispose()
            self._engine = None
        if self._engine is None:
            self._engine, self._is_stale = self._open_engine(), False
        durable = any(work.durable for work in group)
        options = self._engine.execution_options(writes=True, durable=durable)
        with told_apart(), options.begin() as connection:
            results = [work.do(connection) for work in group]
        for work, result in zip(group, results, strict=True):
            if work.committed is not None:
                work.committed(result)
        return results
