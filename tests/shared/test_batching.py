"""What comes at the same time is done together, and each asker gets its own answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from shared.batching import Together


class Halving:
    """Halves even numbers, and remembers what it was given together."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.rounds.append(list(numbers))
        await asyncio.sleep(0.01)
        if any(number % 2 for number in numbers):
            raise ValueError("odd")
        return [number // 2 for number in numbers]


async def test_what_comes_during_a_round_is_done_in_the_next() -> None:
    """Nothing is in a round that began before it came; all get their own results."""
    halve = Halving()
    together = Together(halve)
    first = asyncio.create_task(together(2))
    await asyncio.sleep(0.005)
    assert await asyncio.gather(together(4), together(6)) == [2, 3]
    assert await first == 1
    assert halve.rounds == [[2], [4, 6]]


async def test_one_that_fails_does_not_fail_the_others() -> None:
    """A round that failed is done again one by one."""
    together = Together(Halving())
    results = await asyncio.gather(together(2), together(3), together(4), return_exceptions=True)
    assert results[0] == 1
    assert isinstance(results[1], ValueError)
    assert results[2] == 2


async def test_a_failure_that_all_share_is_not_repeated_for_each() -> None:
    """Where trying apart is of no use, each is told at once."""
    halve = Halving()
    together = Together(halve, apart_on_failure=False)
    results = await asyncio.gather(together(1), together(2), return_exceptions=True)
    assert all(isinstance(result, ValueError) for result in results)
    assert len(halve.rounds) == 1


async def test_who_stops_waiting_takes_nobody_along() -> None:
    """The others of a round are answered."""
    together = Together(Halving())
    leaving, staying = (asyncio.create_task(together(number)) for number in (2, 4))
    await asyncio.sleep(0.005)
    leaving.cancel()
    assert await staying == 2
    with pytest.raises(asyncio.CancelledError):
        await leaving
